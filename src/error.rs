//! What the core refuses, and the code that each dialect gives for it; throwing is the wrapper's work.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::schema::Dialect;
use crate::text::fill;

/// A result whose error the wrapper turns into an `ElectroError`.
pub type Result<T> = std::result::Result<T, Error>;

/// The reason of a refusal, named as ElectroDB's documentation and product rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A custom identifier field that is not a name (1002).
    InvalidIdentifier,
    /// A key template that is malformed or composes what is not declared (1003).
    InvalidKeyCompositeAttributeTemplate,
    /// Two access patterns on one DynamoDB index (1004).
    DuplicateIndexes,
    /// A collection on an index without a sort key (1005).
    CollectionNoSk,
    /// One collection name on two indexes (1006).
    DuplicateCollections,
    /// No index without `index`, that is, no table key (1007).
    MissingPrimaryIndex,
    /// An attribute definition that is no such thing (1008).
    InvalidAttributeDefinition,
    /// A model that is no such thing, or entities that do not fit together (1009).
    InvalidModel,
    /// An option that cannot be meant (1010).
    InvalidOptions,
    /// An expression or `conditions` object that cannot be rendered (1012).
    InvalidExpression,
    /// One key field used twice in a way that cannot hold (1014).
    DuplicateIndexFields,
    /// One composite in both keys of an index (1015).
    DuplicateIndexCompositeAttributes,
    /// A `watch` that names what is not there (1016).
    InvalidAttributeWatchDefinition,
    /// `template` and `composite` that disagree (1017).
    IncompatibleKeyCompositeAttributeTemplate,
    /// A key field that is an attribute's field but not composed of it alone (1018).
    InvalidIndexWithAttributeName,
    /// A collection on an index whose key field is an attribute's field (1019).
    InvalidCollectionOnIndexWithAttributeFieldNames,
    /// Indexes that share a key field with another casing each (1020).
    IncompatibleKeyCasing,
    /// Indexes that share a partition key field and compose other attributes each (1024).
    InconsistentIndexDefinition,
    /// A projection that is no such thing or names what is not declared (1025).
    InvalidProjectionDefinition,
    /// An index with or without key fields against its type (1026).
    InvalidIndexDefinition,
    /// An option that an index of its type cannot have (2011).
    InvalidIndexOption,
    /// A `pages` that is no positive number and not `all` (2005).
    InvalidPagesOption,
    /// A `limit` that is no positive number (2006).
    InvalidLimitOption,
    /// Any other code of the documented ranges 1001-1026 and 2001-2013.
    Numbered(u16),
    /// Composites that a key needs are not there (2002).
    IncompleteCompositeAttributes,
    /// No table name (2003).
    MissingTable,
    /// A required attribute is absent.
    MissingRequiredAttribute,
    /// A value of a wrong type, outside its enum, or refused by `validate`.
    InvalidAttribute,
    /// A read-only attribute in an update.
    ReadOnlyAttribute,
    /// An attribute that the model does not declare.
    UnknownAttribute,
    /// A cursor that is malformed or of another index or entity.
    InvalidCursor,
    /// A defect of electroxide.
    Internal,
}

impl Kind {
    /// The number that `error.code` shows in this dialect.
    #[must_use]
    pub fn code(self, dialect: Dialect) -> u16 {
        let drop_in = dialect == Dialect::Electrodb;
        match self {
            Self::InvalidIdentifier => 1002,
            Self::InvalidKeyCompositeAttributeTemplate => 1003,
            Self::DuplicateIndexes => 1004,
            Self::CollectionNoSk => 1005,
            Self::DuplicateCollections => 1006,
            Self::MissingPrimaryIndex => 1007,
            Self::InvalidAttributeDefinition => 1008,
            Self::InvalidModel => 1009,
            Self::InvalidOptions => 1010,
            Self::InvalidExpression => 1012,
            Self::DuplicateIndexFields => 1014,
            Self::DuplicateIndexCompositeAttributes => 1015,
            Self::InvalidAttributeWatchDefinition => 1016,
            Self::IncompatibleKeyCompositeAttributeTemplate => 1017,
            Self::InvalidIndexWithAttributeName => 1018,
            Self::InvalidCollectionOnIndexWithAttributeFieldNames => 1019,
            Self::IncompatibleKeyCasing => 1020,
            Self::InconsistentIndexDefinition => 1024,
            Self::InvalidProjectionDefinition => 1025,
            Self::InvalidIndexDefinition => 1026,
            Self::InvalidIndexOption => 2011,
            Self::InvalidPagesOption => 2005,
            Self::InvalidLimitOption => 2006,
            Self::Numbered(code) => code,
            Self::IncompleteCompositeAttributes => 2002,
            Self::MissingTable => 2003,
            Self::MissingRequiredAttribute if drop_in => 3001,
            Self::MissingRequiredAttribute => 4001,
            Self::InvalidAttribute if drop_in => 3001,
            Self::InvalidAttribute => 4002,
            Self::ReadOnlyAttribute if drop_in => 3001,
            Self::ReadOnlyAttribute => 4003,
            Self::UnknownAttribute if drop_in => 3001,
            Self::UnknownAttribute => 4004,
            Self::InvalidCursor if drop_in => 5003,
            Self::InvalidCursor => 5005,
            Self::Internal => 5000,
        }
    }

    /// The name that `error.kind` shows: ElectroDB's own for its codes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidIdentifier => "InvalidIdentifier",
            Self::InvalidKeyCompositeAttributeTemplate => "InvalidKeyCompositeAttributeTemplate",
            Self::DuplicateIndexes => "DuplicateIndexes",
            Self::CollectionNoSk => "CollectionNoSK",
            Self::DuplicateCollections => "DuplicateCollections",
            Self::MissingPrimaryIndex => "MissingPrimaryIndex",
            Self::InvalidAttributeDefinition => "InvalidAttributeDefinition",
            Self::InvalidModel => "InvalidModel",
            Self::InvalidOptions => "InvalidOptions",
            Self::InvalidExpression => "InvalidWhere",
            Self::DuplicateIndexFields => "DuplicateIndexField",
            Self::DuplicateIndexCompositeAttributes => "DuplicateIndexCompositeAttributes",
            Self::InvalidAttributeWatchDefinition => "InvalidAttributeWatchDefinition",
            Self::IncompatibleKeyCompositeAttributeTemplate => "IncompatibleKeyCompositeAttributeTemplate",
            Self::InvalidIndexWithAttributeName => "InvalidIndexWithAttributeName",
            Self::InvalidCollectionOnIndexWithAttributeFieldNames => "InvalidIndexCompositeWithAttributeName",
            Self::IncompatibleKeyCasing => "IncompatibleKeyCasing",
            Self::InconsistentIndexDefinition => "InconsistentIndexDefinition",
            Self::InvalidProjectionDefinition => "InvalidProjectionDefinition",
            Self::InvalidIndexDefinition => "InvalidIndexDefinition",
            Self::InvalidIndexOption => "InvalidIndexOption",
            Self::InvalidPagesOption => "InvalidPagesOption",
            Self::InvalidLimitOption => "InvalidLimitOption",
            Self::Numbered(code) => numbered(code),
            Self::IncompleteCompositeAttributes => "IncompleteCompositeAttributes",
            Self::MissingTable => "MissingTable",
            Self::MissingRequiredAttribute => "MissingRequiredAttribute",
            Self::InvalidAttribute => "InvalidAttribute",
            Self::ReadOnlyAttribute => "ReadOnlyAttribute",
            Self::UnknownAttribute => "UnknownAttribute",
            Self::InvalidCursor => "InvalidCursor",
            Self::Internal => "Internal",
        }
    }
}

/// ElectroDB's names of the codes that no kind of its own stands for.
fn numbered(code: u16) -> &'static str {
    match code {
        1001 => "NoClientDefined",
        1013 => "InvalidJoin",
        1021 => "InvalidListenerProvided",
        1022 => "InvalidLoggerProvided",
        1023 => "InvalidClientProvided",
        2004 => "InvalidConcurrencyOption",
        2007 => "InvalidConversionKeysProvided",
        2012 => "IncompleteIndexCompositesAttributesProvided",
        2013 => "InvalidQueryParameters",
        _ => "UnknownError",
    }
}

/// One attribute that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Why, as the kind of the whole error when this field stood alone.
    pub kind: Kind,
    /// The attribute's path, such as `address.street` or `tags[*]`.
    pub path: String,
    /// What was wrong and what would be right.
    pub reason: String,
    /// The position in a list, where the refused value is a member of one.
    pub index: Option<u32>,
}

/// A refusal: one pointer, so that what can fail costs no more than what cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Refusal>);

/// What a refusal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub kind: Kind,
    /// What was wrong, where, and what would be right. Values of users never stand here, but for numbers and enum members.
    pub message: String,
    /// The refused attributes, in schema order; empty for other refusals.
    pub fields: Vec<Field>,
}

impl Deref for Error {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Refusal {
        &mut self.0
    }
}

impl Error {
    /// A refusal without attribute fields.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn new(kind: Kind, message: String) -> Self {
        Self(Box::new(Refusal { kind, message, fields: Vec::new() }))
    }

    /// A refusal whose message is this pattern, filled with the texts.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn of(kind: Kind, pattern: &'static str, texts: &[&str]) -> Self {
        Self::new(kind, fill(pattern, texts))
    }

    /// A refusal of attributes; its kind is the first field's and its message names every field.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn of_fields(fields: Vec<Field>) -> Self {
        let kind = fields.first().map_or(Kind::Internal, |field| field.kind);
        let mut message = String::new();
        for field in &fields {
            if !message.is_empty() {
                message.push_str("; ");
            }
            message.push_str(&field.reason);
        }
        Self(Box::new(Refusal { kind, message, fields }))
    }

    /// A defect of electroxide, such as a malformed stream.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn internal(message: &str) -> Self {
        Self::new(Kind::Internal, message.to_owned())
    }
}

/// Adds a name to a list of names in a message.
pub fn quote(name: &str, list: &mut String) {
    list.push_str(if list.is_empty() { "`" } else { ", `" });
    list.push_str(name);
    list.push('`');
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
