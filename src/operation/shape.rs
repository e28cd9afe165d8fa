//! The shapes of an entity's calls that the wrapper knows already, by their structure.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Keys;
use crate::key::KeyChange;
use crate::request::KeySource;

/// More shapes than this are forgotten all at once: texts of `where` callbacks come from the user and may never repeat.
const MOST: usize = 1024;

/// The shapes seen so far.
#[derive(Debug, Default)]
pub struct Shapes {
    numbers: HashMap<Box<[u8]>, u32, BuildHasherDefault<Mix>>,
}

impl Shapes {
    /// The number of a structure that was seen before.
    #[must_use]
    pub fn get(&self, structure: &[u8]) -> Option<u32> {
        self.numbers.get(structure).copied()
    }

    /// Numbers a new structure; answers also whether all earlier numbers are void.
    pub fn insert(&mut self, structure: &[u8]) -> (u32, bool) {
        let full = self.numbers.len() >= MOST;
        if full {
            self.numbers.clear();
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(structure.into(), number);
        (number, full)
    }
}

/// A multiplicative hash: structures are short and their bucket is checked byte for byte.
#[derive(Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.add(u64::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }
}

impl Mix {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// Appends to a call's structure what came of its keys: which fields are written, removed or compared, and from where.
pub(super) fn note(keys: &Keys<'_>, structure: &mut Vec<u8>) {
    for key in keys.primary.iter().chain(&keys.index) {
        note_source(key.source, key.field, structure);
    }
    structure.push(END);
    for change in &keys.changes {
        match change {
            KeyChange::Set(key) => note_source(key.source, key.field, structure),
            KeyChange::Remove(field) => note_field(REMOVED, 0, field, structure),
        }
    }
    structure.push(END);
    for term in &keys.query.terms {
        structure.push(term.comparison as u8);
        note_source(term.value, term.field, structure);
        if let Some(upper) = term.upper {
            note_source(upper, term.field, structure);
        }
    }
    structure.push(END);
    for filter in &keys.query.filters {
        structure.push(filter.comparison as u8);
        structure.extend_from_slice(&filter.slot.to_le_bytes());
        note_source(filter.value, "", structure);
    }
}

const END: u8 = 255;
const REMOVED: u8 = 4;

fn note_source(source: KeySource<'_>, field: &str, structure: &mut Vec<u8>) {
    let (kind, number) = match source {
        KeySource::Value(number) => (0, number),
        KeySource::Text(number) => (1, number),
        KeySource::TextNumber(number) => (2, number),
        KeySource::Constant(_) => (3, 0),
    };
    note_field(kind, number, field, structure);
}

/// A field is told by where it lies in the schema, which outlives the shapes.
fn note_field(kind: u8, number: u16, field: &str, structure: &mut Vec<u8>) {
    let [low, high] = number.to_le_bytes();
    let [a, b, c, d, ..] = field.as_ptr().addr().to_le_bytes();
    structure.extend_from_slice(&[kind, low, high, a, b, c, d]);
}
