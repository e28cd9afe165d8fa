//! Whether the indexes of a collection's members fit together, and what their sort keys share. What is made of them is the affair of `service`.

use super::Placed;
use crate::error::{Error, Kind, Result};
use crate::key::template::{Form, Part};
use crate::schema::{Attribute, Dialect, Index, IndexKind, Key, Projection};
use crate::text::fill;

/// Checks that one request can read the items of all members.
pub(super) fn check(name: &str, placed: &[Placed<'_>]) -> Result<()> {
    for (at, member) in placed.iter().enumerate() {
        let (Some(first), Some(index)) = (placed.first(), member.index()) else { continue };
        // What the members so far do not share is compared no more, as in ElectroDB: no sort operator reaches it.
        let known = shared(placed.get(..at.max(1)).unwrap_or_default());
        if let Some(what) = difference(first, member, known) {
            let texts = [&*index.name, member.name, what, first.name];
            return Err(refuse(name, &fill("the index `%0` of `%1` has another %2 than that of `%3`", &texts)));
        }
        if index.collections.len() > 1 && index.kind != IndexKind::Isolated {
            return Err(refuse(
                name,
                &fill("the index `%0` of `%1` has to be `isolated` for several collections", &[&index.name, member.name]),
            ));
        }
    }
    Ok(())
}

/// What the indexes of two members differ in, where that keeps one request from reading both.
fn difference(first: &Placed<'_>, other: &Placed<'_>, known: usize) -> Option<&'static str> {
    let (one, two) = first.index().zip(other.index())?;
    // ElectroDB overlooks some differences, by which a collection misses items or DynamoDB refuses it.
    let strict = first.schema.dialect == Dialect::Electroxide;
    let lists = |index: &Index| matches!(index.projection, Projection::Include(_));
    let unlike = [
        (one.index != two.index, "`index`"),
        (one.kind != two.kind, "`type`"),
        (
            first.depth != other.depth || (strict && one.collections.get(..first.depth) != two.collections.get(..first.depth)),
            "order of collections",
        ),
        (one.scope != two.scope, "`scope`"),
        (one.projection != two.projection && !(lists(one) && lists(two)), "`projection`"),
        (one.partition.field != two.partition.field, "`field` of its `pk`"),
        (!same_form(&one.partition, &two.partition), "`casing` or `template` of its `pk`"),
        (strict && one.partition.template.head != two.partition.template.head, "text in its `pk`"),
        (parts(first, &one.partition) != parts(other, &two.partition), "`composite` or label of its `pk`"),
        (other_tail(&one.partition, &two.partition), "`template` of its `pk`"),
    ];
    if let Some(what) = first_of(&unlike) {
        return Some(what);
    }
    let (sort, second) = one.sort.as_ref().zip(two.sort.as_ref())?;
    let (own, others) = (parts(first, sort), parts(other, second));
    let clash = own.iter().zip(&others).take(known).any(|(part, other)| part.0 == other.0 && part.1 != other.1);
    let sorted = one.kind != IndexKind::Isolated;
    let unlike = [
        (strict && sort.field != second.field, "`field` of its `sk`"),
        (!same_form(sort, second), "`casing` or `template` of its `sk`"),
        (strict && one.kind == IndexKind::Composite && own != others, "`composite` of its `sk`"),
        (sorted && (clash || own.len().min(known) == others.len() && other_tail(sort, second)), "label or `template` of its `sk`"),
    ];
    first_of(&unlike)
}

#[inline(never)]
fn first_of(unlike: &[(bool, &'static str)]) -> Option<&'static str> {
    unlike.iter().find(|(unlike, _)| *unlike).map(|(_, what)| *what)
}

fn same_form(one: &Key, two: &Key) -> bool {
    one.casing == two.casing && one.template.written.is_empty() == two.template.written.is_empty()
}

/// Only a `template` has a tail of its own; the library's names the entity.
fn other_tail(one: &Key, two: &Key) -> bool {
    !one.template.written.is_empty() && one.template.tail != two.template.tail
}

/// A key's composites, each with its name and the text before it; where attributes are the key, ElectroDB compares their labels.
fn parts<'p>(placed: &'p Placed<'_>, key: &'p Key) -> Vec<(&'p str, &'p str)> {
    let named = |part: &'p Part| {
        let attribute = placed.schema.attribute(part.slot)?;
        let label = if key.template.form == Form::Fields { attribute.label.as_deref().unwrap_or_default() } else { &part.label };
        Some((&*attribute.name, label))
    };
    key.template.parts.iter().filter_map(named).collect()
}

/// How many sort composites the members have in common, from the first on. An isolated index has none: its key names the entity before them.
pub(super) fn shared(placed: &[Placed<'_>]) -> usize {
    let mut common: Option<Vec<(&str, &str)>> = None;
    for placed in placed {
        let Some(index) = placed.index().filter(|index| index.kind != IndexKind::Isolated) else { return 0 };
        let Some(key) = &index.sort else { return 0 };
        let mut own = parts(placed, key);
        if let Some(common) = common {
            own.truncate(own.iter().zip(&common).take_while(|(one, two)| one == two).count());
        }
        common = Some(own);
    }
    common.map_or(0, |common| common.len())
}

/// The text that stands behind the sort composite before this one.
pub(super) fn next_text<'p>(placed: &'p Placed<'_>, shared: usize) -> &'p str {
    let template = placed.index().and_then(|index| index.sort.as_ref()).map(|sort| &sort.template);
    template.map_or("", |template| template.parts.get(shared).map_or(&template.tail, |part| &part.label))
}

/// An attribute of two members is stored in one field, or no filter could name it.
pub(super) fn check_field(name: &str, member: &str, known: &Attribute, other: &Attribute) -> Result<()> {
    if known.field == other.field {
        return Ok(());
    }
    let texts = [&*other.name, &other.field, member, &known.field];
    Err(refuse(name, &fill("the attribute `%0` is stored in `%1` by `%2` and in `%3` by others", &texts)))
}

/// The refusal of a collection.
#[cold]
pub(super) fn refuse(name: &str, what: &str) -> Error {
    Error::of(Kind::Numbered(1013), "The collection `%0`: %1", &[name, what])
}
