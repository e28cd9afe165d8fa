//! Reads a [`Call`] from its structure, which says all but the values, and from the tag stream of its values.

use super::{Action, Argument, Call, Clause, Given, Operand, Operation, Operator, Path, Sort, SortOperator, Target, Token, Values, Verb};
use crate::error::{Error, Kind, Result};
use crate::schema::Slot;
use crate::value::path::Step;
use crate::value::{Reader, Value};

const NO_SLOT: u16 = u16::MAX;

/// Beside an operation's number: it is part of a transaction.
const COMMITTED: u32 = 0x80;

/// The number of a query whose index `find` or `match` has chosen.
const SEARCH: u32 = 13;

/// Options whose texts and numbers are values of the request and no part of its shape.
const VALUE_OPTIONS: [&str; 5] = ["cursor", "limit", "table", "conditions", "segments"];

/// Marks the words of a structure that begin a section; what is counted in it stands above the section's own number.
const SECTION: u32 = 1 << 24;

/// A count of the stream is trusted this far before what it counts has been seen.
const MOST_AT_ONCE: usize = 64;

const END: u32 = SECTION;
const KEY: u32 = SECTION | 1;
const SORT: u32 = SECTION | 2;
const ITEM: u32 = SECTION | 3;
const ACTIONS: u32 = SECTION | 4;
const COMPOSITE: u32 = SECTION | 5;
const INDEX_CONDITIONS: u32 = SECTION | 6;
const CLAUSE: u32 = SECTION | 7;
const OPTIONS: u32 = SECTION | 8;
const UNKNOWN: u32 = SECTION | 9;
const CHECKED: u32 = SECTION | 10;
const UPPER: u32 = SECTION | 11;

/// The class of a list in a structure: a list that is an operator's argument is followed by how many it holds.
const LIST_CLASS: u32 = 7;

/// Reads calls: what was said from the structure, with what from the values.
pub struct CallReader<'a, 'n> {
    structure: Reader<'a>,
    values: Reader<'a>,
    /// What of the call's values its request depends on.
    pub(crate) note: &'n mut Vec<u8>,
    next: u16,
    /// The section that comes next.
    section: u32,
}

impl<'a, 'n> CallReader<'a, 'n> {
    /// A reader at the beginning of a call.
    #[must_use]
    pub fn new(structure: &'a [u8], values: &'a [u8], note: &'n mut Vec<u8>) -> Self {
        Self { structure: Reader::new(structure), values: Reader::new(values), note, next: 0, section: END }
    }

    /// Reads all that is looked at on every call, which is all before the clauses. A call is large, so it is filled where it stands.
    ///
    /// # Errors
    /// `Internal` when the stream is malformed, which only a defect of the wrapper can cause.
    pub fn read(&mut self, call: &mut Call<'a>) -> Result<()> {
        let first = self.word()?;
        call.operation = operation(first & 0x7f)?;
        call.committed = first & COMMITTED != 0;
        call.searched = first & 0x7f == SEARCH;
        call.index = count(first >> 8);
        self.section = self.word()?;
        loop {
            let counted = (self.section & !SECTION) >> 8;
            match self.section & (SECTION | 0xff) {
                END | CLAUSE => return Ok(()),
                KEY => self.values(&mut call.key)?,
                SORT => call.sort = Some(self.sort(counted)?),
                ITEM => self.values(&mut call.item)?,
                ACTIONS => {
                    call.actions.reserve(count(counted).min(MOST_AT_ONCE));
                    for _ in 0..counted {
                        let action = self.action()?;
                        call.actions.push(action);
                    }
                    self.section = self.word()?;
                }
                COMPOSITE => self.values(&mut call.composite)?,
                INDEX_CONDITIONS => {
                    for _ in 0..counted {
                        let answer = self.word()?;
                        call.index_conditions.push((count(answer >> 1), answer & 1 != 0));
                    }
                    self.section = self.word()?;
                }
                OPTIONS => {
                    self.word()?;
                    let given = self.given()?;
                    self.note_options(given.value);
                    call.options = Some(given);
                    self.section = self.word()?;
                }
                UNKNOWN => {
                    for _ in 0..counted {
                        call.unknown.push(self.text()?);
                    }
                    self.section = self.word()?;
                }
                CHECKED => {
                    let mut checked = Values::new();
                    self.unnumbered(&mut checked)?;
                    call.checked = Some(checked);
                }
                _ => return Err(Error::internal("the call holds an unknown section")),
            }
        }
    }

    /// The values of the clauses, which are not read yet. Where there are no clauses, what is left are the values of further calls.
    pub fn operands(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let has_clauses = self.section & (SECTION | 0xff) == CLAUSE;
        let mut rest = if has_clauses { self.values.clone() } else { Reader::new(&[]) };
        std::iter::from_fn(move || if rest.remaining() == 0 { None } else { rest.value().ok() })
    }

    /// Reads the clauses, behind everything else: a request that is known already has no need of them.
    ///
    /// # Errors
    /// `Internal` when the stream is malformed.
    pub fn read_clauses(&mut self, call: &mut Call<'a>) -> Result<()> {
        while self.section & (SECTION | 0xff) == CLAUSE {
            let clause = self.clause((self.section & !SECTION) >> 8)?;
            call.clauses.push(clause);
            self.section = self.word()?;
        }
        Ok(())
    }

    /// The values behind the call's own; none where the call's clauses were not read.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        if self.section == END { self.values.rest() } else { &[] }
    }

    #[inline(always)]
    fn word(&mut self) -> Result<u32> {
        self.structure.word()
    }

    fn text(&mut self) -> Result<&'a str> {
        self.structure.text()
    }

    /// A value of the caller, whose number is its position among the values.
    #[inline]
    fn given(&mut self) -> Result<Given<'a>> {
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(|| Error::of(Kind::InvalidOptions, "A call takes at most 65,535 values", &[]))?;
        Ok(Given { number, value: self.values.value()? })
    }

    /// The values of a section and the mark of the next one. A slot's word has the value's class in its four lowest bits.
    fn values(&mut self, values: &mut Values<'a>) -> Result<()> {
        loop {
            self.section = self.word()?;
            if self.section & SECTION != 0 {
                return Ok(());
            }
            values.insert(slot(self.section >> 4), self.given()?);
        }
    }

    /// Values that no request refers to.
    fn unnumbered(&mut self, values: &mut Values<'a>) -> Result<()> {
        loop {
            self.section = self.word()?;
            if self.section & SECTION != 0 {
                return Ok(());
            }
            values.insert(slot(self.section >> 4), Given { number: u16::MAX, value: self.values.value()? });
        }
    }

    fn sort(&mut self, operator: u32) -> Result<Sort<'a>> {
        let operator = match operator {
            0 => SortOperator::None,
            1 => SortOperator::Begins,
            2 => SortOperator::Between,
            3 => SortOperator::Gt,
            4 => SortOperator::Gte,
            5 => SortOperator::Lt,
            6 => SortOperator::Lte,
            _ => return Err(Error::internal("the call holds an unknown sort operator")),
        };
        let mut sort = Sort { operator, composites: Values::new(), upper: Values::new() };
        self.values(&mut sort.composites)?;
        if self.section == UPPER {
            self.values(&mut sort.upper)?;
        }
        Ok(sort)
    }

    fn action(&mut self) -> Result<Action<'a>> {
        let word = self.word()?;
        let verb = match word & 0xf {
            0 => Verb::Set,
            1 => Verb::Add,
            2 => Verb::Subtract,
            3 => Verb::Append,
            4 => Verb::Delete,
            5 => Verb::Remove,
            6 => Verb::IfNotExists,
            _ => return Err(Error::internal("the call holds an unknown action")),
        };
        let target = match word >> 8 & 3 {
            0 => Target::Slot(slot(word >> 12)),
            1 => Target::Text(self.text()?),
            _ => Target::Path(self.path()?),
        };
        let operand = match word >> 10 & 3 {
            0 => Operand::None,
            1 => Operand::Value(self.classed()?),
            _ => {
                let tokens = self.word()? >> 8;
                Operand::Expression(self.clause(tokens)?)
            }
        };
        let start = if word & 0x20 == 0 { None } else { Some(self.classed()?) };
        let checked = if word & 0x40 == 0 { None } else { Some(self.values.value()?) };
        Ok(Action { verb, target, operand, start, checked, from_data: word & 0x10 != 0, from_hook: word & 0x80 != 0 })
    }

    /// A value whose class has a word of its own.
    fn classed(&mut self) -> Result<Given<'a>> {
        self.word()?;
        self.given()
    }

    fn path(&mut self) -> Result<Path<'a>> {
        let word = self.word()?;
        let slot: Option<Slot> = Some(slot(word & 0xffff)).filter(|slot| *slot != NO_SLOT);
        let name = self.text()?;
        let mut steps = Vec::new();
        for _ in 0..word >> 16 {
            steps.push(match self.word()? {
                0 => Step::Property(self.text()?),
                _ => Step::Index(self.word()?),
            });
        }
        Ok(Path { slot, name, steps })
    }

    fn clause(&mut self, tokens: u32) -> Result<Clause<'a>> {
        let text = self.text()?;
        let mut clause = Clause { text, tokens: Vec::with_capacity(count(tokens).min(MOST_AT_ONCE)) };
        for _ in 0..tokens {
            let word = self.word()?;
            let operator = operator(word & 0xff)?;
            let mut arguments = Vec::new();
            for _ in 0..word >> 8 {
                arguments.push(self.argument(operator)?);
            }
            clause.tokens.push(Token { operator, arguments });
        }
        Ok(clause)
    }

    fn argument(&mut self, operator: Operator) -> Result<Argument<'a>> {
        let word = self.word()?;
        Ok(match word & 3 {
            0 => Argument::Path(self.path()?),
            1 => {
                let class = self.word()?;
                if operator == Operator::Escape {
                    // The placeholder of `escape` is named after the value, so the structure repeats it.
                    self.text()?;
                } else if class == LIST_CLASS {
                    self.word()?;
                }
                Argument::Value(self.given()?)
            }
            _ => Argument::Token(slot(word >> 2)),
        })
    }

    fn note_count(&mut self, count: usize) {
        self.note.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn note_text(&mut self, text: &str) {
        self.note_count(text.len());
        self.note.extend_from_slice(text.as_bytes());
    }

    fn note_options(&mut self, value: Value<'a>) {
        let Value::Map(options) = value else { return };
        for (name, value) in options.iter() {
            self.note_text(name);
            self.note(value, !VALUE_OPTIONS.contains(&name));
        }
    }

    /// Notes a value's structure; its texts and numbers only where they are `written` in the request's text.
    fn note(&mut self, value: Value<'a>, written: bool) {
        self.note.push(class(&value));
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
            Value::Boolean(value) => self.note.push(u8::from(value)),
            Value::String(text) | Value::Decimal(text) if written => self.note_text(text),
            Value::Integer(number) if written => self.note.extend_from_slice(&number.to_le_bytes()),
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

fn slot(number: u32) -> Slot {
    Slot::try_from(number).unwrap_or(NO_SLOT)
}

fn count(number: u32) -> usize {
    number as usize
}

fn operation(number: u32) -> Result<Operation> {
    Ok(match number {
        0 => Operation::Put,
        1 => Operation::Create,
        2 => Operation::Get,
        3 => Operation::Update,
        4 => Operation::Patch,
        5 => Operation::Upsert,
        6 => Operation::Delete,
        7 => Operation::Remove,
        8 | SEARCH => Operation::Query,
        9 => Operation::Scan,
        10 => Operation::BatchGet,
        11 => Operation::BatchWrite,
        12 => Operation::Check,
        _ => return Err(Error::internal("the call holds an unknown operation")),
    })
}

fn operator(number: u32) -> Result<Operator> {
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
        21 => Operator::Is,
        22 => Operator::Holds,
        _ => return Err(Error::internal("the call holds an unknown operator")),
    })
}
