//! What `compare` asks of the composites of a query beside its key condition: conditions on the attributes themselves.

use super::build::Composites;
use super::query::{Comparison, comparison_of, own_key, own_source};
use crate::call::{Compare, Sort, SortOperator, Values};
use crate::error::Result;
use crate::request::{KeySource, Texts};
use crate::schema::{Index, Schema, Slot};

/// A condition on a composite itself, which `compare` asks for beside the key condition.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFilter<'s> {
    /// The composite.
    pub slot: Slot,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what.
    pub value: KeySource<'s>,
}

/// The conditions on the attributes themselves that `compare` asks for of all that is `known`: `=` on those beside the partition's, then the operator on its operand's.
pub(super) fn add_filters(
    schema: &Schema,
    index: &Index,
    known: &Values<'_>,
    sort: Option<&Sort<'_>>,
    compare: Compare,
    texts: &mut Texts,
    filters: &mut Vec<KeyFilter<'_>>,
) -> Result<()> {
    let Some(key) = index.sort.as_ref().filter(|_| compare != Compare::Keys) else { return Ok(()) };
    // ElectroDB leaves out what a sort key of one composite says by itself.
    let several = key.composites.len() > 1;
    if several {
        // In the order in which they are given: those that are no part of the key, then those of the sort key.
        let count = known.iter().map(|(_, given)| given.number + 1).max().unwrap_or_default();
        for of_key in [false, true] {
            for number in 0..count {
                let slot = known.iter().find(|(_, given)| given.number == number).map_or(Slot::MAX, |(slot, _)| slot);
                if key.composites.contains(&slot) == of_key && !index.partition.composites.contains(&slot) {
                    push_filters(schema, index, &[slot], Comparison::Equal, known, texts, filters)?;
                }
            }
        }
    }
    let Some(sort) = sort else { return Ok(()) };
    let every = compare == Compare::Attributes;
    // Only where a shifted key lets too much through does `v2` look at the operand's attributes.
    let wanted = match sort.operator {
        SortOperator::Between => {
            push_filters(schema, index, &key.composites, Comparison::LessOrEqual, &sort.upper, texts, filters)?;
            every.then_some(Comparison::GreaterOrEqual)
        }
        SortOperator::Gt | SortOperator::Lte => Some(comparison_of(sort.operator)),
        SortOperator::Lt => every.then_some(Comparison::Less),
        SortOperator::Gte => (every && several).then_some(Comparison::GreaterOrEqual),
        SortOperator::None | SortOperator::Begins => None,
    };
    if let Some(comparison) = wanted {
        push_filters(schema, index, &key.composites, comparison, &sort.composites, texts, filters)?;
    }
    Ok(())
}

/// Adds a filter on each of the attributes that has a value.
#[inline(never)]
fn push_filters(
    schema: &Schema,
    index: &Index,
    slots: &[Slot],
    comparison: Comparison,
    values: &Values<'_>,
    texts: &mut Texts,
    filters: &mut Vec<KeyFilter<'_>>,
) -> Result<()> {
    for slot in slots {
        let held = schema.attribute(*slot).is_some_and(|attribute| !is_key_field(index, &attribute.field));
        // With text behind the values, `A_` is no longer before `AB_`: the key condition says by itself what it can.
        let is_ordered = comparison != Comparison::Equal && own_key(schema, *slot).is_some_and(|key| !key.template.tail.is_empty());
        if !held || is_ordered {
            continue;
        }
        if let Some(value) = own_source(schema, *slot, comparison, &Composites(&[values]), texts)? {
            filters.push(KeyFilter { slot: *slot, comparison, value });
        }
    }
    Ok(())
}

/// DynamoDB takes no filter on the fields of the key that is queried.
fn is_key_field(index: &Index, field: &str) -> bool {
    *index.partition.field == *field || index.sort.as_ref().is_some_and(|key| *key.field == *field)
}
