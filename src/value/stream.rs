//! The tag stream: how values lie in linear memory. Reading never copies; a malformed stream reads as its end.

use super::Value;
use crate::error::{Error, Result};

const UNDEFINED: u8 = 0;
const NULL: u8 = 1;
const FALSE: u8 = 2;
const TRUE: u8 = 3;
const INTEGER: u8 = 4;
const DECIMAL: u8 = 5;
const BIGINT: u8 = 6;
const STRING: u8 = 7;
const LONG_STRING: u8 = 8;
const ILL_FORMED: u8 = 9;
const BYTES: u8 = 10;
const LIST: u8 = 11;
const MAP: u8 = 12;
const SET: u8 = 13;
const FUNCTION: u8 = 14;
const REGEXP: u8 = 15;
const OTHER: u8 = 16;
const SMALL_INTEGER: u8 = 17;

/// Values one after the other, of which a count says how many belong here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct List<'a> {
    bytes: &'a [u8],
    count: u32,
}

impl<'a> List<'a> {
    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The values in their order.
    pub fn iter(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let mut reader = Reader::new(self.bytes);
        (0..self.count).map_while(move |_| reader.value().ok())
    }
}

/// Named values one after the other, in the order of the object's own keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Map<'a> {
    bytes: &'a [u8],
    count: u32,
}

impl<'a> Map<'a> {
    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + use<'a> {
        let mut reader = Reader::new(self.bytes);
        (0..self.count).map_while(move |_| {
            let name = reader.text().ok()?;
            Some((name, reader.value().ok()?))
        })
    }

    /// The member of this name; `Undefined` where there is none. The members before it are passed over as they lie, not read: models are looked
    /// through for every option that there is.
    #[must_use]
    pub fn get(&self, name: &str) -> Value<'a> {
        let mut reader = Reader::new(self.bytes);
        reader.member(self.count, name.as_bytes()).unwrap_or(Value::Undefined)
    }
}

/// Reads a stream from its beginning.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the start of these bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What has not been read.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// How many bytes have not been read.
    #[must_use]
    #[inline(always)]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// The next bytes, this many.
    ///
    /// # Errors
    /// `Internal` when the stream ends before.
    #[inline(always)]
    pub fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(taken)
            }
            None => Err(truncated()),
        }
    }

    /// The next byte.
    ///
    /// # Errors
    /// `Internal` at the end of the stream.
    #[inline(always)]
    pub fn byte(&mut self) -> Result<u8> {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                Ok(*first)
            }
            None => Err(truncated()),
        }
    }

    /// The next two bytes as a little-endian number.
    ///
    /// # Errors
    /// `Internal` when the stream ends before.
    #[inline(always)]
    pub fn short(&mut self) -> Result<u16> {
        match self.rest.split_first_chunk::<2>() {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(u16::from_le_bytes(*taken))
            }
            None => Err(truncated()),
        }
    }

    /// The next four bytes as a little-endian number.
    ///
    /// # Errors
    /// `Internal` when the stream ends before.
    #[inline(always)]
    pub fn word(&mut self) -> Result<u32> {
        match self.rest.split_first_chunk::<4>() {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(u32::from_le_bytes(*taken))
            }
            None => Err(truncated()),
        }
    }

    /// A text: one byte of length (255: four more bytes of length follow), then UTF-8.
    ///
    /// # Errors
    /// `Internal` when the stream ends before or the bytes are no UTF-8.
    #[inline(always)]
    pub fn text(&mut self) -> Result<&'a str> {
        let length = self.text_length()?;
        self.utf8(length)
    }

    #[inline(always)]
    fn text_length(&mut self) -> Result<usize> {
        Ok(match self.byte()? {
            u8::MAX => self.word()? as usize,
            short => usize::from(short),
        })
    }

    /// The value of the member of this name among so many.
    fn member(&mut self, count: u32, name: &[u8]) -> Result<Value<'a>> {
        for _ in 0..count {
            let length = self.text_length()?;
            if self.take(length)? == name {
                return self.value();
            }
            self.skip()?;
        }
        Ok(Value::Undefined)
    }

    /// Passes over the next value.
    fn skip(&mut self) -> Result<()> {
        let length = match self.byte()? {
            STRING => usize::from(self.byte()?),
            SMALL_INTEGER | FUNCTION | REGEXP => 4,
            INTEGER => 8,
            LONG_STRING | BYTES => self.word()? as usize,
            DECIMAL | BIGINT | ILL_FORMED | OTHER => self.text_length()?,
            LIST | MAP | SET => (self.word()? as usize).saturating_add(4),
            _ => 0,
        };
        self.take(length).map(|_| ())
    }

    #[inline(always)]
    fn utf8(&mut self, length: usize) -> Result<&'a str> {
        std::str::from_utf8(self.take(length)?).map_err(|_| Error::internal("the tag stream holds a text that is not UTF-8"))
    }

    fn container(&mut self) -> Result<(&'a [u8], u32)> {
        let length = self.word()? as usize;
        let count = self.word()?;
        Ok((self.take(length)?, count))
    }

    /// The next value.
    ///
    /// # Errors
    /// `Internal` when the stream ends before or holds an unknown tag.
    #[inline]
    pub fn value(&mut self) -> Result<Value<'a>> {
        Ok(match self.byte()? {
            STRING => {
                let length = usize::from(self.byte()?);
                Value::String(self.utf8(length)?)
            }
            SMALL_INTEGER => Value::Integer(i64::from(self.word()?.cast_signed())),
            UNDEFINED => Value::Undefined,
            NULL => Value::Null,
            FALSE => Value::Boolean(false),
            TRUE => Value::Boolean(true),
            INTEGER => match self.rest.split_first_chunk::<8>() {
                Some((taken, rest)) => {
                    self.rest = rest;
                    #[expect(clippy::cast_possible_truncation, reason = "the wrapper sends safe integers only, and `as` saturates")]
                    Value::Integer(f64::from_le_bytes(*taken) as i64)
                }
                None => return Err(truncated()),
            },
            DECIMAL => Value::Decimal(self.text()?),
            BIGINT => Value::BigInt(self.text()?),
            LONG_STRING => {
                let length = self.word()? as usize;
                Value::String(self.utf8(length)?)
            }
            ILL_FORMED => Value::IllFormed(self.text()?),
            BYTES => {
                let length = self.word()? as usize;
                Value::Bytes(self.take(length)?)
            }
            LIST => self.container().map(|(bytes, count)| Value::List(List { bytes, count }))?,
            MAP => self.container().map(|(bytes, count)| Value::Map(Map { bytes, count }))?,
            SET => self.container().map(|(bytes, count)| Value::Set(List { bytes, count }))?,
            FUNCTION => Value::Function(self.word()?),
            REGEXP => Value::RegExp(self.word()?),
            OTHER => Value::Other(self.text()?),
            _ => return Err(Error::internal("the tag stream holds an unknown tag")),
        })
    }
}

fn truncated() -> Error {
    Error::internal("the tag stream ends within a value")
}

/// Writes a stream: the core's answers, and the calls of native tests.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    beyond_ascii: bool,
}

impl Writer {
    /// An empty stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All that was written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Whether all texts are ASCII.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        !self.beyond_ascii
    }

    /// One byte as it is.
    pub fn byte(&mut self, byte: u8) -> &mut Self {
        self.bytes.push(byte);
        self
    }

    /// A little-endian number of two bytes.
    pub fn short(&mut self, number: u16) -> &mut Self {
        self.bytes.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// A little-endian number of four bytes.
    pub fn word(&mut self, number: u32) -> &mut Self {
        self.bytes.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// A text as [`Reader::text`] reads it.
    pub fn text(&mut self, text: &str) -> &mut Self {
        match u8::try_from(text.len()) {
            Ok(short) if short < u8::MAX => self.byte(short),
            _ => self.byte(u8::MAX).word(length(text.len())),
        };
        self.letters(text)
    }

    fn letters(&mut self, text: &str) -> &mut Self {
        self.beyond_ascii |= !text.is_ascii();
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    /// `undefined`.
    pub fn undefined(&mut self) -> &mut Self {
        self.byte(UNDEFINED)
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Self {
        self.byte(NULL)
    }

    /// A boolean.
    pub fn boolean(&mut self, value: bool) -> &mut Self {
        self.byte(if value { TRUE } else { FALSE })
    }

    /// An integer within ±(2^53 - 1).
    pub fn integer(&mut self, value: i64) -> &mut Self {
        match i32::try_from(value) {
            Ok(small) => self.byte(SMALL_INTEGER).word(small.cast_unsigned()),
            Err(_) => {
                self.byte(INTEGER);
                #[expect(clippy::cast_precision_loss, reason = "safe integers are exact in an f64")]
                self.bytes.extend_from_slice(&(value as f64).to_le_bytes());
                self
            }
        }
    }

    /// A number's JavaScript text, for numbers that are no safe integers.
    pub fn decimal(&mut self, text: &str) -> &mut Self {
        self.byte(DECIMAL).text(text)
    }

    /// A BigInt's decimal text.
    pub fn bigint(&mut self, text: &str) -> &mut Self {
        self.byte(BIGINT).text(text)
    }

    /// A string.
    pub fn string(&mut self, text: &str) -> &mut Self {
        match u8::try_from(text.len()) {
            Ok(short) => self.byte(STRING).byte(short),
            Err(_) => self.byte(LONG_STRING).word(length(text.len())),
        };
        self.letters(text)
    }

    /// Binary data.
    pub fn binary(&mut self, bytes: &[u8]) -> &mut Self {
        self.byte(BYTES).word(length(bytes.len()));
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// A function or regular expression of the wrapper.
    pub fn function(&mut self, number: u32) -> &mut Self {
        self.byte(FUNCTION).word(number)
    }

    /// A regular expression of the wrapper.
    pub fn regexp(&mut self, number: u32) -> &mut Self {
        self.byte(REGEXP).word(number)
    }

    /// A list; `write` writes its values and answers how many.
    pub fn list(&mut self, write: impl FnOnce(&mut Self) -> usize) -> &mut Self {
        self.container(LIST, write)
    }

    /// A set; `write` writes its values and answers how many.
    pub fn set(&mut self, write: impl FnOnce(&mut Self) -> usize) -> &mut Self {
        self.container(SET, write)
    }

    /// A map; `write` writes its members, each a text and a value, and answers how many.
    pub fn map(&mut self, write: impl FnOnce(&mut Self) -> usize) -> &mut Self {
        self.container(MAP, write)
    }

    fn container(&mut self, tag: u8, write: impl FnOnce(&mut Self) -> usize) -> &mut Self {
        self.byte(tag);
        let mark = self.bytes.len();
        self.word(0).word(0);
        let start = self.bytes.len();
        let count = write(self);
        let bytes = self.bytes.len() - start;
        self.patch(mark, length(bytes)).patch(mark + 4, length(count))
    }

    fn patch(&mut self, position: usize, number: u32) -> &mut Self {
        if let Some(place) = self.bytes.get_mut(position..position + 4) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        self
    }
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
