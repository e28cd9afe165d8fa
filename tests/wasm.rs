//! Tests of the border under wasm-bindgen-test, in Node and in a browser: calls go in and answers come out through linear memory.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, missing_docs, unsafe_code)]

use electroxide::value::{Reader, Value, Writer};
use electroxide::wasm::entity::{ask, compile, release, run};
use electroxide::wasm::memory::input;
use wasm_bindgen_test::wasm_bindgen_test;

const FAILED: u32 = 1;
const FRESH: u32 = 2;
const GET: u32 = 2;
const END: u32 = 1 << 24;
const KEY: u32 = END | 1;
const STRING_CLASS: u32 = 5;
/// Marks the number of a structure that the core does not know yet.
const NEW: u32 = 1 << 31;

/// What the wrapper reads at the address of an answer.
struct Answer {
    flags: u32,
    word: u32,
    texts: Vec<String>,
    rest: Vec<u8>,
}

fn write(depth: usize, bytes: &[u8]) -> usize {
    let place = input(depth, bytes.len().max(64));
    // SAFETY: `input` answers the address of a buffer of at least this many bytes, and nothing else touches it before the next crossing.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, bytes.len()) };
    bytes.len()
}

fn bytes_at(address: *const u8, length: usize) -> Vec<u8> {
    // SAFETY: an answer stays where it is until the next crossing, and its header says how long it is.
    unsafe { std::slice::from_raw_parts(address, length) }.to_vec()
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// Reads an answer; `plan` says how much may follow the texts.
fn read(address: *const u8, plan: usize) -> Answer {
    let header = bytes_at(address, 16);
    let (flags, count, size) = (word(&header, 0), word(&header, 8) as usize, word(&header, 12) as usize);
    let all = bytes_at(address, 16 + count * 4 + size + plan);
    let mut texts = Vec::new();
    let mut start = 16 + count * 4;
    for number in 0..count {
        let length = (word(&all, 16 + number * 4) & 0x3fff_ffff) as usize;
        texts.push(String::from_utf8(all[start..start + length].to_vec()).unwrap());
        start += length;
    }
    let rest = if count == 0 { all[16..16 + size].to_vec() } else { all[start..].to_vec() };
    Answer { flags, word: word(&header, 4), texts, rest }
}

fn model(entity: &str) -> Vec<u8> {
    let mut writer = Writer::new();
    let attribute = |writer: &mut Writer, name: &str| {
        writer.text(name).map(|writer| {
            writer.text("type").string("string");
            1
        });
    };
    let key = |writer: &mut Writer, name: &str, field: &str, composite: &str| {
        writer.text(name).map(|writer| {
            writer.text("field").string(field);
            writer.text("composite").list(|writer| {
                writer.string(composite);
                1
            });
            2
        });
    };
    writer.map(|writer| {
        writer.text("model").map(|writer| {
            writer.text("entity").string(entity).text("version").string("1").text("service").string("app");
            3
        });
        writer.text("attributes").map(|writer| {
            attribute(writer, "id");
            attribute(writer, "part");
            2
        });
        writer.text("indexes").map(|writer| {
            writer.text("primary").map(|writer| {
                key(writer, "pk", "pk", "id");
                key(writer, "sk", "sk", "part");
                2
            });
            1
        });
        3
    });
    writer.undefined();
    writer.into_bytes()
}

fn define(entity: &str) -> usize {
    let length = write(0, &model(entity));
    let answer = read(compile(0, length, false), 0);
    assert_eq!(answer.flags & FAILED, 0);
    assert!(matches!(Reader::new(&answer.rest).value(), Ok(Value::Map(_))), "the answer is the entity's plan");
    answer.word as usize
}

/// A get as the wrapper writes it: `[structure's number, bytes of values, values...]`.
fn get_known(id: &str, part: Option<&str>) -> Vec<u8> {
    let mut values = Writer::new();
    values.string(id);
    if let Some(part) = part {
        values.string(part);
    }
    called(0, &values.into_bytes())
}

/// The first get of its structure, which stands behind the values.
fn get(id: &str, part: Option<&str>) -> Vec<u8> {
    let mut structure = Writer::new();
    structure.word(GET).word(KEY).word(STRING_CLASS);
    if part.is_some() {
        structure.word(1 << 4 | STRING_CLASS);
    }
    structure.word(END);
    let mut bytes = get_known(id, part);
    bytes[3] |= 0x80;
    bytes.extend(counted(&structure.into_bytes()));
    bytes
}

fn called(structure: u32, values: &[u8]) -> Vec<u8> {
    let mut head = Writer::new();
    head.word(structure);
    [head.into_bytes(), counted(values)].concat()
}

fn counted(bytes: &[u8]) -> Vec<u8> {
    let mut length = Writer::new();
    length.word(u32::try_from(bytes.len()).unwrap());
    [length.into_bytes(), bytes.to_vec()].concat()
}

fn answered(handle: usize, call: &[u8]) -> Answer {
    let length = write(0, call);
    read(run(handle, 0, length), 0)
}

#[wasm_bindgen_test]
fn a_call_answers_its_keys_and_its_shape_only_once() {
    let handle = define("user");
    let first = answered(handle, &get("U1", Some("Home")));
    assert_eq!(first.texts, ["$app#id_u1", "$user_1#part_home"]);
    assert_eq!(first.flags & (FAILED | FRESH), FRESH);
    let second = answered(handle, &get_known("U2", Some("Work")));
    assert_eq!(second.texts, ["$app#id_u2", "$user_1#part_work"]);
    assert_eq!((second.flags & (FAILED | FRESH), second.word), (0, first.word));
}

#[wasm_bindgen_test]
fn letters_beyond_ascii_are_left_to_javascript() {
    let handle = define("user");
    let length = write(0, &get("É", Some("x")));
    let address = run(handle, 0, length);
    let header = bytes_at(address, 24);
    assert_eq!(word(&header, 16) >> 30, 1, "the first text has still to be lower-cased");
    assert_eq!(word(&header, 20) >> 30, 0, "the second is finished");
}

#[wasm_bindgen_test]
fn a_refusal_is_a_map_with_code_and_message() {
    let handle = define("user");
    let answer = answered(handle, &get("U1", None));
    assert_eq!(answer.flags & FAILED, FAILED);
    let Ok(Value::Map(error)) = Reader::new(&answer.rest).value() else { panic!("no map") };
    assert!(matches!(error.get("code"), Value::Integer(2002)));
    assert!(matches!(error.get("message"), Value::String(message) if message.contains("`part`")));
}

#[wasm_bindgen_test]
fn streams_that_no_wrapper_writes_are_refused_and_not_trusted() {
    let handle = define("user");
    let whole = get("U1", Some("Home"));
    for length in 0..whole.len() {
        assert_eq!(answered(handle, &whole[..length]).flags & FAILED, FAILED, "{length} bytes of a call");
    }
    let nonsense: [&[u32]; 4] = [&[77, END], &[GET, KEY, STRING_CLASS, END], &[GET, END | 99, END], &[GET, u32::MAX, u32::MAX, END]];
    for words in nonsense {
        let structure: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let call = [called(NEW, &[]), counted(&structure)].concat();
        assert_eq!(answered(handle, &call).flags & FAILED, FAILED, "{words:?}");
    }
    assert_eq!(answered(handle, &called(9, &[])).flags & FAILED, FAILED, "a structure that nobody has said");
    let length = write(0, &[13]);
    assert_eq!(read(compile(0, length, true), 0).flags & FAILED, FAILED);
    assert_eq!(read(ask(handle, 0, length), 0).flags & FAILED, FAILED);
}

#[wasm_bindgen_test]
fn a_handle_is_free_again_after_its_release() {
    let first = define("one");
    release(first);
    assert_eq!(answered(first, &get("a", Some("b"))).flags & FAILED, FAILED);
    assert_eq!(define("two"), first);
    assert_eq!(answered(first, &get("a", Some("b"))).texts, ["$app#id_a", "$two_1#part_b"]);
}

#[wasm_bindgen_test]
fn each_depth_has_a_buffer_of_its_own() {
    let handle = define("user");
    let outer = write(0, &get("outer", Some("x")));
    let inner = write(1, &get("inner", Some("y")));
    assert_eq!(read(run(handle, 1, inner), 0).texts, ["$app#id_inner", "$user_1#part_y"]);
    assert_eq!(read(run(handle, 0, outer), 0).texts, ["$app#id_outer", "$user_1#part_x"]);
}

#[wasm_bindgen_test]
fn a_huge_call_gives_its_memory_back() {
    let handle = define("user");
    let huge = "x".repeat(4 << 20);
    for _ in 0..8 {
        assert_eq!(answered(handle, &get(&huge, Some("x"))).texts[0].len(), "$app#id_".len() + huge.len());
    }
    let before = core::arch::wasm32::memory_size(0);
    for _ in 0..32 {
        answered(handle, &get(&huge, Some("x")));
    }
    assert_eq!(core::arch::wasm32::memory_size(0), before, "memory grows with every huge call");
}
