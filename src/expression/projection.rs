//! Projections: which fields a read asks for. Which key fields it must ask for is the operation's business.

use super::attribute_path::refuse_attribute;
use super::placeholder::{Placeholders, Scope};
use crate::error::Result;
use crate::schema::Schema;

/// The projection of these attributes after these fields. ElectroDB also asks for whatever the other expressions name, before them.
///
/// # Errors
/// `UnknownAttribute` for a name that the model does not declare, in the entry that refuses them.
pub fn projection(schema: &Schema, placeholders: &mut Placeholders, leading: &[&str], attributes: &[&str]) -> Result<String> {
    let mut fields: Vec<String> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for (placeholder, field) in placeholders.defined() {
        // INVARIANT: no field twice: DynamoDB refuses overlapping paths.
        if !fields.iter().any(|known| known == field) {
            fields.push(field.to_owned());
            texts.push(placeholder.to_owned());
        }
    }
    let mut wanted: Vec<&str> = leading.to_vec();
    for name in attributes {
        match schema.slot(name).and_then(|slot| schema.attribute(slot)) {
            Some(attribute) => wanted.push(&attribute.field),
            None if schema.dialect.refuses_unknown_names() => return Err(refuse_attribute(schema, name)),
            None => wanted.push(name),
        }
    }
    for field in wanted {
        if !fields.iter().any(|known| known == field) {
            fields.push(field.to_owned());
            texts.push(placeholders.name(Scope::Projection, field, field));
        }
    }
    Ok(texts.join(", "))
}
