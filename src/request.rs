//! What is sent: a request as a plan of parameters over the caller's own values and the core's texts. Only this file says how it crosses.

mod write;

pub use write::{write, write_recipe};

use crate::schema::Casing;

/// Where one leaf of a request comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The caller's value of this number, as it is.
    Value(u16),
    /// The caller's value of this number, shaped by the attribute node of this number (sets, field names, declared properties).
    Shaped(u16, u16),
    /// The caller's value of this number as JavaScript's `String(value)`.
    ValueText(u16),
    /// A part of the caller's value of this number, by the names and positions on the way to it (`conditions` and options).
    Part(u16, Vec<String>),
    /// The call's text of this number (a key).
    Text(u16),
    /// The call's text of this number as a number.
    TextNumber(u16),
    /// A text that belongs to the shape.
    Literal(String),
    /// A number that belongs to the shape.
    Integer(i64),
    /// A boolean that belongs to the shape.
    Boolean(bool),
    /// An empty list that belongs to the shape (the default of `append`).
    EmptyList,
    /// The table's name, which the wrapper knows.
    Table,
}

/// Where a key comes from. It is small and owns nothing: keys are made on every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource<'s> {
    /// The caller's value of this number, as it is.
    Value(u16),
    /// The call's text of this number.
    Text(u16),
    /// The call's text of this number as a number.
    TextNumber(u16),
    /// A key without composites: the same text for every item.
    Constant(&'s str),
}

impl From<KeySource<'_>> for Source {
    fn from(source: KeySource<'_>) -> Self {
        match source {
            KeySource::Value(number) => Self::Value(number),
            KeySource::Text(number) => Self::Text(number),
            KeySource::TextNumber(number) => Self::TextNumber(number),
            KeySource::Constant(text) => Self::Literal(text.to_owned()),
        }
    }
}

/// One top-level parameter of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    /// A single value.
    Leaf(&'static str, Source),
    /// An object of values by name, such as `Item`, `Key` or `ExpressionAttributeValues`.
    Object(&'static str, Vec<(String, Source)>),
}

/// A request of DynamoDB, in the order in which ElectroDB writes its parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The parameters.
    pub parameters: Vec<Parameter>,
}

/// How the calls of one structure can be answered without the core, where all of their values are plain (`js/src/border/plain.ts` says what that is).
///
/// Entries of five little-endian words. `[text, start, end, number, casing]`: in the text of this number, in these bytes, stands the value of this
/// number; all around values is the same for every call. `[NO_TEXT, 0, 0, number, guard]`: the value of this number has to be plain as an
/// attribute's, whose slot is half the guard; the guard is odd where the value goes into keys. Of all other values it is enough to be plain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipe {
    bytes: Vec<u8>,
}

impl Recipe {
    /// In place of a text's number, where an entry is of no text.
    pub const NO_TEXT: usize = u32::MAX as usize;

    /// Adds an entry.
    #[inline(never)]
    pub fn tell(&mut self, entry: [usize; 5]) {
        for word in entry {
            self.bytes.extend_from_slice(&u32::try_from(word).unwrap_or(u32::MAX).to_le_bytes());
        }
    }
}

/// The texts that one call makes: keys, one after the other in one buffer.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    bytes: String,
    entries: Vec<Text>,
    /// Where values stand in the call's texts; none where nobody asks, or where a text is not made of values as they are.
    pub recipe: Option<Recipe>,
    /// How many texts belong to earlier calls of the same crossing: each call numbers its own from 0.
    before: usize,
}

/// One text of the buffer.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Where it ends in the buffer; it starts where the one before ends.
    pub end: usize,
    /// What JavaScript has still to do: the core cases ASCII itself, a text with other letters is cased by `toLowerCase` and `toUpperCase`,
    /// with which ElectroDB's keys were made.
    pub casing: Casing,
    /// Whether JavaScript has then to put the next character in place of the last one.
    pub shifted: bool,
}

impl Texts {
    /// Texts that reuse a buffer's memory.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: String::new(), entries: Vec::new(), recipe: None, before: 0 }
    }

    /// Forgets all texts and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
        self.before = 0;
    }

    /// Begins another call in the same buffer.
    pub fn begin_call(&mut self) {
        self.before = self.entries.len();
    }

    /// Tells that the text under construction holds from here on the value of this number.
    #[inline(never)]
    pub fn tell(&mut self, from: usize, number: u16, casing: Casing) {
        let (text, start, end) = (self.count(), self.start(), self.bytes.len());
        if let Some(recipe) = &mut self.recipe {
            recipe.tell([text, from - start, end - start, usize::from(number), casing as usize]);
        }
    }

    /// How many texts the call has made.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len() - self.before
    }

    /// The text under construction, to append to.
    pub fn open(&mut self) -> &mut String {
        &mut self.bytes
    }

    /// Where the text under construction starts.
    #[must_use]
    pub fn start(&self) -> usize {
        self.entries.last().map_or(0, |entry| entry.end)
    }

    /// Gives up the text under construction.
    pub fn abandon(&mut self) {
        let start = self.start();
        self.bytes.truncate(start);
    }

    /// Ends the text under construction, cases it and answers its number.
    pub fn close(&mut self, casing: Casing) -> u16 {
        let start = self.start();
        let mut left = Casing::None;
        if casing != Casing::None
            && let Some(text) = self.bytes.get_mut(start..)
        {
            if !text.is_ascii() {
                left = casing;
            } else if casing == Casing::Lower {
                text.make_ascii_lowercase();
            } else {
                text.make_ascii_uppercase();
            }
        }
        self.entries.push(Text { end: self.bytes.len(), casing: left, shifted: false });
        u16::try_from(self.count() - 1).unwrap_or(u16::MAX)
    }

    /// Makes the newest text the first one after all that begin with it; an empty one stays. The character after a letter beyond ASCII is
    /// that of the cased letter, so that is left to JavaScript.
    pub fn shift(&mut self) {
        self.recipe = None;
        let start = self.entries.iter().rev().nth(1).map_or(0, |before| before.end);
        let Some(newest) = self.entries.last_mut() else { return };
        newest.shifted = !self.bytes.get(start..).is_some_and(str::is_ascii);
        if !newest.shifted
            && newest.end > start
            && let Some(last) = self.bytes.pop()
        {
            self.bytes.push(char::from_u32(u32::from(last) + 1).unwrap_or(last));
            newest.end = self.bytes.len();
        }
    }

    /// The text of this number, as far as the core has cased it.
    #[must_use]
    pub fn get(&self, number: u16) -> Option<&str> {
        let number = usize::from(number) + self.before;
        let start = match number.checked_sub(1) {
            Some(before) => self.entries.get(before)?.end,
            None => 0,
        };
        self.bytes.get(start..self.entries.get(number)?.end)
    }

    /// The whole buffer and its entries.
    #[must_use]
    pub fn parts(&self) -> (&str, &[Text]) {
        (&self.bytes, &self.entries)
    }
}
