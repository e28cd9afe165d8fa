//! Operations: from a call to a request. Each operation checks, builds keys, and renders its expressions once for each shape of call.

mod keyed;
mod options;
mod put;
mod query;
mod recipe;
mod scan;
mod shape;
mod update;

pub use options::Options;
pub use shape::Shapes;
use shape::{Parts, Requests};

use crate::call::{Call, CallReader, Operation};
use crate::error::{Error, Result};
use crate::expression::{self, Placeholders};
use crate::item;
use crate::key::{KeyChange, KeyWrite, QueryKeys};
use crate::request::{Parameter, Recipe, Request, Source, Texts};
use crate::schema::{Index, Schema};
use crate::value::{Value, Writer};

/// Memory that calls reuse.
#[derive(Debug, Default)]
pub struct Scratch {
    note: Vec<u8>,
    /// The texts of the last call.
    pub texts: Texts,
}

impl Scratch {
    /// No memory yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { note: Vec::new(), texts: Texts::new() }
    }
}

/// The outcome of a call.
#[derive(Debug)]
pub struct Answer {
    /// The number of the request's shape.
    pub shape: u32,
    /// The request's plan, when no earlier call had this shape.
    pub fresh: Option<Request>,
    /// Whether the wrapper must forget the shapes that it knows.
    pub cleared: bool,
}

/// The keys of one call: what may differ between two calls of the same structure.
#[derive(Debug, Default)]
struct Keys<'s> {
    /// The table's key.
    primary: Vec<KeyWrite<'s>>,
    /// The index keys of a whole item.
    index: Vec<KeyWrite<'s>>,
    /// What an update does to index keys.
    changes: Vec<KeyChange<'s>>,
    /// The key of a query, or the beginnings of keys that a scan filters by.
    query: QueryKeys<'s>,
}

/// Carries out the call in `bytes`; its texts are left in `scratch`.
///
/// # Errors
/// What the call is refused for, in the codes of the schema's dialect.
pub fn run(schema: &Schema, bytes: &[u8], shapes: &mut Shapes, scratch: &mut Scratch) -> Result<Answer> {
    scratch.texts.clear();
    let mut outcome = None;
    run_next(schema, &mut &*bytes, shapes, scratch, &mut |answer, _| outcome = Some(answer))?;
    outcome.ok_or_else(|| Error::internal("there is no call"))
}

/// Carries out the first of the calls in `bytes`, which is taken from them, and tells its outcome and its texts, which are
/// left in `scratch`, behind those of earlier calls.
///
/// A get or delete may have the values of further ones behind its own: calls that differ from it in nothing else.
///
/// # Errors
/// What a call is refused for, in the codes of the schema's dialect.
pub fn run_next(
    schema: &Schema,
    bytes: &mut &[u8],
    shapes: &mut Shapes,
    scratch: &mut Scratch,
    each: &mut dyn FnMut(Answer, &Texts),
) -> Result<()> {
    let Parts { structure, mut values, mut asking } = shapes.take(bytes)?;
    let Shapes { structures, requests } = shapes;
    let said = structures.get(structure)?;
    let mut call = Call::new(Operation::Get, 0);
    let mut keys = Keys::default();
    loop {
        scratch.note.clear();
        scratch.texts.begin_call();
        scratch.texts.recipe = std::mem::take(&mut asking).then(Recipe::default);
        keys.primary.clear();
        let mut reader = CallReader::new(said, values, &mut scratch.note);
        reader.read(&mut call)?;
        let answer = carry_out(schema, structure, &mut reader, &mut call, requests, &mut scratch.texts, &mut keys)?;
        if let Some(recipe) = &mut scratch.texts.recipe
            && !recipe::complete(schema, &call, recipe)
        {
            scratch.texts.recipe = None;
        }
        values = reader.rest();
        each(answer, &scratch.texts);
        if values.is_empty() || !matches!(call.operation, Operation::Get | Operation::Delete) {
            return Ok(());
        }
    }
}

/// Carries out a call that has been read as far as every call is looked at.
fn carry_out<'s, 'a>(
    schema: &'s Schema,
    structure: u32,
    reader: &mut CallReader<'a, '_>,
    call: &mut Call<'a>,
    requests: &mut Requests,
    texts: &mut Texts,
    keys: &mut Keys<'s>,
) -> Result<Answer> {
    let mut options = Options::none();
    if let Err(error) = options.read(schema, call) {
        return Err(first_refusal(schema, call, error, texts));
    }
    // What is wrong with the values of conditions is no part of a shape, so it is looked for on every call.
    if let Some(conditions) = options.all.map(|all| all.get("conditions")).filter(|conditions| !conditions.is_undefined()) {
        expression::equality_values(schema, conditions)?;
    }
    build_keys(schema, call, &options, texts, keys)?;
    if schema.dialect.checks_storage() {
        check_operands(reader, call, &options)?;
    }
    shape::note(keys, reader.note);
    if let Some(shape) = requests.get(structure, reader.note) {
        return Ok(Answer { shape, fresh: None, cleared: false });
    }
    reader.read_clauses(call)?;
    let request = render(schema, call, &options, keys)?;
    let (shape, cleared) = requests.insert(structure, reader.note);
    Ok(Answer { shape, fresh: Some(request), cleared })
}

/// Refuses what a call compares with and DynamoDB cannot hold. Clauses are read for it only when there is something to refuse.
fn check_operands<'a>(reader: &mut CallReader<'a, '_>, call: &mut Call<'a>, options: &Options<'_>) -> Result<()> {
    let conditions = options.all.map_or(Value::Undefined, |all| all.get("conditions"));
    if !item::are_storable(&mut reader.operands()) {
        reader.read_clauses(call)?;
    }
    item::check_operands(call, conditions)
}

/// ElectroDB looks at options last: what is wrong with a call's values goes before what is wrong with its options.
#[cold]
fn first_refusal(schema: &Schema, call: &Call<'_>, of_options: Error, texts: &mut Texts) -> Error {
    if schema.dialect.checks_operands() {
        return of_options;
    }
    build_keys(schema, call, &Options::none(), texts, &mut Keys::default()).err().unwrap_or(of_options)
}

/// What has to be done for every call: checks of values, and keys.
fn build_keys<'s>(schema: &'s Schema, call: &Call<'_>, options: &Options<'_>, texts: &mut Texts, keys: &mut Keys<'s>) -> Result<()> {
    match call.operation {
        Operation::Put | Operation::Create => put::keys(schema, call, texts, keys),
        Operation::Get | Operation::Delete | Operation::Remove | Operation::Check => keyed::keys(schema, call, texts, keys),
        Operation::Update | Operation::Patch | Operation::Upsert => update::keys(schema, call, texts, keys),
        Operation::Query => query::keys(schema, call, options, texts, keys),
        Operation::Scan => scan::keys(schema, call, texts, keys),
        Operation::BatchGet | Operation::BatchWrite => Ok(()),
    }
}

/// What depends on a call's shape only.
fn render(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Request> {
    let parameters = match call.operation {
        Operation::Put | Operation::Create => put::render(schema, call, options, keys)?,
        Operation::Get | Operation::BatchGet => keyed::render_get(schema, call, options, keys)?,
        Operation::Delete | Operation::Remove | Operation::Check => keyed::render_delete(schema, call, options, keys)?,
        Operation::Update | Operation::Patch | Operation::Upsert => update::render(schema, call, options, keys)?,
        Operation::Query => query::render(schema, call, options, keys)?,
        Operation::Scan => scan::render(schema, call, options, keys)?,
        Operation::BatchWrite => Vec::new(),
    };
    Ok(Request { parameters })
}

/// The attributes that the options' `conditions` say to be equal to a value: `[[name, [step, ...]], ...]`.
///
/// # Errors
/// 1012 for conditions that cannot be meant.
pub fn write_equalities(schema: &Schema, conditions: Value<'_>, writer: &mut Writer) -> Result<()> {
    let equalities = expression::equality_values(schema, conditions)?;
    writer.list(|writer| {
        for (slot, path) in &equalities {
            writer.list(|writer| {
                writer.string(schema.attribute(*slot).map_or("", |attribute| &attribute.name)).list(|writer| {
                    path.iter().for_each(|step| {
                        writer.string(step);
                    });
                    path.len()
                });
                2
            });
        }
        equalities.len()
    });
    Ok(())
}

fn index_of<'s>(schema: &'s Schema, call: &Call<'_>) -> Result<&'s Index> {
    schema.indexes.get(call.index).ok_or_else(|| Error::internal("the call names an index that is not there"))
}

/// The fields of the table's key.
fn table_fields(schema: &Schema) -> Vec<&str> {
    let Some(index) = schema.primary_index() else { return Vec::new() };
    let mut fields = vec![&*index.partition.field];
    if let Some(sort) = &index.sort {
        fields.push(&sort.field);
    }
    fields
}

/// `Key`, the table's key.
fn key_parameter(keys: &Keys<'_>) -> Parameter {
    let mut members = Vec::new();
    for key in &keys.primary {
        members.push((key.field.to_owned(), key.source.into()));
    }
    Parameter::Object("Key", members)
}

fn table_parameter() -> Parameter {
    Parameter::Leaf("TableName", Source::Table)
}

fn literal(name: &'static str, text: String) -> Parameter {
    Parameter::Leaf(name, Source::Literal(text))
}

/// `ExpressionAttributeNames` and `ExpressionAttributeValues`, where there are any.
fn push_placeholders(placeholders: &Placeholders, parameters: &mut Vec<Parameter>) {
    let (names, values) = (placeholders.names(), placeholders.values());
    if !names.is_empty() {
        parameters.push(Parameter::Object("ExpressionAttributeNames", names));
    }
    if !values.is_empty() {
        parameters.push(Parameter::Object("ExpressionAttributeValues", values));
    }
}
