//! Reads a [`Call`] from the tag stream and, beside it, the call's structure: all of it but the values, by which its shape is known.

use super::{Action, Argument, Call, Clause, Given, Operand, Operation, Operator, Path, Sort, SortOperator, Target, Token, Values, Verb};
use crate::error::{Error, Result};
use crate::schema::Slot;
use crate::value::path::Step;
use crate::value::{Reader, Value};

const NO_SLOT: u16 = u16::MAX;

/// Options whose texts and numbers are values of the request and no part of its shape.
const VALUE_OPTIONS: [&str; 5] = ["cursor", "limit", "table", "conditions", "segments"];

/// Reads one call into `call` and answers the bytes behind it; appends its structure to `structure`. A call is large, so it is filled where it stands.
///
/// # Errors
/// `Internal` when the stream is malformed, which only a defect of the wrapper can cause.
pub fn read<'a>(bytes: &'a [u8], structure: &mut Vec<u8>, call: &mut Call<'a>) -> Result<&'a [u8]> {
    let mut reader = CallReader { bytes, reader: Reader::new(bytes), mark: 0, structure, next: 0 };
    reader.call(call)?;
    reader.flush();
    Ok(bytes.get(reader.mark..).unwrap_or_default())
}

/// A count of the stream is trusted this far before what it counts has been seen.
const MOST_AT_ONCE: usize = 64;

struct CallReader<'a, 's> {
    bytes: &'a [u8],
    reader: Reader<'a>,
    /// How far the bytes are in the structure, or are values and so no part of it.
    mark: usize,
    structure: &'s mut Vec<u8>,
    next: u16,
}

impl<'a> CallReader<'a, '_> {
    fn call(&mut self, call: &mut Call<'a>) -> Result<()> {
        call.operation = operation(self.byte()?)?;
        call.index = usize::from(self.byte()?);
        loop {
            match self.byte()? {
                0 => return Ok(()),
                1 => call.key = self.values()?,
                2 => call.sort = Some(self.sort()?),
                3 => call.item = self.values()?,
                4 => {
                    let count = self.short()?;
                    call.actions.reserve(usize::from(count).min(MOST_AT_ONCE));
                    for _ in 0..count {
                        let action = self.action()?;
                        call.actions.push(action);
                    }
                }
                5 => call.composite = self.values()?,
                6 => {
                    let count = self.byte()?;
                    for _ in 0..count {
                        let index = usize::from(self.byte()?);
                        call.index_conditions.push((index, self.byte()? != 0));
                    }
                }
                7 => {
                    let clause = self.clause()?;
                    call.clauses.push(clause);
                }
                8 => {
                    let given = self.given()?;
                    self.options(given.value);
                    call.options = Some(given);
                }
                9 => {
                    let count = self.short()?;
                    for _ in 0..count {
                        call.unknown.push(self.text()?);
                    }
                }
                10 => call.checked = Some(self.unnumbered()?),
                _ => return Err(Error::internal("the call holds an unknown section")),
            }
        }
    }

    #[inline(always)]
    fn byte(&mut self) -> Result<u8> {
        self.reader.byte()
    }

    fn short(&mut self) -> Result<u16> {
        self.reader.short()
    }

    fn text(&mut self) -> Result<&'a str> {
        self.reader.text()
    }

    /// Takes what was read since the last value into the structure.
    fn flush(&mut self) {
        let here = self.bytes.len() - self.reader.remaining();
        self.structure.extend_from_slice(self.bytes.get(self.mark..here).unwrap_or_default());
        self.mark = here;
    }

    /// A value, which is no part of the structure.
    fn value(&mut self) -> Result<Value<'a>> {
        self.flush();
        let value = self.reader.value()?;
        self.mark = self.bytes.len() - self.reader.remaining();
        Ok(value)
    }

    fn note_text(&mut self, text: &str) {
        self.structure.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        self.structure.extend_from_slice(text.as_bytes());
    }

    /// A value of the caller: its number is its position in the stream, its class is structure.
    fn given(&mut self) -> Result<Given<'a>> {
        let value = self.value()?;
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(|| Error::internal("the call holds more than 65,535 values"))?;
        self.structure.push(class(&value));
        Ok(Given { number, value })
    }

    fn values(&mut self) -> Result<Values<'a>> {
        let mut values = Values::new();
        for _ in 0..self.short()? {
            let slot = self.short()?;
            values.insert(slot, self.given()?);
        }
        Ok(values)
    }

    /// Values that no request refers to.
    fn unnumbered(&mut self) -> Result<Values<'a>> {
        let mut values = Values::new();
        for _ in 0..self.short()? {
            let slot = self.short()?;
            values.insert(slot, Given { number: u16::MAX, value: self.value()? });
        }
        Ok(values)
    }

    fn sort(&mut self) -> Result<Sort<'a>> {
        let operator = match self.byte()? {
            0 => SortOperator::None,
            1 => SortOperator::Begins,
            2 => SortOperator::Between,
            3 => SortOperator::Gt,
            4 => SortOperator::Gte,
            5 => SortOperator::Lt,
            6 => SortOperator::Lte,
            _ => return Err(Error::internal("the call holds an unknown sort operator")),
        };
        let composites = self.values()?;
        let upper = if operator == SortOperator::Between { self.values()? } else { Values::new() };
        Ok(Sort { operator, composites, upper })
    }

    fn action(&mut self) -> Result<Action<'a>> {
        let verb = match self.byte()? {
            0 => Verb::Set,
            1 => Verb::Add,
            2 => Verb::Subtract,
            3 => Verb::Append,
            4 => Verb::Delete,
            5 => Verb::Remove,
            6 => Verb::IfNotExists,
            _ => return Err(Error::internal("the call holds an unknown action")),
        };
        let flags = self.byte()?;
        let target = match self.byte()? {
            0 => Target::Slot(self.short()?),
            1 => Target::Text(self.text()?),
            2 => Target::Path(self.path()?),
            _ => return Err(Error::internal("the call holds an unknown target")),
        };
        let operand = match self.byte()? {
            0 => Operand::None,
            1 => Operand::Value(self.given()?),
            2 => Operand::Expression(self.clause()?),
            _ => return Err(Error::internal("the call holds an unknown operand")),
        };
        let start = if flags & 2 == 0 { None } else { Some(self.given()?) };
        let checked = if flags & 4 == 0 { None } else { Some(self.value()?) };
        Ok(Action { verb, target, operand, start, checked, from_data: flags & 1 != 0, from_hook: flags & 8 != 0 })
    }

    fn path(&mut self) -> Result<Path<'a>> {
        let slot: Option<Slot> = Some(self.short()?).filter(|slot| *slot != NO_SLOT);
        let name = self.text()?;
        let mut steps = Vec::new();
        for _ in 0..self.byte()? {
            steps.push(match self.byte()? {
                0 => Step::Property(self.text()?),
                _ => Step::Index(self.reader.word()?),
            });
        }
        Ok(Path { slot, name, steps })
    }

    fn clause(&mut self) -> Result<Clause<'a>> {
        let text = self.text()?;
        let count = self.short()?;
        let mut tokens = Vec::with_capacity(usize::from(count).min(MOST_AT_ONCE));
        for _ in 0..count {
            let operator = operator(self.byte()?)?;
            let mut arguments = Vec::new();
            for _ in 0..self.byte()? {
                let argument = self.argument()?;
                if operator == Operator::Escape
                    && let Argument::Value(given) = &argument
                {
                    // The placeholder of `escape` is named after the value.
                    self.note(given.value, true);
                }
                arguments.push(argument);
            }
            tokens.push(Token { operator, arguments });
        }
        Ok(Clause { text, tokens })
    }

    fn argument(&mut self) -> Result<Argument<'a>> {
        Ok(match self.byte()? {
            0 => Argument::Path(self.path()?),
            1 => {
                let given = self.given()?;
                if let Value::List(list) = given.value {
                    self.note_count(list.len());
                }
                Argument::Value(given)
            }
            2 => Argument::Token(self.short()?),
            _ => return Err(Error::internal("the call holds an unknown argument")),
        })
    }

    fn note_count(&mut self, count: usize) {
        self.structure.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn options(&mut self, value: Value<'a>) {
        let Value::Map(options) = value else { return };
        for (name, value) in options.iter() {
            self.note_text(name);
            self.note(value, !VALUE_OPTIONS.contains(&name));
        }
    }

    /// Notes a value's structure; its texts and numbers only where they are `written` in the request's text.
    fn note(&mut self, value: Value<'a>, written: bool) {
        self.structure.push(class(&value));
        match value {
            Value::List(list) => {
                self.note_count(list.len());
                list.iter().for_each(|member| self.note(member, written));
            }
            Value::Map(map) => {
                self.note_count(map.len());
                for (name, member) in map.iter() {
                    self.note_text(name);
                    self.note(member, written || name == "attr");
                }
            }
            Value::Boolean(value) => self.structure.push(u8::from(value)),
            Value::String(text) | Value::Decimal(text) if written => self.note_text(text),
            Value::Integer(number) if written => self.structure.extend_from_slice(&number.to_le_bytes()),
            _ => {}
        }
    }
}

/// What of a value a request's text may depend on.
fn class(value: &Value<'_>) -> u8 {
    match value {
        Value::Undefined => 0,
        Value::Null => 1,
        Value::Boolean(_) => 2,
        Value::Integer(_) | Value::Decimal(_) => 3,
        Value::BigInt(_) => 4,
        Value::String(_) | Value::IllFormed(_) => 5,
        Value::Bytes(_) => 6,
        Value::List(_) => 7,
        Value::Map(_) => 8,
        Value::Set(_) => 9,
        Value::Function(_) => 10,
        Value::RegExp(_) => 11,
        Value::Other(_) => 12,
    }
}

fn operation(number: u8) -> Result<Operation> {
    Ok(match number {
        0 => Operation::Put,
        1 => Operation::Create,
        2 => Operation::Get,
        3 => Operation::Update,
        4 => Operation::Patch,
        5 => Operation::Upsert,
        6 => Operation::Delete,
        7 => Operation::Remove,
        8 => Operation::Query,
        9 => Operation::Scan,
        10 => Operation::BatchGet,
        11 => Operation::BatchWrite,
        _ => return Err(Error::internal("the call holds an unknown operation")),
    })
}

fn operator(number: u8) -> Result<Operator> {
    Ok(match number {
        0 => Operator::Eq,
        1 => Operator::Ne,
        2 => Operator::Gt,
        3 => Operator::Gte,
        4 => Operator::Lt,
        5 => Operator::Lte,
        6 => Operator::Between,
        7 => Operator::Begins,
        8 => Operator::Contains,
        9 => Operator::NotContains,
        10 => Operator::In,
        11 => Operator::Exists,
        12 => Operator::NotExists,
        13 => Operator::EqOrNotExists,
        14 => Operator::Type,
        15 => Operator::Size,
        16 => Operator::Value,
        17 => Operator::Name,
        18 => Operator::Field,
        19 => Operator::Escape,
        20 => Operator::IfNotExists,
        _ => return Err(Error::internal("the call holds an unknown operator")),
    })
}
