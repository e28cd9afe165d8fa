//! Get, delete, remove and check: operations on one item by its key alone.

use super::{Keys, Options, key_parameter, literal, push_placeholders, table_fields, table_parameter};
use crate::call::{Call, Operation};
use crate::error::{Error, Kind, Result};
use crate::expression::{Conjunction, Existence, Placeholders, conditions, existence, projection, where_clause};
use crate::key::primary_key;
use crate::request::{Parameter, Texts};
use crate::schema::Schema;

pub(super) fn keys<'s>(schema: &'s Schema, call: &Call<'_>, texts: &mut Texts, keys: &mut Keys<'s>) -> Result<()> {
    primary_key(schema, call.operation, &call.key, texts, &mut keys.primary)
}

pub(super) fn render_get(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Vec<Parameter>> {
    let mut placeholders = Placeholders::new();
    // The head of a batch has no key: its items bring theirs.
    let mut parameters = if call.operation == Operation::Get { vec![key_parameter(keys), table_parameter()] } else { Vec::new() };
    let mut clauses = Conjunction::new();
    for clause in &call.clauses {
        clauses.user(where_clause(schema, &mut placeholders, clause)?);
    }
    if let Some(text) = clauses.render() {
        parameters.push(literal("ConditionExpression", text));
    }
    if !options.attributes.is_empty() {
        let fields = table_fields(schema);
        parameters.push(literal("ProjectionExpression", projection(schema, &mut placeholders, &fields, &options.attributes)?));
    }
    push_placeholders(&placeholders, &mut parameters);
    options.push_read(&mut parameters);
    Ok(parameters)
}

pub(super) fn render_delete(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Vec<Parameter>> {
    let mut placeholders = Placeholders::new();
    let mut parameters = vec![key_parameter(keys), table_parameter()];
    let standing = (call.operation == Operation::Remove).then_some(Existence::Present);
    if let Some(text) = condition(schema, call, options, standing, &mut placeholders)? {
        parameters.push(literal("ConditionExpression", text));
    } else if call.operation == Operation::Check && schema.dialect.checks_operands() {
        return Err(Error::of(Kind::InvalidExpression, "A `check` needs a condition", &[]));
    }
    push_placeholders(&placeholders, &mut parameters);
    options.push_write(&mut parameters);
    Ok(parameters)
}

/// The condition of a write: existence, the user's clauses and those of `composite()`, the options' conditions.
pub(super) fn condition(
    schema: &Schema,
    call: &Call<'_>,
    options: &Options<'_>,
    standing: Option<Existence>,
    placeholders: &mut Placeholders,
) -> Result<Option<String>> {
    let mut clauses = Conjunction::new();
    if let Some(standing) = standing {
        clauses.library(existence(placeholders, &table_fields(schema), standing));
    }
    for clause in &call.clauses {
        clauses.user(where_clause(schema, placeholders, clause)?);
    }
    if let Some(all) = options.all
        && let Some(text) = conditions(schema, placeholders, options.number, all, standing)?
    {
        clauses.user(text);
    }
    Ok(clauses.render())
}
