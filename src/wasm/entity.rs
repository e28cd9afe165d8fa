//! The entities that the wrapper has defined, by handle, and what it may ask of them.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use super::memory::{Outcomes, answer_call, answer_calls, answer_error, answer_error_at, answer_value, with_input};
use crate::error::{Error, Result};
use crate::key;
use crate::operation::{self, Scratch, Shapes};
use crate::schema::{self, Dialect, Schema, Slot};
use crate::service;
use crate::table;
use crate::value::{Reader, Value, Writer};

struct Entity {
    schema: Schema,
    shapes: Shapes,
}

type Entities = Vec<Option<Box<Entity>>>;

thread_local! {
    static ENTITIES: RefCell<Entities> = const { RefCell::new(Vec::new()) };
    static SCRATCH: RefCell<Scratch> = const { RefCell::new(Scratch::new()) };
}

/// Compiles the model in the input buffer, behind which stand the identifier fields; answers the entity's handle and plan.
#[wasm_bindgen]
#[must_use]
pub fn compile(depth: usize, length: usize, drop_in: bool) -> *const u8 {
    let dialect = if drop_in { Dialect::Electrodb } else { Dialect::Electroxide };
    let compiled = with_input(depth, length, |bytes| {
        let mut reader = Reader::new(bytes);
        let model = reader.value()?;
        schema::compile_identified(model, reader.value()?, dialect)
    });
    kept(compiled, dialect)
}

/// Keeps a compiled schema; answers its handle and plan.
fn kept(compiled: Result<Schema>, dialect: Dialect) -> *const u8 {
    match compiled {
        Ok(schema) => {
            let mut plan = Writer::new();
            schema::write_plan(&schema, &mut plan);
            let entity = Box::new(Entity { schema, shapes: Shapes::default() });
            answer_value(keep(entity), plan)
        }
        Err(error) => answer_error(&error, dialect),
    }
}

/// Makes the collection of which the input buffer has the name and, for each member, its name, its model and its identifier fields; answers its
/// handle and plan.
#[wasm_bindgen]
#[must_use]
pub fn collection(depth: usize, length: usize, drop_in: bool) -> *const u8 {
    let dialect = if drop_in { Dialect::Electrodb } else { Dialect::Electroxide };
    kept(with_input(depth, length, |bytes| collected(bytes, dialect)), dialect)
}

fn collected(bytes: &[u8], dialect: Dialect) -> Result<Schema> {
    let mut reader = Reader::new(bytes);
    let name = reader.text()?;
    let mut members = Vec::new();
    while reader.remaining() > 0 {
        let member = reader.text()?;
        let model = reader.value()?;
        members.push((member, schema::compile_identified(model, reader.value()?, dialect)?));
    }
    service::collection(name, members)
}

fn keep(entity: Box<Entity>) -> u32 {
    ENTITIES.with_borrow_mut(|entities| {
        let handle = match entities.iter().position(Option::is_none) {
            Some(free) => free,
            None => {
                entities.push(None);
                entities.len() - 1
            }
        };
        if let Some(place) = entities.get_mut(handle) {
            *place = Some(entity);
        }
        u32::try_from(handle).unwrap_or(u32::MAX)
    })
}

/// Frees an entity that nobody can reach any more.
#[wasm_bindgen]
pub fn release(handle: usize) {
    ENTITIES.with_borrow_mut(|entities| {
        if let Some(place) = entities.get_mut(handle) {
            *place = None;
        }
    });
}

/// Carries out the call in the input buffer.
#[wasm_bindgen]
#[must_use]
pub fn run(handle: usize, depth: usize, length: usize) -> *const u8 {
    ENTITIES.with_borrow_mut(|entities| match entities.get_mut(handle).and_then(Option::as_deref_mut) {
        Some(Entity { schema, shapes }) => {
            SCRATCH.with_borrow_mut(|scratch| match with_input(depth, length, |bytes| operation::run(schema, bytes, shapes, scratch)) {
                Ok(answer) => answer_call(&answer, &scratch.texts),
                Err(error) => answer_error(&error, schema.dialect),
            })
        }
        None => answer_error(&unknown_handle(), Dialect::Electroxide),
    })
}

/// Carries out the calls in the input buffer, each of which stands behind the handle of its entity. The first that is refused ends it.
#[wasm_bindgen]
#[must_use]
pub fn run_all(depth: usize, length: usize) -> *const u8 {
    ENTITIES.with_borrow_mut(|entities| {
        SCRATCH.with_borrow_mut(|scratch| {
            let mut outcomes = Outcomes::default();
            scratch.texts.clear();
            match with_input(depth, length, |bytes| run_each(entities, bytes, scratch, &mut outcomes)) {
                Ok(()) => answer_calls(outcomes, &scratch.texts),
                Err((error, dialect)) => answer_error_at(&error, dialect, outcomes.count()),
            }
        })
    })
}

fn run_each(
    entities: &mut Entities,
    bytes: &[u8],
    scratch: &mut Scratch,
    outcomes: &mut Outcomes,
) -> std::result::Result<(), (Error, Dialect)> {
    let mut rest = bytes;
    while let Some((handle, calls)) = rest.split_first_chunk::<4>() {
        rest = calls;
        let handle = u32::from_le_bytes(*handle) as usize;
        let Some(Entity { schema, shapes }) = entities.get_mut(handle).and_then(Option::as_deref_mut) else {
            return Err((unknown_handle(), Dialect::Electroxide));
        };
        operation::run_next(schema, &mut rest, shapes, scratch, &mut |answer, texts| outcomes.add(&answer, texts))
            .map_err(|error| (error, schema.dialect))?;
    }
    Ok(())
}

/// Answers a question about one entity: the input is a list of the question's name and its operands.
#[wasm_bindgen]
#[must_use]
pub fn ask(handle: usize, depth: usize, length: usize) -> *const u8 {
    ENTITIES.with_borrow(|entities| match entities.get(handle).and_then(Option::as_deref) {
        Some(Entity { schema, .. }) => {
            let mut writer = Writer::new();
            match with_input(depth, length, |bytes| question(schema, bytes, &mut writer)) {
                Ok(()) => answer_value(0, writer),
                Err(error) => answer_error(&error, schema.dialect),
            }
        }
        None => answer_error(&unknown_handle(), Dialect::Electroxide),
    })
}

/// Answers the table that entities imply: the input is a list of its name, the attribute of its time to live, and their handles.
#[wasm_bindgen]
#[must_use]
pub fn table_definition(depth: usize, length: usize) -> *const u8 {
    let mut writer = Writer::new();
    match with_input(depth, length, |bytes| described_table(bytes, &mut writer)) {
        Ok(()) => answer_value(0, writer),
        Err(error) => answer_error(&error, Dialect::Electroxide),
    }
}

fn described_table(bytes: &[u8], writer: &mut Writer) -> Result<()> {
    let Value::List(operands) = Reader::new(bytes).value()? else { return Err(Error::internal("a table needs a list of operands")) };
    let mut operands = operands.iter();
    let Some(Value::String(name)) = operands.next() else { return Err(Error::internal("a table needs a name")) };
    let ttl = if let Some(Value::String(ttl)) = operands.next() { Some(ttl) } else { None };
    ENTITIES.with_borrow(|entities| {
        let mut schemas = Vec::new();
        for handle in operands {
            let Value::Integer(handle) = handle else { return Err(unknown_handle()) };
            let entity = usize::try_from(handle).ok().and_then(|handle| entities.get(handle)).and_then(Option::as_deref);
            schemas.push(&entity.ok_or_else(unknown_handle)?.schema);
        }
        table::definition(&schemas, name, ttl, writer)
    })
}

fn question(schema: &Schema, bytes: &[u8], writer: &mut Writer) -> Result<()> {
    let Value::List(operands) = Reader::new(bytes).value()? else { return Err(Error::internal("a question needs a list of operands")) };
    let mut operands = operands.iter();
    match operands.next() {
        Some(Value::String("equalities")) => operation::write_equalities(schema, operands.next().unwrap_or(Value::Undefined), writer),
        Some(Value::String("convert")) => key::convert(schema, &operands.collect::<Vec<Value<'_>>>(), writer),
        Some(Value::String("suggestion")) => {
            let mut texts = Vec::new();
            for operand in operands {
                if let Value::String(text) = operand {
                    texts.push(text);
                }
            }
            let (name, candidates) = texts.split_first().unwrap_or((&"", &[]));
            writer.string(&schema::nearest::suggestion(name, candidates.iter().copied()));
            Ok(())
        }
        Some(Value::String("choice")) => {
            let filtered = matches!(operands.next(), Some(Value::Boolean(true)));
            let slots: Vec<Slot> =
                operands.filter_map(|slot| if let Value::Integer(slot) = slot { slot.try_into().ok() } else { None }).collect();
            match key::choose_index(schema, &slots, filtered).and_then(|number| number.try_into().ok()) {
                Some(number) => writer.integer(number),
                None => writer.null(),
            };
            Ok(())
        }
        _ => Err(Error::internal("an unknown question")),
    }
}

fn unknown_handle() -> Error {
    Error::internal("an unknown entity handle")
}
