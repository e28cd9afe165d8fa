//! Key texts back to composites. Values are not escaped in keys, so a text may have several readings; which one counts is the dialect's.

use super::refuse::refuse;
use super::template::{Form, Half};
use crate::error::{Error, Kind, Result};
use crate::schema::{Attribute, AttributeKind, Index, Key, Schema, Slot};
use crate::text::fill;

/// A composite's value as a key tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed<'t> {
    /// A string, cased and padded as it stands in the key.
    String(&'t str),
    /// A number's text.
    Number(&'t str),
    /// A boolean.
    Boolean(bool),
}

/// Reads the composites of one half of an index's key out of its text; of a key that is a number, out of the number's text.
///
/// # Errors
/// 2007 for a text that is no such key, and, in the main entry, for one with several readings.
pub fn parse_key<'t>(schema: &Schema, index: &Index, half: Half, text: &'t str) -> Result<Vec<(Slot, Parsed<'t>)>> {
    let key = match half {
        Half::Partition => Some(&index.partition),
        Half::Sort => index.sort.as_ref(),
    };
    let key = key.ok_or_else(|| refused(schema, index, half, "does not exist"))?;
    let strict = schema.dialect.refuses_ambiguous_keys();
    let last = cut(key, text, Place::Last, strict).ok_or_else(|| refused(schema, index, half, "is not the given text"))?;
    if strict && cut(key, text, Place::First, strict).as_ref() != Some(&last) {
        return Err(refused(schema, index, half, "can be read in several ways: a value contains what stands between values"));
    }
    let mut found: Vec<(Slot, Parsed<'t>)> = Vec::with_capacity(last.len());
    for (slot, value) in key.composites.iter().zip(last) {
        let Some(attribute) = schema.attribute(*slot) else { continue };
        let parsed = typed(schema, attribute, value)
            .ok_or_else(|| refused(schema, index, half, &fill("holds no value of `%0`", &[&*attribute.name])))?;
        // Of an attribute that is composed twice, ElectroDB keeps the last value.
        found.retain(|(earlier, _)| earlier != slot);
        found.push((*slot, parsed));
    }
    Ok(found)
}

/// The refusal of one half of an index's key.
#[cold]
#[inline(never)]
pub(super) fn refused(schema: &Schema, index: &Index, half: Half, why: &str) -> Error {
    refuse(Kind::Numbered(2007), "The %0 of index `%1` of the entity `%2` %3", &[half.name(), &index.name, &schema.entity, why])
}

/// At which of its places a label is taken to stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Last,
}

/// The values between the template's literals. With every label at its last place, an earlier value takes all that it can get, as in ElectroDB's
/// reading; with every label at its first, a later one does: where both are one, there is no other. Letter case counts in values only.
#[inline(never)]
fn cut<'t>(key: &Key, text: &'t str, place: Place, strict: bool) -> Option<Vec<&'t str>> {
    let template = &key.template;
    if template.form != Form::Text {
        return (!text.is_empty() && !template.parts.is_empty()).then(|| vec![text]);
    }
    let mut rest = text.get(label_at(text, 0, &template.head)?..)?;
    let end = rest.len().checked_sub(template.tail.len())?;
    label_at(rest, end, &template.tail)?;
    rest = rest.get(..end)?;
    let Some(first) = template.parts.first() else { return rest.is_empty().then(Vec::new) };
    rest = rest.get(label_at(rest, 0, &first.label)?..)?;
    // To ElectroDB, a value is never empty and never of several lines.
    let shortest = usize::from(!strict);
    let mut values = Vec::new();
    for step in 1..template.parts.len() {
        let label = match place {
            Place::First => &template.parts.get(step)?.label,
            Place::Last => &template.parts.get(template.parts.len() - step)?.label,
        };
        let most = rest.len().checked_sub(label.len() + shortest)?;
        let (mut start, mut after) = (0, None);
        while start <= most {
            if let Some(end) = label_at(rest, start, label).filter(|_| start >= shortest) {
                after = Some((start, end));
                if place == Place::First {
                    break;
                }
            }
            start += 1;
        }
        let (start, end) = after?;
        let (before, behind) = (rest.get(..start)?, rest.get(end..)?);
        let (value, left) = if place == Place::First { (before, behind) } else { (behind, before) };
        values.push(value);
        rest = left;
    }
    values.push(rest);
    if place == Place::Last {
        values.reverse();
    }
    let is_broken = |letter: char| !strict && matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    let is_odd = |value: &&str| value.len() < shortest || value.chars().any(is_broken);
    (!values.iter().any(is_odd)).then_some(values)
}

/// Where a label ends that starts at this place of a text; none where it does not stand there.
#[inline(never)]
fn label_at(text: &str, start: usize, label: &str) -> Option<usize> {
    let end = start + label.len();
    text.get(start..end)?.eq_ignore_ascii_case(label).then_some(end)
}

/// The value in its attribute's type; none where it is of another.
fn typed<'t>(schema: &Schema, attribute: &Attribute, value: &'t str) -> Option<Parsed<'t>> {
    match attribute.kind {
        AttributeKind::Number => (!schema.dialect.refuses_ambiguous_keys() || is_number(value)).then_some(Parsed::Number(value)),
        AttributeKind::Boolean if value.eq_ignore_ascii_case("true") => Some(Parsed::Boolean(true)),
        AttributeKind::Boolean if value.eq_ignore_ascii_case("false") => Some(Parsed::Boolean(false)),
        // ElectroDB takes all that is not true for false.
        AttributeKind::Boolean => (!schema.dialect.refuses_ambiguous_keys()).then_some(Parsed::Boolean(false)),
        _ => Some(Parsed::String(value)),
    }
}

/// Whether a text is one that numbers have in keys; padding may stand before it.
fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte))
}
