//! A definition's `template` cut into literals and composites. What they mean is decided by `template`.

/// A piece of a `template`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fragment<'a> {
    /// Text that stands in every key.
    Literal(&'a str),
    /// The name between `${` and `}`.
    Composite(&'a str),
    /// The name after a `${` without a `}`; ElectroDB reads it to the end of the template.
    Unclosed(&'a str),
}

/// The pieces in their order; literals are never empty.
pub(super) fn fragments(text: &str) -> Vec<Fragment<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = split_at_opening(rest) {
        if !literal.is_empty() {
            found.push(Fragment::Literal(literal));
        }
        let Some((name, after)) = after.split_once('}') else {
            found.push(Fragment::Unclosed(after));
            return found;
        };
        found.push(Fragment::Composite(name));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Fragment::Literal(rest));
    }
    found
}

/// The text before the first `${` and the text behind it. The standard library's search for texts would be a kilobyte of code for two bytes.
fn split_at_opening(text: &str) -> Option<(&str, &str)> {
    let start = text.as_bytes().windows(2).position(|pair| pair == b"${")?;
    Some((text.get(..start)?, text.get(start + 2..)?))
}
