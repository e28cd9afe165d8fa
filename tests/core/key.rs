//! Keys: what electrodb itself made of the same composites (keys.json, recorded by record-keys.mjs), and where the dialects part.

use electroxide::call::{Compare, Given, Operation, Sort, SortOperator, Values};
use electroxide::error::{Error, Result};
use electroxide::key::{
    Change, Comparison, Half, KeyChange, KeyTerm, KeyWrite, Parsed, parse_key, primary_key, put_keys, query_keys, scan_prefixes,
    update_keys,
};
use electroxide::request::{KeySource, Texts};
use electroxide::schema::{Dialect, IndexKind, Schema, Slot};
use electroxide::value::Value;
use serde_json::{Map, Value as Json, json};

use crate::support::{compile, decode, encode, stored_text, to_json};

mod laws;
mod rule;

const ATTRIBUTES: &str = r#"{
    "a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}, "d": {"type": "string"},
    "f": {"type": "string", "field": "ff"}, "l": {"type": "string", "label": "LBL"},
    "p": {"type": "string", "padding": {"length": 5, "char": "0"}},
    "w": {"type": "number", "padding": {"length": 4, "char": "ab"}},
    "n": {"type": "number"}, "m": {"type": "number"}, "t": {"type": "boolean"}, "e": {"type": ["U", "V"]},
    "y": {"type": "string", "label": ""}
}"#;

/// A model of these indexes over the attributes that record-keys.mjs uses.
fn model(indexes: &Json) -> Json {
    let attributes: Json = serde_json::from_str(ATTRIBUTES).unwrap();
    json!({"model": {"entity": "User", "version": "1", "service": "App"}, "attributes": attributes, "indexes": indexes})
}

/// Records of attributes as a call has them, with the numbers of their values counted on.
struct Record<'a> {
    values: Values<'a>,
}

fn record<'a>(schema: &Schema, bytes: &'a [u8], first: u16) -> Record<'a> {
    let mut values = Values::new();
    if let Value::Map(map) = decode(bytes) {
        for (number, (name, value)) in (first..).zip(map.iter()) {
            if let Some(slot) = schema.slot(name) {
                values.insert(slot, Given { number, value });
            }
        }
    }
    Record { values }
}

/// What stands at a source when the wrapper has done its part.
fn resolve(source: KeySource<'_>, texts: &Texts, records: &[&Values<'_>]) -> Json {
    let text = |number: u16| stored_text(texts, number);
    match source {
        KeySource::Text(number) => text(number).into(),
        KeySource::TextNumber(number) => number_of(&text(number)),
        KeySource::Value(number) => {
            let mut given = records.iter().flat_map(|values| values.iter()).filter(|(_, given)| given.number == number);
            to_json(given.next().unwrap().1.value)
        }
        KeySource::Constant(text) => text.into(),
    }
}

/// `Number(text)` of JavaScript, in the JSON of the recording.
fn number_of(text: &str) -> Json {
    let number: f64 = text.parse().unwrap_or(f64::NAN);
    if !number.is_finite() || number.abs() > 9_007_199_254_740_992.0 {
        return json!({"$number": if number.is_finite() { text } else { text.trim_end_matches("inity") }});
    }
    json!(number)
}

/// JSON with every number as a float, so that `1` and `1.0` are one.
fn plain(json: &Json) -> Json {
    match json {
        Json::Number(number) => json!(number.as_f64()),
        Json::Array(members) => members.iter().map(plain).collect(),
        Json::Object(members) if members.contains_key("$number") => {
            json!({"$number": members["$number"].as_str().unwrap().trim_end_matches("inity")})
        }
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        other => other.clone(),
    }
}

fn written(keys: &[KeyWrite<'_>], texts: &Texts) -> Json {
    keys.iter().map(|key| (key.field.to_owned(), resolve(key.source, texts, &[]))).collect()
}

/// What the wrapper answers for conditions: asked where every composite is known.
fn conditions(schema: &Schema, indexes: &Json, layers: &[&Values<'_>]) -> Vec<(usize, bool)> {
    let mut asked = Vec::new();
    for (number, index) in schema.indexes.iter().enumerate().filter(|(_, index)| index.condition.is_some()) {
        let mut composites = index.partition.composites.iter().chain(index.sort.iter().flat_map(|key| &key.composites));
        if composites.all(|slot| layers.iter().any(|values| values.get(*slot).is_some())) {
            asked.push((number, indexes[&*index.name]["condition"]["$hook"] == "held"));
        }
    }
    asked
}

fn get(schema: &Schema, call: &Json, operation: Operation) -> Result<Json> {
    let bytes = encode(&call["key"]);
    let (mut texts, mut keys) = (Texts::new(), Vec::new());
    primary_key(schema, operation, &record(schema, &bytes, 0).values, &mut texts, &mut keys)?;
    Ok(written(&keys, &texts))
}

fn put(schema: &Schema, indexes: &Json, call: &Json) -> Result<Json> {
    let bytes = encode(&call["item"]);
    let item = record(schema, &bytes, 0).values;
    let (mut texts, mut keys) = (Texts::new(), Vec::new());
    put_keys(schema, &item, &conditions(schema, indexes, &[&item]), &mut texts, &mut keys)?;
    keys.retain(|key| schema.attributes.iter().all(|attribute| *attribute.field != *key.field));
    Ok(written(&keys, &texts))
}

fn update(schema: &Schema, indexes: &Json, call: &Json, operation: Operation) -> Result<(Json, Map<String, Json>)> {
    let part = |name: &str| encode(call.get(name).unwrap_or(&json!({})));
    let (key, set, uncertain, stated) =
        (part(if operation == Operation::Upsert { "item" } else { "key" }), part("set"), part("uncertain"), part("stated"));
    let mut key = record(schema, &key, 0).values;
    let set = if operation == Operation::Upsert { key.clone() } else { record(schema, &set, 100).values };
    if operation == Operation::Upsert {
        let mut own = Values::new();
        key.iter().filter(|(slot, _)| *slot < 2).for_each(|(slot, given)| own.insert(slot, given));
        key = own;
    }
    let uncertain = record(schema, &uncertain, 200).values;
    let composite = record(schema, &stated, 300).values;
    let names = call["removed"].as_array().cloned().unwrap_or_default();
    let removed: Vec<Slot> = names.iter().map(|name| schema.slot(name.as_str().unwrap()).unwrap()).collect();
    let conditions = conditions(schema, indexes, &[&set, &key, &composite, &uncertain]);
    let change = Change { key: &key, set: &set, uncertain: &uncertain, removed: &removed, composite: &composite, conditions: &conditions };
    let (mut texts, mut changes) = (Texts::new(), Vec::new());
    update_keys(schema, operation, &change, &mut texts, &mut changes)?;
    let mut set = Map::new();
    let mut own = Map::new();
    let mut gone = Vec::new();
    for change in &changes {
        match change {
            KeyChange::Set(key) => {
                let attribute = schema.attributes.iter().any(|attribute| *attribute.field == *key.field);
                let fields = if attribute { &mut own } else { &mut set };
                fields.insert(key.field.to_owned(), resolve(key.source, &texts, &[]));
            }
            KeyChange::Remove(field) => gone.push(*field),
        }
    }
    Ok((json!({"set": set, "removed": gone}), own))
}

/// The keys that an update writes over attributes of the same field.
fn attribute_keys(row: &Json, dialect: Dialect) -> Map<String, Json> {
    let schema = compile(&model(&row["indexes"]), dialect).unwrap();
    update(&schema, &row["indexes"], &row["call"], Operation::Update).unwrap().1
}

fn query(schema: &Schema, call: &Json) -> Result<Json> {
    let (key, lower, upper) = (encode(&call["key"]), encode(&call["operand"]), encode(&call["upper"]));
    let key = record(schema, &key, 0).values;
    let operator = match call["operator"].as_str().unwrap_or_default() {
        "begins" => SortOperator::Begins,
        "between" => SortOperator::Between,
        "gt" => SortOperator::Gt,
        "gte" => SortOperator::Gte,
        "lt" => SortOperator::Lt,
        "lte" => SortOperator::Lte,
        _ => SortOperator::None,
    };
    let compare = match call["compare"].as_str().unwrap_or_default() {
        "attributes" => Compare::Attributes,
        "v2" => Compare::V2,
        _ => Compare::Keys,
    };
    let sort = Sort { operator, composites: record(schema, &lower, 100).values, upper: record(schema, &upper, 200).values };
    let index = &schema.indexes[1];
    let mut texts = Texts::new();
    let keys = query_keys(schema, index, &key, None, Some(&sort), compare, &mut texts)?;
    let records = [&key, &sort.composites, &sort.upper];
    let mut shown = Shown { texts: &texts, records: &records, values: Map::new() };
    let parts: Vec<String> = keys.terms.iter().map(|term| shown.term(schema, term, index.kind == IndexKind::Composite)).collect();
    let mut filter: Vec<String> = Vec::new();
    for term in &keys.filters {
        let name = &schema.attribute(term.slot).unwrap().name;
        let number = (0..).find(|number| !shown.values.contains_key(&format!(":{name}{number}"))).unwrap();
        shown.values.insert(format!(":{name}{number}"), resolve(term.value, &texts, &records));
        let text = format!("#{name} {} :{name}{number}", symbol(term.comparison));
        if term.comparison == Comparison::Equal {
            filter.push(text);
        } else {
            filter.insert(0, text);
        }
    }
    let joint = if index.kind == IndexKind::Composite { " AND " } else { " and " };
    Ok(json!({"condition": parts.join(joint), "filter": filter, "values": shown.values}))
}

fn symbol(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Begins | Comparison::Between => panic!("no symbol"),
    }
}

/// A key condition in ElectroDB's writing.
struct Shown<'t, 'v, 'a> {
    texts: &'t Texts,
    records: &'t [&'v Values<'a>],
    values: Map<String, Json>,
}

impl Shown<'_, '_, '_> {
    fn term(&mut self, schema: &Schema, term: &KeyTerm<'_>, own: bool) -> String {
        let (name, value, upper) = match term.slot.filter(|_| own) {
            Some(slot) => {
                let name = &schema.attribute(slot).unwrap().name;
                (format!("#{name}"), format!(":{name}k_0"), format!(":{name}k_1"))
            }
            None if self.values.is_empty() => ("#pk".to_owned(), ":pk".to_owned(), String::new()),
            None => ("#sk1".to_owned(), ":sk1".to_owned(), ":sk2".to_owned()),
        };
        self.values.insert(value.clone(), resolve(term.value, self.texts, self.records));
        if let Some(source) = term.upper {
            self.values.insert(upper.clone(), resolve(source, self.texts, self.records));
        }
        match term.comparison {
            Comparison::Begins => format!("begins_with({name}, {value})"),
            Comparison::Between => format!("{name} BETWEEN {value} AND {upper}"),
            other => format!("{name} {} {value}", symbol(other)),
        }
    }
}

/// The outcome of a recorded call in a dialect.
fn outcome(row: &Json, dialect: Dialect) -> Result<Json> {
    let (indexes, call) = (&row["indexes"], &row["call"]);
    let schema = compile(&model(indexes), dialect)?;
    match call["operation"].as_str().unwrap() {
        "get" => get(&schema, call, Operation::Get),
        "create" => get(&schema, call, Operation::Create),
        "put" => put(&schema, indexes, call),
        "upsert" => Ok(update(&schema, indexes, call, Operation::Upsert)?.0),
        "update" => Ok(update(&schema, indexes, call, Operation::Update)?.0),
        "query" => query(&schema, call),
        "scan" => {
            let (mut texts, mut keys) = (Texts::new(), Vec::new());
            scan_prefixes(&schema, schema.primary_index().unwrap(), &mut texts, &mut keys);
            Ok(written(&keys, &texts))
        }
        "parse" => parse(&schema, call),
        _ => Ok(json!({})),
    }
}

fn parse(schema: &Schema, call: &Json) -> Result<Json> {
    let mut found = Map::new();
    for half in [Half::Partition, Half::Sort] {
        for (slot, value) in parse_key(schema, &schema.indexes[1], half, call[half.name()].as_str().unwrap())? {
            let value = match value {
                Parsed::String(text) => text.into(),
                Parsed::Number(text) => number_of(text),
                Parsed::Boolean(value) => value.into(),
            };
            found.insert(schema.attribute(slot).unwrap().name.to_string(), value);
        }
    }
    Ok(Json::Object(found))
}

fn code(error: &Error, dialect: Dialect) -> Json {
    json!({"code": error.kind.code(dialect)})
}

#[test]
fn keys_are_the_ones_that_electrodb_makes() {
    let rows: Vec<Json> = serde_json::from_str(include_str!("keys.json")).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let made = outcome(row, Dialect::Electrodb).unwrap_or_else(|error| code(&error, Dialect::Electrodb));
        if plain(&made) != plain(&row["expected"]) {
            wrong.push(format!("{}\n  {}\n  electrodb {}\n  core      {made}", row["indexes"], row["call"], row["expected"]));
        }
    }
    let shown: Vec<_> = wrong.iter().step_by(wrong.len() / 12 + 1).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        rows.len(),
        shown.iter().map(|text| text.as_str()).collect::<Vec<_>>().join("\n")
    );
}
