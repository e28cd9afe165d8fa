//! Writes values, with the tags of the stream.

use super::{
    BIGINT, BYTES, DECIMAL, FALSE, FUNCTION, INTEGER, LIST, LONG_STRING, MAP, NULL, REGEXP, SET, SMALL_INTEGER, STRING, TRUE, UNDEFINED,
};

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
