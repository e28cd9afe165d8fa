//! Put and create: operations that write a whole item.

use super::keyed::condition;
use super::{Keys, Options, literal, push_placeholders, table_parameter};
use crate::call::{Call, Operation};
use crate::error::Result;
use crate::expression::{Existence, Placeholders, item_source};
use crate::item;
use crate::key::{check_given, primary_key, put_keys};
use crate::request::{Parameter, Source, Texts};
use crate::schema::Schema;

pub(super) fn keys<'s>(schema: &'s Schema, call: &Call<'_>, texts: &mut Texts, keys: &mut Keys<'s>) -> Result<()> {
    item::check_create(schema, &call.item, call.checked.as_ref(), &call.unknown)?;
    if let Some(checked) = &call.checked {
        check_given(schema, call.operation, checked)?;
    }
    primary_key(schema, call.operation, &call.item, texts, &mut keys.primary)?;
    put_keys(schema, &call.item, &call.index_conditions, texts, &mut keys.index)
}

pub(super) fn render(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Vec<Parameter>> {
    let mut parameters = vec![Parameter::Object("Item", stored_item(schema, call, keys)), table_parameter()];
    let standing = (call.operation == Operation::Create).then_some(Existence::Absent);
    let mut placeholders = Placeholders::new();
    if let Some(text) = condition(schema, call, options, standing, &mut placeholders)? {
        parameters.push(literal("ConditionExpression", text));
    }
    push_placeholders(&placeholders, &mut parameters);
    options.push_write(&mut parameters);
    Ok(parameters)
}

/// The stored item: attributes by field, keys, identifiers. A later one of the same field stands in for an earlier one.
fn stored_item(schema: &Schema, call: &Call<'_>, keys: &Keys<'_>) -> Vec<(String, Source)> {
    let mut members: Vec<(String, Source)> = Vec::new();
    let mut put = |field: &str, source: Source| match members.iter_mut().find(|(known, _)| known == field) {
        Some(member) => member.1 = source,
        None => members.push((field.to_owned(), source)),
    };
    for (slot, given) in call.item.iter() {
        if let Some(attribute) = schema.attribute(slot) {
            put(&attribute.field, item_source(attribute, given));
        }
    }
    for key in &keys.primary {
        put(key.field, key.source.into());
    }
    for key in &keys.index {
        put(key.field, key.source.into());
    }
    put(&schema.identifiers.entity, Source::Literal(String::from(&*schema.entity)));
    put(&schema.identifiers.version, Source::Literal(String::from(&*schema.version)));
    members
}
