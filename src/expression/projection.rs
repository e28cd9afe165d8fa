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
    let mut fields: Vec<&str> = leading.to_vec();
    for name in attributes {
        match schema.slot(name).and_then(|slot| schema.attribute(slot)) {
            Some(attribute) => fields.push(&attribute.field),
            None if schema.dialect.refuses_unknown_names() => return Err(refuse_attribute(schema, name)),
            None => fields.push(name),
        }
    }
    // INVARIANT: no field twice: DynamoDB refuses overlapping paths.
    let mut known: Vec<String> = Vec::new();
    let mut text = String::new();
    for (placeholder, field) in placeholders.defined() {
        add(&mut known, &mut text, field, placeholder);
    }
    for field in fields {
        let placeholder =
            if known.iter().any(|known| known == field) { String::new() } else { placeholders.name(Scope::Projection, field, field) };
        add(&mut known, &mut text, field, &placeholder);
    }
    Ok(text)
}

fn add(known: &mut Vec<String>, text: &mut String, field: &str, placeholder: &str) {
    if known.iter().any(|known| known == field) {
        return;
    }
    if !text.is_empty() {
        text.push_str(", ");
    }
    text.push_str(placeholder);
    known.push(field.to_owned());
}
