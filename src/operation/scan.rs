//! Scan: all items of the entity, wherever they lie in the table or in one of its indexes.

use super::{Keys, Options, index_of, literal, push_placeholders, table_fields, table_parameter};
use crate::call::Call;
use crate::error::Result;
use crate::expression::{Conjunction, Placeholders, ownership, projection, scan_keys, where_clause};
use crate::key::scan_prefixes;
use crate::request::{Parameter, Texts};
use crate::schema::Schema;

pub(super) fn keys<'s>(schema: &'s Schema, call: &Call<'_>, texts: &mut Texts, keys: &mut Keys<'s>) -> Result<()> {
    scan_prefixes(schema, index_of(schema, call)?, texts, &mut keys.primary);
    Ok(())
}

pub(super) fn render(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Vec<Parameter>> {
    let index = index_of(schema, call)?;
    let mut placeholders = Placeholders::new();
    let mut filter = Conjunction::new();
    for clause in &call.clauses {
        filter.user(where_clause(schema, &mut placeholders, clause)?);
    }
    // What is not projected cannot be filtered by.
    if !options.ignore_ownership && index.identified {
        for text in ownership(schema, &mut placeholders) {
            filter.library(text);
        }
    }
    if !keys.primary.is_empty() {
        let mut prefixes = Vec::new();
        for key in &keys.primary {
            prefixes.push((key.field, key.source.into()));
        }
        filter.before(scan_keys(&mut placeholders, prefixes));
    }
    let mut parameters = vec![table_parameter()];
    if let Some(name) = &index.index {
        parameters.push(literal("IndexName", String::from(&**name)));
    }
    if let Some(text) = filter.render() {
        parameters.push(literal("FilterExpression", text));
    }
    if !options.attributes.is_empty() {
        parameters
            .push(literal("ProjectionExpression", projection(schema, &mut placeholders, &table_fields(schema), &options.attributes)?));
    }
    push_placeholders(&placeholders, &mut parameters);
    options.push_read(&mut parameters);
    Ok(parameters)
}
