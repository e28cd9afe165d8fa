//! Paths to attributes and their parts as texts: `address.street`, `tags[0]`. What a path leads to is not known here.

use crate::text::integer_in;

/// One step below an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A map's member.
    Property(&'a str),
    /// A list's member.
    Index(u32),
}

/// Splits a path's text into the attribute's name and the steps below it; none where the text is no path.
#[must_use]
pub fn parse(text: &str) -> Option<(&str, Vec<Step<'_>>)> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    if name.is_empty() {
        return None;
    }
    Some((name, steps(rest)?))
}

/// Splits what follows an attribute's name in a path's text; none where it is malformed.
#[must_use]
pub fn steps(text: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (step, left) = if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (name, left) = after.split_at_checked(end)?;
            (step(name)?, left)
        } else {
            let (inside, left) = rest.strip_prefix('[')?.split_once(']')?;
            (step(inside)?, left)
        };
        steps.push(step);
        rest = left;
    }
    Some(steps)
}

/// A step by its text: a whole number is a position, as JavaScript cannot tell `list[0]` from `list["0"]` either.
fn step(text: &str) -> Option<Step<'_>> {
    if text.is_empty() {
        return None;
    }
    let canonical = text == "0" || !text.starts_with('0');
    if canonical
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && let Some(position) = integer_in(text)
    {
        return Some(Step::Index(position));
    }
    Some(Step::Property(text))
}
