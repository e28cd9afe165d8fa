//! Reads values where they lie; the tags are those of the stream.

use super::{
    BIGINT, BYTES, DECIMAL, FALSE, FUNCTION, ILL_FORMED, INTEGER, LIST, LONG_STRING, MAP, NULL, OTHER, REGEXP, SET, SMALL_INTEGER, STRING,
    TRUE, UNDEFINED,
};
use crate::error::{Error, Result};
use crate::value::Value;

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
