//! What DynamoDB can store and give back unchanged. Only the main entry asks; ElectroDB leaves it to the SDK.

use super::check::Checker;
use super::trail::Trail;
use crate::error::Kind;
use crate::schema::Dialect;
use crate::text::{fill, integer_in};
use crate::value::{List, Value};

/// DynamoDB's limit of lists and maps within each other.
const DEEPEST: usize = 32;

/// DynamoDB's limit of a number's digits.
const DIGITS: usize = 38;

/// Refuses what cannot be stored, at any depth.
pub(super) fn check(checker: &mut Checker, value: Value<'_>, trail: &Trail<'_>) {
    let reason = match value {
        Value::Undefined | Value::Null | Value::Boolean(_) | Value::Integer(_) | Value::String(_) | Value::Bytes(_) => return,
        Value::Decimal(text) => match number(text) {
            Some(reason) => reason,
            None => return,
        },
        Value::BigInt(text) if text.trim_start_matches('-').len() <= DIGITS => return,
        Value::BigInt(_) => "has more than the 38 digits of a DynamoDB number",
        Value::IllFormed(_) => "holds half of a surrogate pair, which no stored text can",
        Value::List(_) | Value::Map(_) | Value::Set(_) if trail.depth() >= DEEPEST => {
            "nests deeper than the 32 levels that DynamoDB stores"
        }
        Value::List(list) => {
            for (position, member) in (0u32..).zip(list.iter()) {
                check(checker, member, &trail.member(position));
            }
            return;
        }
        Value::Map(map) => {
            for (name, member) in map.iter() {
                if !Dialect::Electroxide.carries_member(name) {
                    checker.refuse(Kind::InvalidAttribute, &trail.name(name), "has a name that the AWS SDK's document client loses");
                }
                check(checker, member, &trail.name(name));
            }
            return;
        }
        Value::Set(members) if members.is_empty() => "is an empty set, which DynamoDB cannot store: leave it out",
        Value::Set(members) => {
            for member in members.iter() {
                check(checker, member, &trail.members());
            }
            check_members(checker, members, &trail.members());
            return;
        }
        Value::Function(_) => "is a function, which cannot be stored",
        Value::RegExp(_) => "is a regular expression, which cannot be stored: store its `source`",
        Value::Other("Date") => "is a Date, which cannot be stored: store its `toISOString()` or `getTime()`",
        Value::Other(_) => "is an object of a class, which cannot be stored: store a plain object, or bytes as a Uint8Array",
    };
    checker.refuse(Kind::InvalidAttribute, trail, reason);
}

/// A set's members must be of one type: strings, numbers or binary.
pub(super) fn check_members(checker: &mut Checker, members: List<'_>, trail: &Trail<'_>) {
    let mut first = None;
    for member in members.iter() {
        let class = match member {
            Value::String(_) | Value::IllFormed(_) => "strings",
            Value::Integer(_) | Value::Decimal(_) | Value::BigInt(_) => "numbers",
            Value::Bytes(_) => "binary data",
            other => {
                let what = fill("cannot be %0 in a set, which holds strings, numbers or binary data", &[other.type_name()]);
                checker.refuse(Kind::InvalidAttribute, trail, &what);
                return;
            }
        };
        let expected = *first.get_or_insert(class);
        if class != expected {
            checker.refuse(Kind::InvalidAttribute, trail, &fill("mixes %0 and %1; a set holds members of one type", &[expected, class]));
            return;
        }
    }
}

/// Why a number that is no safe integer cannot be stored; none where it can.
fn number(text: &str) -> Option<&'static str> {
    if matches!(text, "NaN" | "Infinity" | "-Infinity") {
        return Some("is no finite number, and DynamoDB stores no other");
    }
    match text.split_once('e') {
        Some((_, exponent)) => match integer_in::<i64>(exponent) {
            Some(power) if power < -130 => Some("is too small for a DynamoDB number"),
            Some(power) if power < 0 => None,
            _ => Some(UNSAFE),
        },
        None if text.contains('.') => None,
        None => Some(UNSAFE),
    }
}

const UNSAFE: &str = "is beyond ±(2^53 - 1), where numbers are no longer exact: give a BigInt to an attribute of type `any`";
