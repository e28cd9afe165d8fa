//! A JavaScript value as the core sees it: borrowed from the tag stream, never owned, never changed.

pub mod path;
pub mod stream;

pub use stream::{List, Map, Reader, Writer};

/// One value of the tag stream.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// `undefined`, or an attribute that is not there.
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number that is an integer within ±(2^53 - 1); -0 arrives as 0.
    Integer(i64),
    /// Any other number, as JavaScript writes it: `1.5`, `1e+21`, `NaN`, `-Infinity`.
    Decimal(&'a str),
    /// A BigInt's decimal text.
    BigInt(&'a str),
    /// A well-formed string.
    String(&'a str),
    /// A string with lone surrogates, each replaced by U+FFFD here.
    IllFormed(&'a str),
    /// Binary data.
    Bytes(&'a [u8]),
    /// An array.
    List(List<'a>),
    /// A plain object or a JavaScript `Map`-like record, with its own enumerable members.
    Map(Map<'a>),
    /// A JavaScript `Set` or a DocumentClient set.
    Set(List<'a>),
    /// A function, by the number that the wrapper keeps it under.
    Function(u32),
    /// A regular expression, by the number that the wrapper keeps it under.
    RegExp(u32),
    /// Any other object or a symbol, by the name of its class.
    Other(&'a str),
}

impl Value<'_> {
    /// The JavaScript-like name of the value's type for messages.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Boolean(_) => "boolean",
            Self::Integer(_) | Self::Decimal(_) => "number",
            Self::BigInt(_) => "bigint",
            Self::String(_) | Self::IllFormed(_) => "string",
            Self::Bytes(_) => "binary",
            Self::List(_) => "array",
            Self::Map(_) | Self::Other(_) => "object",
            Self::Set(_) => "set",
            Self::Function(_) => "function",
            Self::RegExp(_) => "regexp",
        }
    }

    /// Whether this is `undefined`.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined)
    }
}
