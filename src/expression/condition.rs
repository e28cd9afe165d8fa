//! Single clauses of conditions and filters: what a `where` callback answered, and what electroxide adds itself. Joining them is `conjunction`'s work.

use super::key_condition::sign;
use super::operand::Operands;
use super::placeholder::{Placeholders, Scope, sanitise};
use crate::call::{Clause, SortOperator};
use crate::error::Result;
use crate::request::Source;
use crate::schema::{Identifiers, Schema};
use crate::text::fill;

/// What an operation demands of the item before it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existence {
    /// There is an item.
    Present,
    /// There is none.
    Absent,
}

/// The clause of a `where` callback.
///
/// # Errors
/// 1012 where the text holds no operator or its brackets do not match, and for operands that cannot be meant.
pub fn where_clause(schema: &Schema, placeholders: &mut Placeholders, clause: &Clause<'_>) -> Result<String> {
    Ok(Operands::assemble(schema, placeholders, Scope::Condition, clause)?.text)
}

/// The clause of `create`, `patch` and `remove`: whether there is an item, by the fields of the table's key.
pub fn existence(placeholders: &mut Placeholders, fields: &[&str], existence: Existence) -> String {
    let function = match existence {
        Existence::Present => "attribute_exists",
        Existence::Absent => "attribute_not_exists",
    };
    let mut text = String::new();
    for field in fields {
        let name = placeholders.name(Scope::Condition, field, field);
        push_test(&mut text, "%0(%1)", &[function, &name]);
    }
    text
}

fn push_test(text: &mut String, pattern: &'static str, texts: &[&str]) {
    if !text.is_empty() {
        text.push_str(" AND ");
    }
    text.push_str(&fill(pattern, texts));
}

/// The clause that a field equals a value.
pub fn equals(placeholders: &mut Placeholders, field: &str, source: Source) -> String {
    compare(placeholders, field, SortOperator::None, source)
}

/// The clause that compares a field with a value, which `compare` adds for a sort composite.
pub fn compare(placeholders: &mut Placeholders, field: &str, operator: SortOperator, source: Source) -> String {
    let name = placeholders.name(Scope::Condition, field, field);
    fill("%0%1%2", &[&name, sign(operator), &placeholders.value(Scope::Condition, field, source)])
}

/// The two clauses that keep a scan to the entity's own items.
pub fn ownership(schema: &Schema, placeholders: &mut Placeholders) -> [String; 2] {
    [
        equals(placeholders, &schema.identifiers.entity, Source::Literal(String::from(&*schema.entity))),
        equals(placeholders, &schema.identifiers.version, Source::Literal(String::from(&*schema.version))),
    ]
}

/// The clause that keeps a query to the entity's own items where the index's key does not name the entity.
pub fn multi_ownership(schema: &Schema, placeholders: &mut Placeholders) -> String {
    identified(placeholders, Scope::Key, &schema.identifiers, &schema.entity, [&schema.entity, &schema.version])
}

/// The clause that keeps a collection to the items of its members.
pub fn members(schema: &Schema, placeholders: &mut Placeholders) -> String {
    let mut all = String::new();
    for member in &schema.members {
        if !all.is_empty() {
            all.push_str(" OR ");
        }
        let values = [&*member.entity, &*member.version];
        all.push_str(&identified(placeholders, Scope::Collection, &member.identifiers, &member.name, values));
    }
    if schema.members.len() == 1 { all } else { fill("(%0)", &[&all]) }
}

/// The clause that an item carries these identifiers. ElectroDB numbers their values by the field and the owner's name.
fn identified(placeholders: &mut Placeholders, scope: Scope, identifiers: &Identifiers, owner: &str, values: [&str; 2]) -> String {
    let mut tests = String::new();
    for (field, text) in [&identifiers.entity, &identifiers.version].into_iter().zip(values) {
        let name = placeholders.name(scope, field, field);
        let value = placeholders.value(scope, &fill("%0_%1", &[field, owner]), Source::Literal(text.to_owned()));
        push_test(&mut tests, "%0 = %1", &[&name, &value]);
    }
    fill("(%0)", &[&tests])
}

/// The clause that keeps a scan to keys that begin as the entity's do.
pub fn scan_keys(placeholders: &mut Placeholders, keys: Vec<(&str, Source)>) -> String {
    let mut text = String::new();
    for (field, source) in keys {
        let stem = sanitise(field);
        let name = placeholders.fixed_name(Scope::Key, &stem, field);
        push_test(&mut text, "begins_with(%0, %1)", &[&name, &placeholders.fixed_value(&stem, source)]);
    }
    text
}
