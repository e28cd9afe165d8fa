//! What `conversions` asks: the keys that some composites make, and the composites that some keys hold. Cursors are the wrapper's work.

use super::build::{Composites, Extent, alone, incomplete, is_empty_text, missing, text};
use super::parse::{Parsed, parse_key, refused};
use super::template::{Form, Half};
use crate::call::{Given, Operation, Values};
use crate::error::{Error, Result};
use crate::request::{KeySource, Texts};
use crate::schema::{Casing, Cast, Index, Key, Schema, Slot};
use crate::value::{List, Map, Value, Writer};

/// How the wrapper makes a member's value of its text.
#[derive(Clone, Copy)]
enum Kind {
    /// It is the text.
    Text = 0,
    /// It is the text as a number.
    Number = 1,
    /// It is what was given under this name, as it is.
    Given = 2,
    /// It is whether there is a text.
    Boolean = 3,
}

/// Added to the kind of a member that goes over an earlier one of its name; any other one does not.
const OVER: i64 = 4;

/// The members of an answer, one after the other: each its name, its kind, its text and the casing that is left to JavaScript.
struct Answer<'w> {
    writer: &'w mut Writer,
    count: usize,
    /// What is added to kinds: where several keys hold a composite, ElectroDB takes the table's, else the first one's.
    over: i64,
}

impl Answer<'_> {
    #[inline(never)]
    fn push(&mut self, name: &str, kind: Kind, text: &str, casing: Casing) {
        let casing = match casing {
            Casing::None => 0,
            Casing::Lower => 1,
            Casing::Upper => 2,
        };
        self.writer.string(name).integer(kind as i64 + self.over).string(text).integer(casing);
        self.count += 4;
    }

    /// What is written next is of this index.
    fn of(&mut self, index: &Index) {
        self.over = if index.index.is_none() { OVER } else { 0 };
    }
}

/// Answers a conversion: `operands` are the number of the index (any other value stands for all of them), then, for keys, how strict to be
/// (0: not at all, 1: with partition keys, 2: with all) and a list of slots each with its value, or, for composites, the keys by field.
///
/// # Errors
/// 2002 for composites that are asked for and missing, 2007 for a text that is no key of its index.
#[cold]
pub fn convert(schema: &Schema, operands: &[Value<'_>], writer: &mut Writer) -> Result<()> {
    let only = match operands.first() {
        Some(Value::Integer(number)) => usize::try_from(*number).ok().and_then(|number| schema.indexes.get(number)),
        _ => None,
    };
    let mut outcome = Ok(());
    writer.list(|writer| {
        let mut answer = Answer { writer, count: 0, over: 0 };
        outcome = match operands.get(1..) {
            Some([Value::Integer(strict), Value::List(composites)]) => keys(schema, only, *strict, composites, &mut answer),
            Some([Value::Map(keys)]) => composites(schema, only, keys, &mut answer),
            _ => Err(Error::internal("a conversion needs other operands")),
        };
        answer.count
    });
    outcome
}

fn keys(schema: &Schema, only: Option<&Index>, strict: i64, given: &List<'_>, answer: &mut Answer<'_>) -> Result<()> {
    let mut values = Values::new();
    let mut given = given.iter();
    while let (Some(Value::Integer(slot)), Some(value)) = (given.next(), given.next()) {
        values.insert(Slot::try_from(slot).unwrap_or(Slot::MAX), Given { number: 0, value });
    }
    let values = &Composites(&[&values]);
    let mut indexes = chosen(schema, only);
    // Of a field that several keys are stored in, the last one counts, but the table's own before all.
    indexes.extend(schema.primary_index());
    answer.over = OVER;
    for index in indexes {
        let mut absent = if strict > 0 { missing(&index.partition, values) } else { Vec::new() };
        // Of all indexes at once, ElectroDB asks the secondary ones for no more than their partition keys.
        if let Some(sort) = &index.sort
            && strict > 1
            && (only.is_some() || index.index.is_none())
        {
            absent.append(&mut missing(sort, values));
        }
        if !absent.is_empty() {
            return Err(incomplete(schema, Operation::Query, index, &absent));
        }
        push_key(schema, &index.partition, values, answer)?;
        if let Some(sort) = &index.sort {
            push_key(schema, sort, values, answer)?;
        }
    }
    Ok(())
}

/// The index that is asked for and then the table's, or all of them.
#[inline(never)]
fn chosen<'s>(schema: &'s Schema, only: Option<&'s Index>) -> Vec<&'s Index> {
    let Some(only) = only else { return schema.indexes.iter().collect() };
    let mut found = vec![only];
    found.extend(schema.primary_index().filter(|table| !std::ptr::eq(only, *table)));
    found
}

/// A key as far as its composites are there.
fn push_key(schema: &Schema, key: &Key, values: &Composites<'_, '_>, answer: &mut Answer<'_>) -> Result<()> {
    let mut texts = Texts::new();
    let source = match key.template.form {
        Form::Fields => {
            for slot in &key.composites {
                if let (Some(_), Some(attribute)) = (values.get(*slot), schema.attribute(*slot)) {
                    answer.push(&attribute.field, Kind::Given, &attribute.name, Casing::None);
                }
            }
            return Ok(());
        }
        Form::Text => text(schema, key, values, Extent::Label, &mut texts)?.0,
        Form::Attribute(cast) => match alone(schema, key, values, &mut texts)? {
            Some(source) => source,
            None if cast == Cast::Number => return Ok(()),
            None => KeySource::Text(texts.close(Casing::None)),
        },
    };
    let kind = if matches!(source, KeySource::TextNumber(_)) { Kind::Number } else { Kind::Text };
    // DynamoDB stores no key without a letter.
    if !(schema.dialect.checks_operands() && is_empty_text(&texts, source)) {
        let casing = texts.parts().1.first().map_or(Casing::None, |entry| entry.casing);
        answer.push(&key.field, kind, texts.get(0).unwrap_or_default(), casing);
    }
    Ok(())
}

fn composites(schema: &Schema, only: Option<&Index>, keys: &Map<'_>, answer: &mut Answer<'_>) -> Result<()> {
    let strict = schema.dialect.refuses_ambiguous_keys();
    let mut found = false;
    for (position, index) in chosen(schema, only).into_iter().enumerate() {
        let mut reading = Reading { schema, index, keys, held: Vec::new(), present: false };
        let read = reading.halves();
        let optional = only.is_some() && position > 0;
        match read {
            Ok(()) => {}
            // The main entry takes whichever keys are there; ElectroDB leaves out a table's key that it cannot read beside another's.
            Err(_) if strict && !reading.present && (optional || only.is_none()) => continue,
            Err(_) if optional && !strict => continue,
            Err(error) => return Err(error),
        }
        found = true;
        answer.of(index);
        for (slot, kind, text) in &reading.held {
            if let Some(attribute) = schema.attribute(*slot) {
                answer.push(&attribute.name, *kind, text, Casing::None);
            }
        }
    }
    match schema.primary_index() {
        Some(index) if !found => Err(refused(schema, index, Half::Partition, "is not there, nor is the key of any other index")),
        _ => Ok(()),
    }
}

/// The keys of one index on their way to composites.
struct Reading<'a, 'k> {
    schema: &'a Schema,
    index: &'a Index,
    keys: &'k Map<'a>,
    held: Vec<(Slot, Kind, &'a str)>,
    /// Whether any of the index's keys is there.
    present: bool,
}

impl<'a> Reading<'a, '_> {
    fn halves(&mut self) -> Result<()> {
        let index = self.index;
        let partition = self.half(Half::Partition, &index.partition);
        // Both are looked at, so that `present` tells of both.
        let sort = index.sort.as_ref().map_or(Ok(()), |key| self.half(Half::Sort, key));
        partition.and(sort)
    }

    #[inline(never)]
    fn half(&mut self, half: Half, key: &'a Key) -> Result<()> {
        if key.template.form == Form::Fields {
            let mut missing = false;
            for slot in &key.composites {
                let Some(attribute) = self.schema.attribute(*slot) else { continue };
                if self.given(&attribute.field).is_undefined() {
                    missing = true;
                } else {
                    self.held.push((*slot, Kind::Given, &attribute.field));
                }
            }
            return if missing && self.schema.dialect.refuses_ambiguous_keys() { Err(self.refuse(half, ABSENT)) } else { Ok(()) };
        }
        let number = key.composites.first().filter(|_| key.template.form != Form::Text);
        match (self.given(&key.field), number) {
            (Value::Undefined, _) => return Err(self.refuse(half, ABSENT)),
            (Value::String(text), _) => {
                for (slot, parsed) in parse_key(self.schema, self.index, half, text)? {
                    let (kind, text) = match parsed {
                        Parsed::String(text) => (Kind::Text, text),
                        Parsed::Number(text) => (Kind::Number, text),
                        Parsed::Boolean(value) => (Kind::Boolean, if value { "true" } else { "" }),
                    };
                    self.held.push((slot, kind, text));
                }
            }
            (Value::Integer(_) | Value::Decimal(_) | Value::BigInt(_) | Value::Boolean(_), Some(slot)) => {
                self.held.push((*slot, Kind::Given, &key.field))
            }
            _ => return Err(self.refuse(half, "is not the given value")),
        }
        Ok(())
    }

    fn given(&mut self, field: &str) -> Value<'a> {
        let value = self.keys.get(field);
        self.present |= !value.is_undefined();
        value
    }

    fn refuse(&self, half: Half, why: &str) -> Error {
        refused(self.schema, self.index, half, why)
    }
}

const ABSENT: &str = "is not among the keys";
