//! The buffers through which all data crosses: calls come in, answers go out.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Error, Field};
use crate::operation::Answer;
use crate::request::{self, Texts};
use crate::schema::{Casing, Dialect};
use crate::value::Writer;

/// A buffer of more than this is given back after its use, so that one huge call does not stay in memory.
const KEEP: usize = 1 << 20;

/// The words before an answer's texts: flags, shape, count of texts, bytes of texts.
const HEADER: usize = 16;

const FAILED: u32 = 1;
const FRESH: u32 = 2;
const RECIPE: u32 = 4;
const CLEARED: u32 = 8;
const ASCII: u32 = 16;

/// Smaller than the standard library's own and no slower.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    /// One buffer for each depth of nesting: a user's getter may call the library while an outer call is half written.
    static INPUTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes the input buffer of this depth at least this large, keeps its bytes and answers its address.
///
/// A huge buffer of which the wrapper asks for little is one of a call that failed before it crossed. It goes now: were it freed after the next
/// call, the wrapper would go on writing to it.
#[wasm_bindgen]
#[must_use]
pub fn input(depth: usize, capacity: usize) -> *mut u8 {
    INPUTS.with_borrow_mut(|inputs| {
        if inputs.len() <= depth {
            inputs.resize_with(depth + 1, Vec::new);
        }
        match inputs.get_mut(depth) {
            Some(input) => {
                if input.len() > KEEP && capacity <= KEEP {
                    *input = vec![0; capacity];
                } else if input.len() < capacity {
                    input.resize(capacity, 0);
                }
                input.as_mut_ptr()
            }
            None => std::ptr::null_mut(),
        }
    })
}

/// Gives the bytes that the wrapper wrote to `read` and, where the buffer has become huge, frees it.
pub fn with_input<T>(depth: usize, length: usize, read: impl FnOnce(&[u8]) -> T) -> T {
    INPUTS.with_borrow_mut(|inputs| {
        let result = read(inputs.get(depth).and_then(|input| input.get(..length)).unwrap_or_default());
        if let Some(input) = inputs.get_mut(depth).filter(|input| input.len() > KEEP) {
            *input = Vec::new();
        }
        result
    })
}

/// Writes an answer and gives its address; it stays there until the next crossing.
fn answer(write: impl FnOnce(&mut Vec<u8>)) -> *const u8 {
    OUTPUT.with_borrow_mut(|output| {
        if output.capacity() > KEEP {
            *output = Vec::new();
        }
        output.clear();
        write(output);
        output.as_ptr()
    })
}

fn header(output: &mut Vec<u8>, [a, b, c, d]: [u32; 4]) {
    let words = u128::from(a) | u128::from(b) << 32 | u128::from(c) << 64 | u128::from(d) << 96;
    output.extend_from_slice(&words.to_le_bytes());
}

/// A refusal: a map with `code`, `kind`, `message` and `fields`.
pub fn answer_error(error: &Error, dialect: Dialect) -> *const u8 {
    answer_error_at(error, dialect, 0)
}

/// The refusal of the call at this position among several.
pub fn answer_error_at(error: &Error, dialect: Dialect, position: usize) -> *const u8 {
    let mut writer = Writer::new();
    write_error(error, dialect, &mut writer);
    answer_stream(FAILED, length(position), writer)
}

/// A value of the core, such as an entity's plan.
pub fn answer_value(handle: u32, writer: Writer) -> *const u8 {
    answer_stream(0, handle, writer)
}

fn answer_stream(flags: u32, word: u32, writer: Writer) -> *const u8 {
    let flags = flags | if writer.is_ascii() { ASCII } else { 0 };
    let bytes = writer.into_bytes();
    answer(|output| {
        header(output, [flags, word, 0, length(bytes.len())]);
        output.extend_from_slice(&bytes);
    })
}

/// The outcome of a call: its shape, its texts and, when the wrapper has not seen the shape yet, the request's plan.
///
/// After the header stands one word for each text: its length in UTF-16 units, and in the two highest bits the casing that JavaScript has to
/// do, and in the third whether it shifts the text then. Then the texts' bytes, then the plan.
pub fn answer_call(call: &Answer, texts: &Texts) -> *const u8 {
    let mut plans = Writer::new();
    let flags = write_plans(call, texts, &mut plans);
    answer_texts(flags, call.shape, &[], texts, plans)
}

/// Writes what the wrapper keeps of an outcome: the request's plan, then the recipe. Answers the flags of what there is.
fn write_plans(call: &Answer, texts: &Texts, plans: &mut Writer) -> u32 {
    let mut flags = if call.cleared { CLEARED } else { 0 };
    if let Some(request) = &call.fresh {
        flags |= FRESH;
        request::write(request, plans);
    }
    if let Some(recipe) = &texts.recipe {
        flags |= RECIPE;
        request::write_recipe(recipe, plans);
    }
    flags
}

/// The outcomes of several calls, of which each is a word here, in the order of the calls.
#[derive(Debug, Default)]
pub struct Outcomes {
    words: Vec<u32>,
    plans: Writer,
}

impl Outcomes {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// Adds the outcome of a call that has made these texts.
    pub fn add(&mut self, call: &Answer, texts: &Texts) {
        let flags = write_plans(call, texts, &mut self.plans);
        self.words.push(call.shape & 0xffff | length(texts.count()) << 16 | flags << 28);
    }
}

/// The outcomes of several calls. Before the lengths of the texts stands one word for each call: the number of its shape in 16 bits, how many
/// texts it has in 12, and its flags in the highest 4. What `write_plans` has written of each stands one after the other.
pub fn answer_calls(outcomes: Outcomes, texts: &Texts) -> *const u8 {
    let Outcomes { words, plans } = outcomes;
    answer_texts(0, length(words.len()), &words, texts, plans)
}

fn answer_texts(flags: u32, word: u32, words: &[u32], texts: &Texts, plans: Writer) -> *const u8 {
    let (bytes, entries) = texts.parts();
    let ascii = bytes.is_ascii() && plans.is_ascii();
    answer(|output| {
        output.reserve(HEADER + (words.len() + entries.len()) * 4 + bytes.len());
        header(output, [flags | if ascii { ASCII } else { 0 }, word, length(entries.len()), length(bytes.len())]);
        words.iter().for_each(|word| output.extend_from_slice(&word.to_le_bytes()));
        let mut start = 0;
        for entry in entries {
            let units = if ascii { entry.end - start } else { bytes.get(start..entry.end).map_or(0, |text| text.encode_utf16().count()) };
            start = entry.end;
            let casing = match entry.casing {
                Casing::None => 0,
                Casing::Lower => 1 << 30,
                Casing::Upper => 2 << 30,
            };
            output.extend_from_slice(&(length(units) | casing | u32::from(entry.shifted) << 29).to_le_bytes());
        }
        output.extend_from_slice(bytes.as_bytes());
        output.extend_from_slice(&plans.into_bytes());
    })
}

fn write_error(error: &Error, dialect: Dialect, writer: &mut Writer) {
    writer.map(|writer| {
        writer.text("code").integer(i64::from(error.kind.code(dialect)));
        writer.text("kind").string(error.kind.name());
        writer.text("message").string(&error.message);
        writer.text("fields").list(|writer| {
            error.fields.iter().for_each(|field| write_field(field, dialect, writer));
            error.fields.len()
        });
        4
    });
}

fn write_field(field: &Field, dialect: Dialect, writer: &mut Writer) {
    writer.map(|writer| {
        writer.text("code").integer(i64::from(field.kind.code(dialect)));
        writer.text("kind").string(field.kind.name());
        writer.text("path").string(&field.path);
        writer.text("reason").string(&field.reason);
        match field.index {
            Some(index) => writer.text("index").integer(i64::from(index)),
            None => writer.text("index").undefined(),
        };
        5
    });
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
