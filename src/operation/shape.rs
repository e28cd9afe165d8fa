//! What an entity's calls have in common: the structures that the wrapper has sent, and the requests that were rendered for them.

use super::Keys;
use crate::error::{Error, Result};
use crate::key::KeyChange;
use crate::request::KeySource;
use crate::value::Reader;

/// More requests than this are forgotten all at once: options come from the user and may never repeat.
const MOST: usize = 1024;

/// So many structures have room. The wrapper begins anew after half as many, and calls that were written before may still come.
const ROOM: u32 = 2048;

/// The first word of a call whose structure stands behind its values, because the core does not know it yet.
const FRESH: u32 = 1 << 31;

/// Marks the first word of a call of which the wrapper wants to know the recipe.
const ASKING: u32 = 1 << 30;

/// The structures and requests seen so far.
#[derive(Debug, Default)]
pub struct Shapes {
    pub(super) structures: Structures,
    pub(super) requests: Requests,
}

/// One call as it crosses.
pub(super) struct Parts<'a> {
    /// The number of its structure.
    pub(super) structure: u32,
    /// Its values.
    pub(super) values: &'a [u8],
    /// Whether the wrapper wants to know its recipe.
    pub(super) asking: bool,
}

impl Shapes {
    /// Takes the first call from the bytes: `[structure's number, bytes of values, values...]`, and the structure where it is new.
    ///
    /// # Errors
    /// `Internal` when the stream is malformed.
    pub(super) fn take<'a>(&mut self, bytes: &mut &'a [u8]) -> Result<Parts<'a>> {
        let mut reader = Reader::new(bytes);
        let word = reader.word()?;
        let length = reader.word()? as usize;
        let values = reader.take(length)?;
        let structure = word & !(FRESH | ASKING);
        if word & FRESH != 0 {
            let length = reader.word()? as usize;
            self.structures.learn(structure, reader.take(length)?);
            self.requests.forget(structure);
        }
        *bytes = reader.take(reader.remaining())?;
        Ok(Parts { structure, values, asking: word & ASKING != 0 })
    }
}

/// The structures by their numbers, which the wrapper counts up.
#[derive(Debug, Default)]
pub(super) struct Structures {
    known: Vec<(u32, Box<[u8]>)>,
}

impl Structures {
    /// The structure of this number.
    ///
    /// # Errors
    /// `Internal` for one that was forgotten, which only a call that was long in the making can name.
    pub(super) fn get(&self, number: u32) -> Result<&[u8]> {
        match self.known.get((number % ROOM) as usize) {
            Some((known, structure)) if *known == number => Ok(structure),
            _ => Err(Error::internal("the call names an unknown structure")),
        }
    }

    #[cold]
    #[inline(never)]
    fn learn(&mut self, number: u32, structure: &[u8]) {
        let place = (number % ROOM) as usize;
        if self.known.len() <= place {
            self.known.resize(place + 1, (u32::MAX, Box::default()));
        }
        if let Some(known) = self.known.get_mut(place) {
            *known = (number, structure.into());
        }
    }
}

/// The requests by the call's structure and what was noted of its values.
#[derive(Debug, Default)]
pub(super) struct Requests {
    of_structure: Vec<Vec<(Box<[u8]>, u32)>>,
    count: u32,
}

impl Requests {
    /// The number of a request that was rendered before.
    pub(super) fn get(&mut self, structure: u32, note: &[u8]) -> Option<u32> {
        let known = self.of_structure.get_mut((structure % ROOM) as usize)?;
        let position = known.iter().position(|(noted, _)| **noted == *note)?;
        // Most structures have one request; of several, the one that is used is found first the next time.
        known.swap(0, position);
        known.first().map(|(_, number)| *number)
    }

    /// Numbers a new request; answers also whether all earlier numbers are void.
    #[cold]
    #[inline(never)]
    pub(super) fn insert(&mut self, structure: u32, note: &[u8]) -> (u32, bool) {
        let full = self.count as usize >= MOST;
        if full {
            *self = Self::default();
        }
        let place = (structure % ROOM) as usize;
        if self.of_structure.len() <= place {
            self.of_structure.resize_with(place + 1, Vec::new);
        }
        let number = self.count;
        if let Some(known) = self.of_structure.get_mut(place) {
            known.push((note.into(), number));
        }
        self.count += 1;
        (number, full)
    }

    fn forget(&mut self, structure: u32) {
        if let Some(known) = self.of_structure.get_mut((structure % ROOM) as usize) {
            known.clear();
        }
    }
}

/// Appends to a call's note what came of its keys: which fields are written, removed or compared, and from where.
pub(super) fn note(keys: &Keys<'_>, noted: &mut Vec<u8>) {
    for key in keys.primary.iter().chain(&keys.index) {
        note_source(key.source, key.field, noted);
    }
    noted.push(END);
    for change in &keys.changes {
        match change {
            KeyChange::Set(key) => note_source(key.source, key.field, noted),
            KeyChange::Remove(field) => note_field(REMOVED, 0, field, noted),
        }
    }
    noted.push(END);
    for term in &keys.query.terms {
        noted.push(term.comparison as u8);
        note_source(term.value, term.field, noted);
        if let Some(upper) = term.upper {
            note_source(upper, term.field, noted);
        }
    }
    noted.push(END);
    for filter in &keys.query.filters {
        noted.push(filter.comparison as u8);
        noted.extend_from_slice(&filter.slot.to_le_bytes());
        note_source(filter.value, "", noted);
    }
}

const END: u8 = 255;
const REMOVED: u8 = 4;

fn note_source(source: KeySource<'_>, field: &str, noted: &mut Vec<u8>) {
    let (kind, number) = match source {
        KeySource::Value(number) => (0, number),
        KeySource::Text(number) => (1, number),
        KeySource::TextNumber(number) => (2, number),
        KeySource::Constant(_) => (3, 0),
    };
    note_field(kind, number, field, noted);
}

/// A field is told by where it lies in the schema, which outlives the shapes.
fn note_field(kind: u8, number: u16, field: &str, noted: &mut Vec<u8>) {
    let [low, high] = number.to_le_bytes();
    let [a, b, c, d, ..] = field.as_ptr().addr().to_le_bytes();
    noted.extend_from_slice(&[kind, low, high, a, b, c, d]);
}
