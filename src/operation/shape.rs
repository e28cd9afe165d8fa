//! The shapes of an entity's calls that the wrapper knows already, by their structure.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::Keys;
use crate::key::{KeyChange, KeyWrite};
use crate::request::Source;

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
    for key in &keys.primary {
        note_write(key, structure);
    }
    structure.push(END);
    for key in &keys.index {
        note_write(key, structure);
    }
    structure.push(END);
    for change in &keys.changes {
        match change {
            KeyChange::Set(key) => note_write(key, structure),
            KeyChange::Remove(field) => {
                structure.push(REMOVED);
                note_field(field, structure);
            }
        }
    }
    structure.push(END);
    for term in &keys.query.terms {
        structure.push(term.comparison as u8);
        note_source(&term.value, structure);
        if let Some(upper) = &term.upper {
            note_source(upper, structure);
        }
        note_field(term.field, structure);
    }
    structure.push(END);
    for filter in &keys.query.filters {
        structure.push(filter.comparison as u8);
        note_source(&filter.value, structure);
        structure.extend_from_slice(&filter.slot.to_le_bytes());
    }
}

const END: u8 = 255;
const REMOVED: u8 = 254;

fn note_write(key: &KeyWrite<'_>, structure: &mut Vec<u8>) {
    note_source(&key.source, structure);
    note_field(key.field, structure);
}

fn note_field(field: &str, structure: &mut Vec<u8>) {
    structure.extend_from_slice(&u16::try_from(field.len()).unwrap_or(u16::MAX).to_le_bytes());
    structure.extend_from_slice(field.as_bytes());
}

/// Keys come of texts and of the caller's values only.
fn note_source(source: &Source, structure: &mut Vec<u8>) {
    let (kind, number) = match source {
        Source::Value(number) => (0, *number),
        Source::ValueText(number) => (1, *number),
        Source::ValueNumber(number) => (2, *number),
        Source::Text(number) => (3, *number),
        Source::TextNumber(number) => (4, *number),
        _ => (5, 0),
    };
    structure.push(kind);
    structure.extend_from_slice(&number.to_le_bytes());
}
