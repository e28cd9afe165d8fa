//! How texts are put together: messages, expressions, labels of keys. What they say is said elsewhere.

/// A pattern with its numbered places filled: `%0` is the first text. What stands in a text is never read as a place.
///
/// Patterns rather than lists of parts: each part of such a list would cost its address and its length at every place that makes a text.
#[inline(never)]
#[must_use]
pub fn fill(pattern: &'static str, texts: &[&str]) -> String {
    let mut filled = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => {
                let place = letters.next().and_then(|digit| digit.to_digit(10)).unwrap_or_default();
                filled.push_str(texts.get(place as usize).copied().unwrap_or_default());
            }
            _ => filled.push(letter),
        }
    }
    filled
}

/// Texts with another one between any two.
#[inline(never)]
#[must_use]
pub fn join(parts: &[String], between: &str) -> String {
    let mut text = String::new();
    for (position, part) in parts.iter().enumerate() {
        if position > 0 {
            text.push_str(between);
        }
        text.push_str(part);
    }
    text
}

/// The integer that a text is; none where it is none or does not fit. One parser serves all widths.
#[must_use]
pub fn integer_in<T: TryFrom<i64>>(text: &str) -> Option<T> {
    T::try_from(parsed(text)?).ok()
}

#[inline(never)]
fn parsed(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// An integer in decimal digits.
#[must_use]
pub fn integer(number: i64) -> String {
    let mut text = String::new();
    push_integer(&mut text, number);
    text
}

/// A count or a position in decimal digits.
#[must_use]
pub fn count(number: usize) -> String {
    integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Adds an integer in decimal digits.
#[inline(never)]
pub fn push_integer(text: &mut String, number: i64) {
    if number < 0 {
        text.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut scale = 1u64;
    while rest / scale >= 10 {
        scale *= 10;
    }
    while scale > 0 {
        let digit = u8::try_from(rest / scale).unwrap_or_default();
        text.push(char::from(b'0' + digit));
        rest %= scale;
        scale /= 10;
    }
}
