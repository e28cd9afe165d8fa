//! The first text after all that begin with a text, for `compare: "v2"`. It compares nothing.

use crate::request::{KeySource, Texts};
use crate::schema::Casing;

/// Replaces the last character of the newest text by the next one; numbers and empty texts stay.
pub(super) fn shift(texts: &mut Texts, value: KeySource<'static>) -> KeySource<'static> {
    let KeySource::Text(number) = value else { return value };
    let Some((written, casing)) =
        texts.get(number).map(str::to_owned).zip(texts.parts().1.get(usize::from(number)).map(|text| text.casing))
    else {
        return value;
    };
    let Some(last) = written.chars().next_back() else { return value };
    let body = written.strip_suffix(last).unwrap_or(&written);
    // JavaScript has still to case the text, so the next character is that of the cased one.
    let cased = match casing {
        Casing::Lower => last.to_ascii_lowercase(),
        Casing::Upper => last.to_ascii_uppercase(),
        Casing::None => last,
    };
    texts.recipe = None;
    let open = texts.open();
    open.push_str(body);
    open.push(next(cased));
    KeySource::Text(texts.close(casing))
}

/// The next character; the surrogates, which are no characters, are passed over.
fn next(character: char) -> char {
    (u32::from(character).saturating_add(1)..=u32::from(char::MAX)).find_map(char::from_u32).unwrap_or(character)
}
