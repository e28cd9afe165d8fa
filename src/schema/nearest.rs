//! The declared name that a misspelt one was probably meant to be. It knows names only, not what they stand for.

use crate::text::fill;

/// The half sentence that names the candidate which the fewest edits turn `name` into; empty where none is near enough to be a slip of the keyboard.
#[inline]
pub fn suggestion<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    text(name, &mut candidates.into_iter(), (name.len() / 2).clamp(1, 4))
}

/// The same of the nearest candidate, however far it is: where one of the candidates has to be meant.
#[inline]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    text(name, &mut candidates.into_iter(), usize::MAX - 1)
}

/// The same of a candidate that is hardly a different word: where the name may as well mean something else.
#[inline]
pub fn slip<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    text(name, &mut candidates.into_iter(), name.len() / 4)
}

/// Names longer than this are compared by their beginnings, so that a hostile name cannot cost much.
const LONGEST: usize = 100;

#[cold]
#[inline(never)]
fn text(name: &str, candidates: &mut dyn Iterator<Item = &str>, most: usize) -> String {
    let mut wanted = name.to_ascii_lowercase().into_bytes();
    wanted.truncate(LONGEST);
    let mut best = most + 1;
    let mut found = None;
    for candidate in candidates {
        let edits = distance(&wanted, candidate);
        if edits < best {
            best = edits;
            found = Some(candidate);
        }
    }
    found.map_or_else(String::new, |candidate| fill(" (did you mean `%0`?)", &[candidate]))
}

/// The number of letters to insert, remove, replace or swap with their neighbour, whatever their case. A letter beyond ASCII counts as its
/// bytes, as in the limits.
fn distance(wanted: &[u8], candidate: &str) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=wanted.len()).collect();
    let mut previous = None;
    for (row, letter) in candidate.bytes().take(LONGEST).enumerate() {
        let letter = letter.to_ascii_lowercase();
        let mut current = Vec::with_capacity(wanted.len() + 1);
        current.push(row + 1);
        let mut left = row + 1;
        let mut neighbour = None;
        for (column, own) in wanted.iter().enumerate() {
            let above = last.get(column + 1).copied().unwrap_or(usize::MAX);
            let corner = last.get(column).copied().unwrap_or(usize::MAX);
            let mut best = (left + 1).min(above.saturating_add(1)).min(corner.saturating_add(usize::from(*own != letter)));
            if previous == Some(*own) && neighbour == Some(letter) && column > 0 {
                best = best.min(before.get(column - 1).map_or(usize::MAX, |swapped| swapped + 1));
            }
            current.push(best);
            left = best;
            neighbour = Some(*own);
        }
        before = std::mem::replace(&mut last, current);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
