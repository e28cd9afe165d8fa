//! A composite's value as text: as JavaScript's `${value}` gives it, and padded. Casing is done on whole keys, by `Texts`.

use crate::error::{Error, Field, Kind};
use crate::schema::{Attribute, Padding, Schema};
use crate::text::{fill, push_integer};
use crate::value::Value;

/// Appends a composite's text, padded as its attribute says.
///
/// # Errors
/// A value that no key can hold.
#[inline]
pub(super) fn push_composite(text: &mut String, schema: &Schema, attribute: &Attribute, value: &Value<'_>) -> Result<(), Error> {
    let start = text.len();
    match value {
        Value::String(value) => text.push_str(value),
        Value::Integer(number) => push_integer(text, *number),
        Value::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::BigInt(digits) => text.push_str(digits),
        Value::Decimal(number) if !schema.dialect.refuses_odd_composites() || is_finite(number) => text.push_str(number),
        other => push_odd(text, schema, attribute, other)?,
    }
    if let Some(padding) = &attribute.padding {
        pad(text, start, padding);
    }
    Ok(())
}

/// What ElectroDB takes into keys although such a key cannot be told from others'.
#[cold]
fn push_odd(text: &mut String, schema: &Schema, attribute: &Attribute, value: &Value<'_>) -> Result<(), Error> {
    let mark = text.len();
    if !schema.dialect.refuses_odd_composites() && push_javascript(text, value) {
        return Ok(());
    }
    text.truncate(mark);
    Err(unfit(schema, attribute, value))
}

/// The text of `String(value)`; false where only JavaScript knows it or it is not well-formed Unicode.
fn push_javascript(text: &mut String, value: &Value<'_>) -> bool {
    match value {
        Value::Null => text.push_str("null"),
        Value::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Integer(number) => push_integer(text, *number),
        Value::Decimal(written) | Value::BigInt(written) | Value::String(written) => text.push_str(written),
        Value::Map(_) => text.push_str("[object Object]"),
        Value::Set(_) => text.push_str("[object Set]"),
        Value::Bytes(bytes) => {
            for (position, byte) in bytes.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                push_integer(text, i64::from(*byte));
            }
        }
        Value::List(members) => {
            for (position, member) in members.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                if !matches!(member, Value::Null | Value::Undefined) && !push_javascript(text, &member) {
                    return false;
                }
            }
        }
        Value::Undefined | Value::IllFormed(_) | Value::Function(_) | Value::RegExp(_) | Value::Other(_) => return false,
    }
    true
}

/// The refusal of a value that no key can hold.
#[cold]
pub(super) fn unfit(schema: &Schema, attribute: &Attribute, value: &Value<'_>) -> Error {
    let given = match value {
        Value::IllFormed(_) => "a string with lone surrogates",
        Value::Decimal(number) => number,
        other => other.type_name(),
    };
    let name = &attribute.name;
    let advice = " there: give a well-formed string, a finite number or a boolean";
    let reason = fill("The attribute `%0` of the entity `%1` is part of a key and cannot be %2%3", &[name, &schema.entity, given, advice]);
    Error::of_fields(vec![Field { kind: Kind::InvalidAttribute, path: name.clone().into(), reason, index: None }])
}

fn is_finite(number: &str) -> bool {
    !matches!(number, "NaN" | "Infinity" | "-Infinity")
}

/// `padStart` of JavaScript on what stands from `start` on; lengths are in UTF-16 units.
fn pad(text: &mut String, start: usize, padding: &Padding) {
    let written: usize = text.get(start..).map_or(0, |value| value.chars().map(char::len_utf16).sum());
    let wanted = usize::try_from(padding.length).unwrap_or(usize::MAX);
    if written >= wanted || padding.text.is_empty() {
        return;
    }
    let mut left = wanted - written;
    let mut front = String::with_capacity(left);
    for letter in padding.text.chars().cycle() {
        if left == 0 {
            break;
        }
        if letter.len_utf16() > left {
            // Half a surrogate pair is what JavaScript would leave; it is no text.
            front.push(char::REPLACEMENT_CHARACTER);
            break;
        }
        front.push(letter);
        left -= letter.len_utf16();
    }
    text.insert_str(start, &front);
}
