//! What a query compares its index's key with. How that is written as an expression is `expression`'s work.

use super::build::{Composites, Extent, alone, incomplete, is_empty_text, missing, slots_that, text};
use super::filter::{KeyFilter, add_filters};
use super::impact::is_bare;
use super::refuse::refuse_index;
use super::template::{Form, Half};
use crate::call::{Compare, Operation, Sort, SortOperator, Values};
use crate::error::{Error, Kind, Result};
use crate::request::{KeySource, Texts};
use crate::schema::{Casing, Cast, Index, IndexKind, Key, Schema, Slot};
use crate::value::Value;

/// How a key field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `begins_with`
    Begins,
    /// `BETWEEN`
    Between,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
}

/// One term of a key condition.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyTerm<'s> {
    /// Of which half of the key.
    pub half: Half,
    /// The attribute, where the index is made of attributes themselves (kind `Composite`).
    pub slot: Option<Slot>,
    /// The stored name.
    pub field: &'s str,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what.
    pub value: KeySource<'s>,
    /// The upper end of `Between`.
    pub upper: Option<KeySource<'s>>,
}

/// The key of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryKeys<'s> {
    /// The key condition's terms: the partition key's first, in the order of the key.
    pub terms: Vec<KeyTerm<'s>>,
    /// The filters of `compare`, in the order in which ElectroDB numbers them: those that are `Equal` are written after the clauses that stand,
    /// then each other one before them.
    pub filters: Vec<KeyFilter<'s>>,
    /// Whether ElectroDB takes for granted that no other entity's item matches: the sort key is compared as a whole with `=`, or has no composites.
    pub exact: bool,
}

/// Builds the key of a query.
///
/// `key` has the partition's composites and the sort composites given with them, `sought` all that `find` is given, by which `compare` filters
/// in that order, `sort` the operand of a sort operator.
///
/// # Errors
/// 2002 for missing partition composites and, in the main entry, for a gap in the sort composites or an operand without any; 1012 for a sort
/// operator on an index that has nothing to compare; 2013 for `between` on attributes of which an earlier one differs.
pub fn query_keys<'s>(
    schema: &'s Schema,
    index: &'s Index,
    key: &Values<'_>,
    sought: Option<&Values<'_>>,
    sort: Option<&Sort<'_>>,
    compare: Compare,
    texts: &mut Texts,
) -> Result<QueryKeys<'s>> {
    let given = Composites(&[key]);
    let absent = missing(&index.partition, &given);
    if !absent.is_empty() {
        return Err(incomplete(schema, Operation::Query, index, &absent));
    }
    let composed = index.sort.as_ref().is_some_and(|key| !key.composites.is_empty());
    let mut keys = QueryKeys { exact: !composed, ..QueryKeys::default() };
    if index.kind == IndexKind::Composite {
        for slot in &index.partition.composites {
            push_own(schema, Half::Partition, *slot, Comparison::Equal, &given, texts, &mut keys.terms)?;
        }
    } else if let Some(value) = value(schema, &index.partition, &given, Extent::Label, texts)? {
        keys.terms.push(term(Half::Partition, &index.partition, Comparison::Equal, value));
    }
    add_filters(schema, index, sought.unwrap_or(key), sort, compare, texts, &mut keys.filters)?;
    let Some(sort) = sort.filter(|sort| sort.operator != SortOperator::None) else {
        plain_sort(schema, index, &given, texts, &mut keys)?;
        return Ok(keys);
    };
    // ElectroDB goes by what the query itself gives, whatever an operator compares beside it.
    let whole = index.sort.as_ref().is_some_and(|key| missing(key, &given).is_empty());
    keys.exact |= whole && !schema.dialect.checks_operands();
    let lower = Composites(&[&sort.composites, key]);
    let upper = Composites(&[&sort.upper, key]);
    check_operand(schema, index, sort, &lower, &upper)?;
    let Some(half) = &index.sort else { return Ok(keys) };
    if index.kind == IndexKind::Composite {
        let ends = Ends { given: &given, lower: &lower, upper: &upper };
        own_sort(schema, index, sort.operator, &ends, texts, &mut keys.terms)?;
    } else {
        compared_sort(schema, half, sort.operator, compare, &lower, &upper, texts, &mut keys.terms)?;
    }
    Ok(keys)
}

fn term<'s>(half: Half, key: &'s Key, comparison: Comparison, value: KeySource<'s>) -> KeyTerm<'s> {
    KeyTerm { half, slot: None, field: &key.field, comparison, value, upper: None }
}

/// Adds a term on an attribute itself, where it has a value.
#[inline(never)]
fn push_own<'s>(
    schema: &'s Schema,
    half: Half,
    slot: Slot,
    comparison: Comparison,
    values: &Composites<'_, '_>,
    texts: &mut Texts,
    terms: &mut Vec<KeyTerm<'s>>,
) -> Result<()> {
    if let (Some(attribute), Some(value)) = (schema.attribute(slot), own_source(schema, slot, comparison, values, texts)?) {
        terms.push(KeyTerm { half, slot: Some(slot), field: &attribute.field, comparison, value, upper: None });
    }
    Ok(())
}

/// What is stored of an attribute's value; of one that is a key of another index by itself, that key.
#[inline(never)]
pub(super) fn own_source(
    schema: &Schema,
    slot: Slot,
    comparison: Comparison,
    values: &Composites<'_, '_>,
    texts: &mut Texts,
) -> Result<Option<KeySource<'static>>> {
    let Some(given) = values.get(slot) else { return Ok(None) };
    match own_key(schema, slot) {
        Some(key) if matches!(given.value, Value::String(_)) => {
            // A beginning has nothing behind it.
            let extent = if comparison == Comparison::Begins { Extent::Values } else { Extent::Label };
            value(schema, key, values, extent, texts)
        }
        _ => Ok(Some(KeySource::Value(given.number))),
    }
}

/// The key that an attribute is by itself, where it is stored otherwise than it is given.
pub(super) fn own_key(schema: &Schema, slot: Slot) -> Option<&Key> {
    let attribute = schema.attribute(slot)?;
    let mut keys = schema.indexes.iter().flat_map(|index| std::iter::once(&index.partition).chain(&index.sort));
    keys.find(|key| *key.field == *attribute.field && key.composites == [slot] && !is_bare(schema, key))
}

/// A key's text or number; none for a key of one attribute that is absent.
fn value(schema: &Schema, key: &Key, values: &Composites<'_, '_>, extent: Extent, texts: &mut Texts) -> Result<Option<KeySource<'static>>> {
    match key.template.form {
        Form::Attribute(_) => alone(schema, key, values, texts),
        Form::Text | Form::Fields => Ok(Some(text(schema, key, values, extent, texts)?.0)),
    }
}

/// The composites that are there before the first that is not.
#[inline(never)]
fn leading<'k>(key: &'k Key, values: &Composites<'_, '_>) -> &'k [Slot] {
    let count = key.composites.iter().take_while(|slot| values.get(**slot).is_some()).count();
    key.composites.get(..count).unwrap_or_default()
}

/// A query without a sort operator: `=` when all sort composites are there, else `begins_with` through the next label, so that a value is not
/// taken for the beginning of a longer one's.
fn plain_sort<'s>(
    schema: &'s Schema,
    index: &'s Index,
    given: &Composites<'_, '_>,
    texts: &mut Texts,
    keys: &mut QueryKeys<'s>,
) -> Result<()> {
    let Some(key) = &index.sort else { return Ok(()) };
    refuse_gap(schema, index, given)?;
    match key.template.form {
        Form::Fields => {
            for slot in leading(key, given) {
                push_own(schema, Half::Sort, *slot, Comparison::Equal, given, texts, &mut keys.terms)?;
            }
        }
        Form::Attribute(_) => {
            // ElectroDB compares with no empty text; the main entry leaves it to DynamoDB, which refuses it, instead of answering with everything.
            let kept = |texts: &Texts, value: KeySource<'_>| schema.dialect.checks_operands() || !is_empty_text(texts, value);
            if let Some(value) = alone(schema, key, given, texts)?.filter(|value| kept(texts, *value)) {
                keys.terms.push(term(Half::Sort, key, Comparison::Equal, value));
                keys.exact = true;
            }
        }
        Form::Text => {
            let is_collection = !schema.members.is_empty();
            let extent = if is_collection && !closes(schema, key, given) { Extent::Values } else { Extent::Label };
            let (value, made) = text(schema, key, given, extent, texts)?;
            // What ends a key is each member's own, so a collection's is never whole.
            let whole = made && !is_collection;
            keys.exact |= whole;
            if whole || !is_empty_text(texts, value) {
                let comparison = if whole { Comparison::Equal } else { Comparison::Begins };
                keys.terms.push(term(Half::Sort, key, comparison, value));
            }
        }
    }
    Ok(())
}

/// Whether a collection's sort key ends with what follows its last value, so that the value is not taken for the beginning of a longer one's. Without
/// any value it does not: a key may lack all of them.
fn closes(schema: &Schema, key: &Key, given: &Composites<'_, '_>) -> bool {
    schema.dialect.checks_operands() && !leading(key, given).is_empty()
}

pub(super) fn comparison_of(operator: SortOperator) -> Comparison {
    match operator {
        SortOperator::None => Comparison::Equal,
        SortOperator::Begins => Comparison::Begins,
        SortOperator::Between => Comparison::Between,
        SortOperator::Gt => Comparison::Greater,
        SortOperator::Gte => Comparison::GreaterOrEqual,
        SortOperator::Lt => Comparison::Less,
        SortOperator::Lte => Comparison::LessOrEqual,
    }
}

#[expect(clippy::too_many_arguments, reason = "two ends, an operator and where to write")]
fn compared_sort<'s>(
    schema: &'s Schema,
    key: &'s Key,
    operator: SortOperator,
    compare: Compare,
    lower: &Composites<'_, '_>,
    upper: &Composites<'_, '_>,
    texts: &mut Texts,
    terms: &mut Vec<KeyTerm<'s>>,
) -> Result<()> {
    let numeric = key.template.form == Form::Attribute(Cast::Number);
    let shifted = compare == Compare::V2 && !numeric && matches!(operator, SortOperator::Gt | SortOperator::Lte);
    let comparison = match (operator, shifted) {
        (SortOperator::Gt, true) => Comparison::GreaterOrEqual,
        (SortOperator::Lte, true) => Comparison::Less,
        (operator, _) => comparison_of(operator),
    };
    let value = end(schema, key, lower, shifted, texts)?;
    if operator == SortOperator::Begins && is_empty_text(texts, value) {
        return Ok(());
    }
    let upper = match operator {
        SortOperator::Between => Some(end(schema, key, upper, compare == Compare::V2, texts)?),
        _ => None,
    };
    terms.push(KeyTerm { upper, ..term(Half::Sort, key, comparison, value) });
    Ok(())
}

/// One end of a comparison; with `shifted`, the first text after all that begin with it.
fn end(schema: &Schema, key: &Key, values: &Composites<'_, '_>, shifted: bool, texts: &mut Texts) -> Result<KeySource<'static>> {
    let made = value(schema, key, values, Extent::Values, texts)?;
    let value = made.unwrap_or_else(|| KeySource::Text(texts.close(Casing::None)));
    if shifted && matches!(value, KeySource::Text(_)) {
        texts.shift();
    }
    Ok(value)
}

/// What a query gives, and over it each end of a sort operator.
struct Ends<'e, 'v, 'a> {
    given: &'e Composites<'v, 'a>,
    lower: &'e Composites<'v, 'a>,
    upper: &'e Composites<'v, 'a>,
}

/// The terms of a sort key that is made of attributes themselves: `=` on all but the last of those that are there.
fn own_sort<'s>(
    schema: &'s Schema,
    index: &'s Index,
    operator: SortOperator,
    ends: &Ends<'_, '_, '_>,
    texts: &mut Texts,
    terms: &mut Vec<KeyTerm<'s>>,
) -> Result<()> {
    let Some(key) = &index.sort else { return Ok(()) };
    let Ends { given, lower, upper } = *ends;
    let between = operator == SortOperator::Between;
    let count = leading(key, lower).len();
    if between && leading(key, upper).len() != count {
        return Err(uneven(schema, index));
    }
    for (position, slot) in key.composites.iter().enumerate() {
        let is_last = position + 1 == count;
        let comparison = if is_last { comparison_of(operator) } else { Comparison::Equal };
        if is_last || !between {
            if position < count {
                push_own(schema, Half::Sort, *slot, comparison, lower, texts, terms)?;
            }
        } else if given.get(*slot).is_some() && !schema.dialect.checks_operands() {
            // ElectroDB goes by what the query itself gives, but for the last one.
            push_own(schema, Half::Sort, *slot, comparison, given, texts, terms)?;
        } else if let (Some(low), Some(high)) = (lower.get(*slot), upper.get(*slot)) {
            if !is_same(&low.value, &high.value) {
                return Err(uneven(schema, index));
            }
            push_own(schema, Half::Sort, *slot, comparison, lower, texts, terms)?;
        }
        if let (true, true, Some(term)) = (between, is_last, terms.last_mut()) {
            term.upper = own_source(schema, *slot, comparison, upper, texts)?;
        }
    }
    Ok(())
}

/// JavaScript's `===`.
fn is_same(low: &Value<'_>, high: &Value<'_>) -> bool {
    match (low, high) {
        (Value::String(low), Value::String(high)) | (Value::BigInt(low), Value::BigInt(high)) => low == high,
        (Value::Decimal(low), Value::Decimal(high)) => low == high && *low != "NaN",
        (Value::Integer(low), Value::Integer(high)) => low == high,
        (Value::Boolean(low), Value::Boolean(high)) => low == high,
        (Value::Null, Value::Null) => true,
        _ => false,
    }
}

#[cold]
fn uneven(schema: &Schema, index: &Index) -> Error {
    let what = "is made of attributes themselves: `between` needs the same ones at both ends, with the same values in all but the last";
    refuse_index(Kind::Numbered(2013), schema, index, what)
}

/// Refuses a later sort composite without an earlier one, where the dialect does.
fn refuse_gap(schema: &Schema, index: &Index, values: &Composites<'_, '_>) -> Result<()> {
    let Some(key) = index.sort.as_ref().filter(|_| schema.dialect.refuses_sort_gaps()) else { return Ok(()) };
    let Some(rest) = key.composites.get(leading(key, values).len()..) else { return Ok(()) };
    match rest.iter().rposition(|slot| values.get(*slot).is_some()) {
        Some(last) => {
            let gap = slots_that(rest.get(..last).unwrap_or_default(), &|slot| values.get(slot).is_none());
            Err(incomplete(schema, Operation::Query, index, &gap))
        }
        None => Ok(()),
    }
}

/// Refuses a sort operator that has nothing to compare.
fn check_operand(schema: &Schema, index: &Index, sort: &Sort<'_>, lower: &Composites<'_, '_>, upper: &Composites<'_, '_>) -> Result<()> {
    let strict = schema.dialect.checks_operands();
    let begins = sort.operator == SortOperator::Begins;
    let Some(key) = &index.sort else {
        // ElectroDB sends a condition on a sort key that is not there.
        if begins && !strict {
            return Ok(());
        }
        return Err(refuse_index(Kind::InvalidExpression, schema, index, "has no sort key to compare"));
    };
    let numeric = matches!(key.template.form, Form::Attribute(Cast::Number));
    let ends: &[&Composites<'_, '_>] = if sort.operator == SortOperator::Between { &[lower, upper] } else { &[lower] };
    for values in ends {
        refuse_gap(schema, index, values)?;
        let bare = leading(key, values).is_empty();
        if bare && !key.composites.is_empty() && !begins && (strict || numeric) {
            return Err(incomplete(schema, Operation::Query, index, key.composites.get(..1).unwrap_or_default()));
        }
    }
    if numeric && begins && strict {
        return Err(refuse_index(Kind::InvalidExpression, schema, index, "has a number as its sort key, which begins with nothing"));
    }
    Ok(())
}
