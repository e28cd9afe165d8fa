//! A composite's value as the text of a number, for key fields that are stored as numbers.

use super::text::unfit;
use crate::error::Error;
use crate::schema::{Attribute, Schema};
use crate::text::push_integer;
use crate::value::Value;

/// Appends the text whose `Number(text)` is the key.
///
/// # Errors
/// A value that is no number.
pub(super) fn push_number(text: &mut String, schema: &Schema, attribute: &Attribute, value: &Value<'_>) -> Result<(), Error> {
    let strict = schema.dialect.refuses_odd_composites();
    let fits = match value {
        Value::Integer(number) => {
            push_integer(text, *number);
            true
        }
        Value::Decimal(number) => {
            text.push_str(number);
            !strict || !matches!(*number, "NaN" | "Infinity" | "-Infinity")
        }
        Value::Boolean(value) if !strict => {
            text.push(if *value { '1' } else { '0' });
            true
        }
        Value::String(written) if strict => push_exact(text, written),
        Value::String(written) => push_leading_integer(text, written),
        _ => false,
    };
    if fits { Ok(()) } else { Err(unfit(schema, attribute, value)) }
}

/// A text that is a decimal number from end to end.
fn push_exact(text: &mut String, written: &str) -> bool {
    let unsigned = written.strip_prefix('-').unwrap_or(written);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.push_str(written);
    digits(whole) && digits(fraction)
}

/// What JavaScript's `parseInt` reads, with which ElectroDB makes numbers of texts.
fn push_leading_integer(text: &mut String, written: &str) -> bool {
    let trimmed = written.trim_start();
    let (negative, unsigned) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    if negative {
        text.push('-');
    }
    if let Some(hexadecimal) = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        let mut number = 0i64;
        let mut any = false;
        for digit in hexadecimal.chars().map_while(|letter| letter.to_digit(16)) {
            number = number.saturating_mul(16).saturating_add(i64::from(digit));
            any = true;
        }
        push_integer(text, number);
        return any;
    }
    let mut any = false;
    for digit in unsigned.chars().take_while(char::is_ascii_digit) {
        text.push(digit);
        any = true;
    }
    any
}
