//! The refusals of writes that would leave an index key half known.

use crate::error::{Error, Kind};
use crate::schema::{Index, Schema, Slot};

fn listed(schema: &Schema, slots: &[Slot]) -> String {
    let names: Vec<String> =
        slots.iter().filter_map(|slot| schema.attribute(*slot)).map(|attribute| format!("`{}`", attribute.name)).collect();
    names.join(", ")
}

/// Some composites of a key are written and others are not known.
#[cold]
pub(super) fn needs_more(schema: &Schema, index: &Index, slots: &[Slot]) -> Error {
    let message = format!(
        "The write changes a key of the index `{}` of the entity `{}`, which needs {} too: write them together, or tell their present values with `composite()`",
        index.name,
        schema.entity,
        listed(schema, slots)
    );
    Error::new(Kind::IncompleteCompositeAttributes, message)
}

/// An index with a condition cannot be decided.
#[cold]
pub(super) fn needs_every_composite(schema: &Schema, index: &Index, slots: &[Slot]) -> Error {
    let message = format!(
        "The index `{}` of the entity `{}` has a condition, which needs every composite; {} is not known: write them together, or tell their present values with `composite()`",
        index.name,
        schema.entity,
        listed(schema, slots)
    );
    Error::new(Kind::Numbered(2012), message)
}
