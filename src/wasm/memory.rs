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
const ASCII: u32 = 4;
const CLEARED: u32 = 8;

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

fn header(output: &mut Vec<u8>, words: [u32; 4]) {
    words.iter().for_each(|word| output.extend_from_slice(&word.to_le_bytes()));
}

/// A refusal: a map with `code`, `kind`, `message` and `fields`.
pub fn answer_error(error: &Error, dialect: Dialect) -> *const u8 {
    let mut writer = Writer::new();
    write_error(error, dialect, &mut writer);
    answer_stream(FAILED, 0, writer)
}

/// A value of the core, such as an entity's plan.
pub fn answer_value(handle: u32, writer: Writer) -> *const u8 {
    answer_stream(0, handle, writer)
}

fn answer_stream(flags: u32, word: u32, writer: Writer) -> *const u8 {
    let bytes = writer.into_bytes();
    answer(|output| {
        header(output, [flags, word, 0, length(bytes.len())]);
        output.extend_from_slice(&bytes);
    })
}

/// The outcome of a call: its shape, its texts and, when the wrapper has not seen the shape yet, the request's plan.
///
/// After the header stands one word for each text: its length in UTF-16 units, and in the two highest bits the casing that JavaScript has to
/// do. Then the texts' bytes, then the plan.
pub fn answer_call(call: &Answer, texts: &Texts) -> *const u8 {
    let (bytes, entries) = texts.parts();
    let mut flags = if bytes.is_ascii() { ASCII } else { 0 };
    if call.cleared {
        flags |= CLEARED;
    }
    if call.fresh.is_some() {
        flags |= FRESH;
    }
    answer(|output| {
        output.reserve(HEADER + entries.len() * 4 + bytes.len());
        header(output, [flags, call.shape, length(entries.len()), length(bytes.len())]);
        let mut start = 0;
        for entry in entries {
            let units = match flags & ASCII {
                0 => bytes.get(start..entry.end).map_or(0, |text| text.encode_utf16().count()),
                _ => entry.end - start,
            };
            start = entry.end;
            let casing = match entry.casing {
                Casing::None => 0,
                Casing::Lower => 1 << 30,
                Casing::Upper => 2 << 30,
            };
            output.extend_from_slice(&(length(units) | casing).to_le_bytes());
        }
        output.extend_from_slice(bytes.as_bytes());
        if let Some(request) = &call.fresh {
            let mut writer = Writer::new();
            request::write(request, &mut writer);
            output.extend_from_slice(&writer.into_bytes());
        }
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
