//! Paths to attributes and their parts: `address.street`, `tags[0]`.

/// One step below an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A map's member.
    Property(&'a str),
    /// A list's member.
    Index(u32),
}
