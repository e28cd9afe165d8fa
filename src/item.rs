//! Attributes on their way to becoming an item: what a write may hold. Keys, hooks and what is sent are made elsewhere.

mod change;
mod check;
mod storage;
mod trail;

pub use change::check_update;
pub use check::Checker;
pub use trail::Trail;

use crate::call::{Argument, Call, Operand, Values};
use crate::error::{Error, Field, Kind, Result};
use crate::schema::nearest::suggestion;
use crate::schema::{Dialect, Schema};
use crate::text::fill;
use crate::value::Value;

/// Checks the attributes of a put, create or upsert. `checked` is what the user gave where hooks have changed it: ElectroDB checks types before set
/// hooks; what hooks made of it only has to be storable.
///
/// # Errors
/// All refused attributes in the main dialect, those of the first refused one in the drop-in.
pub fn check_create(schema: &Schema, item: &Values<'_>, checked: Option<&Values<'_>>, unknown: &[&str]) -> Result<()> {
    let mut checker = Checker::new(schema.dialect);
    let collects = schema.dialect.collects_fields();
    checker.storage &= checked.is_none();
    check_types(schema, checked.unwrap_or(item), &mut checker, collects);
    if checked.is_some() && (collects || checker.fields.is_empty()) {
        checker.types = schema.dialect.checks_hook_results();
        checker.storage = schema.dialect.checks_storage();
        check_results(schema, item, &mut checker);
    }
    if schema.dialect.refuses_unknown_names() {
        checker.fields.extend(unknown.iter().map(|name| undeclared(schema, name)));
    }
    answer(checker.fields)
}

fn check_types(schema: &Schema, values: &Values<'_>, checker: &mut Checker, collects: bool) {
    for (slot, attribute) in (0u16..).zip(&schema.attributes) {
        match values.get(slot) {
            Some(given) => checker.value(attribute, given.value, &Trail::to(&attribute.name)),
            None if attribute.required => checker.refuse(Kind::MissingRequiredAttribute, &Trail::to(&attribute.name), "is required"),
            None if schema.dialect.requires_key_attributes() && schema.is_primary(slot) => {
                checker.refuse(
                    Kind::MissingRequiredAttribute,
                    &Trail::to(&attribute.name),
                    "is required: the table's key is composed of it",
                );
            }
            None => {}
        }
        if !collects && !checker.fields.is_empty() {
            return;
        }
    }
}

/// Checks what hooks made of the attributes that were right before them.
fn check_results(schema: &Schema, item: &Values<'_>, checker: &mut Checker) {
    for (slot, given) in item.iter().filter(|(_, given)| !given.value.is_undefined()) {
        let Some(attribute) = schema.attribute(slot) else { continue };
        if checker.fields.iter().all(|field| !is_within(&field.path, &attribute.name)) {
            checker.value(attribute, given.value, &Trail::to(&attribute.name));
        }
    }
}

/// Whether a path leads to the attribute or into it.
fn is_within(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The refusal of a name that the model does not declare.
#[must_use]
pub fn undeclared(schema: &Schema, name: &str) -> Field {
    let suggestion = suggestion(name, schema.attributes.iter().map(|attribute| &*attribute.name));
    let reason = fill("`%0` is no attribute of `%1`%2", &[name, &schema.entity, &suggestion]);
    Field { kind: Kind::UnknownAttribute, path: name.to_owned(), reason, index: None }
}

/// Whether DynamoDB can hold all of these.
#[must_use]
pub fn are_storable(values: &mut dyn Iterator<Item = Value<'_>>) -> bool {
    let mut checker = Checker::new(Dialect::Electroxide);
    values.filter(|value| !is_code(*value)).for_each(|value| checker.stored(value, &Trail::to("")));
    checker.fields.is_empty()
}

fn is_code(value: Value<'_>) -> bool {
    matches!(value, Value::Function(_) | Value::RegExp(_))
}

/// Checks what a call compares with: the values in callbacks and in the `conditions` option, which DynamoDB has to be able to hold like those of an item.
///
/// # Errors
/// `InvalidAttribute` for each that it cannot, in the main entry.
pub fn check_operands(call: &Call<'_>, conditions: Value<'_>) -> Result<()> {
    let mut checker = Checker::new(Dialect::Electroxide);
    let of_actions = call.actions.iter().filter_map(|action| match &action.operand {
        Operand::Expression(clause) => Some(clause),
        _ => None,
    });
    for token in call.clauses.iter().chain(of_actions).flat_map(|clause| &clause.tokens) {
        let mut name = "value";
        for argument in &token.arguments {
            match argument {
                Argument::Path(path) => name = path.name,
                // A function is no operand, which is said where the operator is rendered.
                Argument::Value(given) if is_code(given.value) => {}
                Argument::Value(given) => checker.stored(given.value, &Trail::to(name)),
                Argument::Token(_) => {}
            }
        }
    }
    checker.stored(conditions, &Trail::to("conditions"));
    answer(checker.fields)
}

fn answer(fields: Vec<Field>) -> Result<()> {
    if fields.is_empty() { Ok(()) } else { Err(Error::of_fields(fields)) }
}

/// Checks names that must be declared, such as those of an `attributes` option.
///
/// # Errors
/// `UnknownAttribute` for each name that is not.
pub fn check_names(schema: &Schema, names: &[&str]) -> Result<()> {
    answer(names.iter().filter(|name| schema.slot(name).is_none()).map(|name| undeclared(schema, name)).collect())
}
