//! The wording of refusals: of keys that would be half known, and of lists of names. What is refused is decided elsewhere.

use crate::error::{Error, Kind, quote};
use crate::schema::{Index, Schema, Slot};
use crate::text::fill;

/// A refusal whose message is this pattern, filled with the texts.
#[cold]
#[inline(never)]
pub(super) fn refuse(kind: Kind, pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(kind, pattern, texts)
}

/// A refusal that begins with the index and the entity.
#[cold]
#[inline(never)]
pub(super) fn refuse_index(kind: Kind, schema: &Schema, index: &Index, what: &str) -> Error {
    if schema.members.is_empty() {
        refuse(kind, "The index `%0` of the entity `%1` %2", &[&index.name, &schema.entity, what])
    } else {
        refuse(kind, "The collection `%0` %1", &[&schema.entity, what])
    }
}

/// Names in back-ticks, with commas.
#[cold]
#[inline(never)]
pub(super) fn quoted(names: &[&str]) -> String {
    let mut list = String::new();
    names.iter().for_each(|name| quote(name, &mut list));
    list
}

/// The attributes' names in back-ticks.
#[cold]
#[inline(never)]
pub(super) fn listed(schema: &Schema, slots: &[Slot]) -> String {
    let mut list = String::new();
    for attribute in slots.iter().filter_map(|slot| schema.attribute(*slot)) {
        quote(&attribute.name, &mut list);
    }
    list
}

const ADVICE: &str = ": write them together, or tell their present values with `composite()`";

/// Some composites of a key are written and others are not known.
#[cold]
#[inline(never)]
pub(super) fn needs_more(schema: &Schema, index: &Index, slots: &[Slot]) -> Error {
    let what = fill("has a key that the write changes, which needs %0 too%1", &[&listed(schema, slots), ADVICE]);
    refuse_index(Kind::IncompleteCompositeAttributes, schema, index, &what)
}

/// An index with a condition cannot be decided.
#[cold]
#[inline(never)]
pub(super) fn needs_every_composite(schema: &Schema, index: &Index, slots: &[Slot]) -> Error {
    let what = fill("has a condition, which needs every composite; not known: %0%1", &[&listed(schema, slots), ADVICE]);
    refuse_index(Kind::Numbered(2012), schema, index, &what)
}
