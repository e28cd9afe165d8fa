//! How the indexes of one model fit together: names, shared key fields, collections. What one index says by itself is read by `index`.

use super::{Attribute, Casing, Cast, Index, Key};
use crate::error::{Error, Kind, Result, quote};
use crate::key::template::Half;

/// Checks the indexes and answers the number of the table's own key.
pub(super) fn check(indexes: &[Index], attributes: &[Attribute]) -> Result<usize> {
    check_names(indexes)?;
    let primary = indexes.iter().position(|index| index.index.is_none()).ok_or_else(|| {
        let right = "one index without `index` describes the table's own key";
        Error::of(Kind::MissingPrimaryIndex, &["The model lacks an index for the table itself: ", right])
    })?;
    for index in indexes {
        if let Some(sort) = index.sort.as_ref().filter(|sort| !sort.field.is_empty() && sort.field == index.partition.field) {
            return Err(Error::of(
                Kind::DuplicateIndexFields,
                &["Index `", &index.name, "` stores its `pk` and its `sk` in one field, `", &sort.field, "`; each needs its own"],
            ));
        }
    }
    check_collections(indexes)?;
    check_shared_fields(indexes, attributes)?;
    Ok(primary)
}

fn check_names(indexes: &[Index]) -> Result<()> {
    for (position, index) in indexes.iter().enumerate() {
        let Some(owner) = indexes.iter().take(position).find(|other| other.index == index.index).map(|other| &*other.name) else {
            continue;
        };
        let what = match &index.index {
            Some(name) => {
                ["The indexes `", owner, "` and `", &index.name, "` both describe the table's index `", name, "`; one access pattern each"]
                    .concat()
            }
            None => ["The indexes `", owner, "` and `", &index.name, "` both lack `index`; only the table's own key goes without"].concat(),
        };
        return Err(Error::new(Kind::DuplicateIndexes, what));
    }
    Ok(())
}

fn check_collections(indexes: &[Index]) -> Result<()> {
    let mut owners: Vec<(&str, &str)> = Vec::new();
    for index in indexes {
        for collection in &index.collections {
            if let Some((_, owner)) = owners.iter().find(|(known, _)| *known == &**collection) {
                return Err(Error::of(
                    Kind::DuplicateCollections,
                    &[
                        "The collection `",
                        collection,
                        "` is declared on `",
                        owner,
                        "` and again on `",
                        &index.name,
                        "`; a collection has one index",
                    ],
                ));
            }
            owners.push((collection, &index.name));
        }
    }
    Ok(())
}

/// Indexes may share a stored field (LSIs do, and reversed ones) when they agree on what stands in it.
fn check_shared_fields(indexes: &[Index], attributes: &[Attribute]) -> Result<()> {
    let mut owners: Vec<(&Index, &Key)> = Vec::new();
    for index in indexes {
        let halves = [(Half::Partition, Some(&index.partition)), (Half::Sort, index.sort.as_ref())];
        for (half, key) in halves {
            let Some(key) = key.filter(|key| !key.field.is_empty()) else { continue };
            match owners.iter().find(|(_, other)| other.field == key.field) {
                Some((owner, other)) => check_agreement(index, half, key, owner, other, attributes)?,
                None => owners.push((index, key)),
            }
        }
    }
    Ok(())
}

fn check_agreement(index: &Index, half: Half, key: &Key, owner: &Index, other: &Key, attributes: &[Attribute]) -> Result<()> {
    let shared =
        ["The `", half.name(), "` of index `", &index.name, "` shares the field `", &key.field, "` with index `", &owner.name, "`, but"]
            .concat();
    if key.composites != other.composites {
        let kind = match half {
            Half::Partition => Kind::InconsistentIndexDefinition,
            Half::Sort => Kind::DuplicateIndexFields,
        };
        let (own, others) = (listed(key, attributes), listed(other, attributes));
        return Err(Error::of(kind, &[&shared, " composes [", &own, "] where that one composes [", &others, "]; one field holds one key"]));
    }
    if !has_same_text(key, other) {
        return Err(Error::of(
            Kind::IncompatibleKeyCompositeAttributeTemplate,
            &[&shared, " has another `template`; one field holds one key"],
        ));
    }
    if key.casing != other.casing {
        let name = |casing| match casing {
            Casing::None => "none",
            Casing::Lower => "lower",
            Casing::Upper => "upper",
        };
        return Err(Error::of(
            Kind::IncompatibleKeyCasing,
            &[&shared, " has the casing `", name(key.casing), "` where that one has `", name(other.casing), "`; one field holds one key"],
        ));
    }
    Ok(())
}

/// Whether both keys leave their text to the library or both write the same one; what it is stored as may differ, as in ElectroDB.
fn has_same_text(key: &Key, other: &Key) -> bool {
    let (own, others) = (&key.template, &other.template);
    // A key that is cast to a number has no text around its composite any more, whatever was written.
    let cast = key.cast != other.cast && [key.cast, other.cast].contains(&Some(Cast::Number));
    own.written == others.written
        && (!own.written || cast || (own.head == others.head && own.parts == others.parts && own.tail == others.tail))
}

fn listed(key: &Key, attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in key.composites.iter().filter_map(|slot| attributes.get(usize::from(*slot))) {
        quote(&attribute.name, &mut text);
    }
    text
}
