//! How texts of expressions are taken apart and put together. What stands for what is decided elsewhere.

use super::placeholder::Scope;
use crate::call::Operator;
use crate::error::{Error, Kind, Result};
use crate::text::{fill, integer_in, join};

/// The text of an operator on a path.
pub(super) fn condition_text(operator: Operator, path: &str, operands: &[String]) -> String {
    let mut first = operands.first().map_or("", String::as_str);
    let list;
    if operator == Operator::In {
        list = join(operands, ", ");
        first = &list;
    }
    let second = operands.get(1).map_or("", String::as_str);
    fill(TEXTS.get(operator as usize).copied().unwrap_or_default(), &[path, first, second])
}

/// How each operator is written, in the order of [`Operator`].
const TEXTS: [&str; 23] = [
    "%0 = %1",
    "%0 <> %1",
    "%0 > %1",
    "%0 >= %1",
    "%0 < %1",
    "%0 <= %1",
    "(%0 between %1 and %2)",
    "begins_with(%0, %1)",
    "contains(%0, %1)",
    "not contains(%0, %1)",
    "%0 in (%1)",
    "attribute_exists(%0)",
    "attribute_not_exists(%0)",
    "(%0 = %1 OR attribute_not_exists(%0))",
    "attribute_type(%0, %1)",
    "size(%0)",
    "%1",
    "%0",
    "%0",
    "%1",
    "if_not_exists(%0, %1)",
    "%0 = %1",
    "%0 = %1",
];

/// The names of the operators in callbacks, in the order of [`Operator`].
const NAMES: [&str; 21] = [
    "eq",
    "ne",
    "gt",
    "gte",
    "lt",
    "lte",
    "between",
    "begins",
    "contains",
    "notContains",
    "in",
    "exists",
    "notExists",
    "eqOrNotExists",
    "type",
    "size",
    "value",
    "name",
    "field",
    "escape",
    "ifNotExists",
];

/// The operator's name in a callback.
pub(super) fn name_of(operator: Operator) -> &'static str {
    NAMES.get(operator as usize).copied().unwrap_or_default()
}

/// A piece of a callback's text.
pub(super) enum Piece<'a> {
    /// Text of the user.
    Text(&'a str),
    /// A token's number.
    Token(usize),
}

/// Takes a callback's text apart: a token stands as U+0001, its number, U+0002.
pub(super) fn pieces_of(text: &str) -> Result<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1}') {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        match after.split_once('\u{2}') {
            Some((number, left)) if let Some(number) = integer_in(number) => {
                pieces.push(Piece::Token(number));
                rest = left;
            }
            _ => return Err(invalid("a callback's text holds a control character", &[])),
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

/// The text without line breaks, with one space where none stands on either side: `AND` and what follows it must stay two words.
pub(super) fn without_line_breaks(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split(['\r', '\n']) {
        let open = joined.ends_with(|letter: char| !letter.is_whitespace()) && line.starts_with(|letter: char| !letter.is_whitespace());
        if open {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Looks at the text around operators. In an update only arithmetic and DynamoDB's two functions may stand there.
pub(super) fn check_around(text: &str, depth: &mut i32, scope: Scope) -> Result<()> {
    let updates = scope == Scope::Update;
    for letter in text.bytes() {
        match letter {
            b'(' => *depth += 1,
            b')' => *depth -= 1,
            // A comma outside of brackets would begin another change.
            b',' if updates && *depth == 0 => return Err(unbalanced()),
            _ => {}
        }
        // A bracket that closes before one opens would end a bracket of another clause.
        if *depth < 0 {
            return Err(unbalanced());
        }
    }
    let mut words = text.split([' ', '\t', '(', ')', ',', '+', '-']);
    if updates && words.any(|word| !matches!(word, "" | "list_append" | "if_not_exists")) {
        return Err(invalid("only `+`, `-`, `list_append` and `if_not_exists` may stand around the operations of a `data` callback", &[]));
    }
    Ok(())
}

#[cold]
pub(super) fn unbalanced() -> Error {
    invalid("the brackets of a callback's text do not match", &[])
}

/// An expression that cannot be rendered; the message is the pattern filled.
#[cold]
#[inline(never)]
pub(super) fn invalid(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidExpression, pattern, texts)
}
