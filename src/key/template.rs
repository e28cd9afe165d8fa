//! A key's text as literals around composites, compiled once.

/// A compiled key template.
#[derive(Debug, Default)]
pub struct Template;
