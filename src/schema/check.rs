//! How the indexes of one model fit together: names, shared key fields, collections. What one index says by itself is read by `index`.

use super::{Attribute, Casing, Index, Key};
use crate::error::{Error, Kind, Result, quote};
use crate::key::template::Half;
use crate::text::fill;

/// Checks the indexes and answers the number of the table's own key.
pub(super) fn check(indexes: &[Index], attributes: &[Attribute]) -> Result<usize> {
    check_names(indexes)?;
    let primary = indexes.iter().position(|index| index.index.is_none()).ok_or_else(|| {
        let right = "one index without `index` describes the table's own key";
        Error::of(Kind::MissingPrimaryIndex, "The model lacks an index for the table itself: %0", &[right])
    })?;
    for index in indexes {
        if let Some(sort) = index.sort.as_ref().filter(|sort| !sort.field.is_empty() && sort.field == index.partition.field) {
            return Err(Error::of(
                Kind::DuplicateIndexFields,
                "Index `%0` stores its `pk` and its `sk` in one field, `%1`; each needs its own",
                &[&index.name, &sort.field],
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
                fill("The indexes `%0` and `%1` both describe the table's index `%2`; one access pattern each", &[owner, &index.name, name])
            }
            None => fill("The indexes `%0` and `%1` both lack `index`; only the table's own key goes without", &[owner, &index.name]),
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
                    "The collection `%0` is declared on `%1` and again on `%2`; a collection has one index",
                    &[collection, owner, &index.name],
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
        fill("The `%0` of index `%1` shares the field `%2` with index `%3`, but", &[half.name(), &index.name, &key.field, &owner.name]);
    if key.composites != other.composites {
        let kind = match half {
            Half::Partition => Kind::InconsistentIndexDefinition,
            Half::Sort => Kind::DuplicateIndexFields,
        };
        let (own, others) = (listed(key, attributes), listed(other, attributes));
        return Err(Error::of(kind, "%0 composes [%1] where that one composes [%2]; one field holds one key", &[&shared, &own, &others]));
    }
    if key.template.written != other.template.written {
        return Err(Error::of(
            Kind::IncompatibleKeyCompositeAttributeTemplate,
            "%0 has another `template`; one field holds one key",
            &[&shared],
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
            "%0 has the casing `%1` where that one has `%2`; one field holds one key",
            &[&shared, name(key.casing), name(other.casing)],
        ));
    }
    Ok(())
}

fn listed(key: &Key, attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in key.composites.iter().filter_map(|slot| attributes.get(usize::from(*slot))) {
        quote(&attribute.name, &mut text);
    }
    text
}
