//! Query: the items of one partition of an index.

use super::{Keys, Options, index_of, literal, push_placeholders, table_fields, table_parameter};
use crate::call::{Call, SortOperator, Values};
use crate::error::Result;
use crate::expression::{
    Conjunction, KeyTest, Placeholders, compare, key_condition, members, multi_key_condition, multi_ownership, ownership, projection,
    where_clause,
};
use crate::key::{Comparison, KeyFilter, KeyTerm, query_keys};
use crate::request::{Parameter, Source, Texts};
use crate::schema::{Index, IndexKind, Schema};

pub(super) fn keys<'s>(schema: &'s Schema, call: &Call<'_>, options: &Options<'_>, texts: &mut Texts, keys: &mut Keys<'s>) -> Result<()> {
    let index = index_of(schema, call)?;
    let leading = call.searched.then(|| leading(index, &call.key));
    let sought = leading.as_ref().map(|_| &call.key);
    let key = leading.as_ref().unwrap_or(&call.key);
    keys.query = query_keys(schema, index, key, sought, call.sort.as_ref(), options.compare, texts)?;
    Ok(())
}

/// The composites that are given before the first that is not: what `find` knows beside them is no part of the key.
fn leading<'a>(index: &Index, given: &Values<'a>) -> Values<'a> {
    let mut values = Values::new();
    let sort = index.sort.as_ref().map_or(&[][..], |key| &key.composites);
    for slot in index.partition.composites.iter().chain(sort) {
        let Some(value) = given.get(*slot) else { break };
        values.insert(*slot, value);
    }
    values
}

pub(super) fn render(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Vec<Parameter>> {
    let index = index_of(schema, call)?;
    let mut placeholders = Placeholders::new();
    let key_text = key_text(schema, index, keys, &mut placeholders);
    let mut filter = Conjunction::new();
    for clause in &call.clauses {
        filter.user(where_clause(schema, &mut placeholders, clause)?);
    }
    // Composites that the query gives stand after the wheres, those that it compares stand before everything.
    let compares = |equal: bool| keys.query.filters.iter().filter(move |term| (term.comparison == Comparison::Equal) == equal);
    let test = |placeholders: &mut Placeholders, term: &KeyFilter| {
        let attribute = schema.attribute(term.slot)?;
        Some(compare(placeholders, &attribute.field, sort_operator(term.comparison), term.value.into()))
    };
    for text in compares(true).filter_map(|term| test(&mut placeholders, term)) {
        filter.library(text);
    }
    // What is not projected cannot be filtered by.
    let owned = !options.ignore_ownership && index.identified;
    let is_collection = !schema.members.is_empty();
    let searched = call.searched && !schema.dialect.filters_searches_by_owner();
    if index.kind == IndexKind::Clustered && !keys.query.exact && owned && !is_collection && !searched {
        for text in ownership(schema, &mut placeholders) {
            filter.library(text);
        }
    }
    for text in compares(false).filter_map(|term| test(&mut placeholders, term)) {
        filter.before(text);
    }
    if is_collection {
        if owned {
            filter.before(members(schema, &mut placeholders));
        }
    } else if index.kind == IndexKind::Composite && owned {
        filter.after(multi_ownership(schema, &mut placeholders));
    }
    let mut parameters = vec![literal("KeyConditionExpression", key_text), table_parameter()];
    if let Some(name) = &index.index {
        parameters.push(literal("IndexName", String::from(&**name)));
    }
    if let Some(text) = filter.render() {
        parameters.push(literal("FilterExpression", text));
    }
    if !options.attributes.is_empty() {
        let fields = table_fields(schema);
        parameters.push(literal("ProjectionExpression", projection(schema, &mut placeholders, &fields, &options.attributes)?));
    }
    push_placeholders(&placeholders, &mut parameters);
    options.push_read(&mut parameters);
    Ok(parameters)
}

fn key_text(schema: &Schema, index: &Index, keys: &Keys<'_>, placeholders: &mut Placeholders) -> String {
    let terms = &keys.query.terms;
    if index.kind == IndexKind::Composite {
        let name =
            |term: &KeyTerm<'_>| term.slot.and_then(|slot| schema.attribute(slot)).map(|attribute| &*attribute.name).unwrap_or_default();
        let mut equal = Vec::new();
        let mut last = None;
        for term in terms {
            match term.comparison {
                Comparison::Equal => equal.push((name(term), term.field, term.value.into())),
                _ => last = Some((name(term), key_test(term))),
            }
        }
        return multi_key_condition(placeholders, equal, last);
    }
    let mut terms = terms.iter();
    let partition = terms.next().map_or((&*index.partition.field, Source::EmptyList), |term| (term.field, term.value.into()));
    key_condition(placeholders, partition, terms.next().map(key_test))
}

fn key_test<'s>(term: &KeyTerm<'s>) -> KeyTest<'s> {
    KeyTest { field: term.field, operator: sort_operator(term.comparison), value: term.value.into(), upper: term.upper.map(Into::into) }
}

fn sort_operator(comparison: Comparison) -> SortOperator {
    match comparison {
        Comparison::Equal => SortOperator::None,
        Comparison::Begins => SortOperator::Begins,
        Comparison::Between => SortOperator::Between,
        Comparison::Greater => SortOperator::Gt,
        Comparison::GreaterOrEqual => SortOperator::Gte,
        Comparison::Less => SortOperator::Lt,
        Comparison::LessOrEqual => SortOperator::Lte,
    }
}
