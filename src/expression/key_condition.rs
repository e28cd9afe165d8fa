//! Key conditions of queries. Which keys and which test a query has is decided by `key`, not here.

use super::placeholder::{Placeholders, Scope};
use crate::call::SortOperator;
use crate::request::Source;
use crate::text::{fill, join};

/// What a query asks of a sort key.
#[derive(Debug)]
pub struct KeyTest<'a> {
    /// The stored name.
    pub field: &'a str,
    /// The comparison; `None` is equality.
    pub operator: SortOperator,
    /// The operand; of `between`, the lower one.
    pub value: Source,
    /// The upper operand of `between`.
    pub upper: Option<Source>,
}

/// The key condition over key fields: `#pk = :pk and begins_with(#sk1, :sk1)`.
pub fn key_condition(placeholders: &mut Placeholders, partition: (&str, Source), sort: Option<KeyTest<'_>>) -> String {
    let (field, source) = partition;
    let name = placeholders.fixed_name(Scope::Key, "pk", field);
    let value = placeholders.fixed_value("pk", source);
    let partition = fill("%0 = %1", &[&name, &value]);
    let Some(sort) = sort else { return partition };
    let sort_name = placeholders.fixed_name(Scope::Key, "sk1", sort.field);
    let lower = placeholders.fixed_value("sk1", sort.value);
    let upper = sort.upper.map(|source| placeholders.fixed_value("sk2", source));
    fill("%0 and %1", &[&partition, &test(sort.operator, &sort_name, &lower, upper.as_deref())])
}

/// The key condition of an index whose keys are attributes, each by its name and field: `#a = :ak_0 AND #b > :bk_0`.
pub fn multi_key_condition(placeholders: &mut Placeholders, equal: Vec<(&str, &str, Source)>, last: Option<(&str, KeyTest<'_>)>) -> String {
    let mut tests = Vec::with_capacity(equal.len() + 1);
    for (name, field, source) in equal {
        let placeholder = placeholders.name(Scope::Key, name, field);
        tests.push(test(SortOperator::None, &placeholder, &placeholders.value(Scope::Key, name, source), None));
    }
    if let Some((name, sort)) = last {
        let placeholder = placeholders.name(Scope::Key, name, sort.field);
        let lower = placeholders.value(Scope::Key, name, sort.value);
        let upper = sort.upper.map(|source| placeholders.value(Scope::Key, name, source));
        tests.push(test(sort.operator, &placeholder, &lower, upper.as_deref()));
    }
    join(&tests, " AND ")
}

fn test(operator: SortOperator, name: &str, lower: &str, upper: Option<&str>) -> String {
    match (operator, upper) {
        (SortOperator::Begins, _) => fill("begins_with(%0, %1)", &[name, lower]),
        (SortOperator::Between, Some(upper)) => fill("%0 BETWEEN %1 AND %2", &[name, lower, upper]),
        _ => fill("%0%1%2", &[name, sign(operator), lower]),
    }
}

/// The comparison's sign with its spaces; equality for those that have none.
pub(super) fn sign(operator: SortOperator) -> &'static str {
    match operator {
        SortOperator::Gt => " > ",
        SortOperator::Gte => " >= ",
        SortOperator::Lt => " < ",
        SortOperator::Lte => " <= ",
        SortOperator::None | SortOperator::Begins | SortOperator::Between => " = ",
    }
}
