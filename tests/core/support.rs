//! What the native tests share: tagged JSON to the tag stream and schemas of models. No case stands here.

use base64::Engine;
use electroxide::error::Error;
use electroxide::request::Texts;
use electroxide::schema::{self, Casing, Dialect, Schema};
use electroxide::value::{Reader, Value, Writer};
use serde_json::Value as Json;

/// A text of a call when the wrapper has done its part.
pub fn stored_text(texts: &Texts, number: u16) -> String {
    let text = texts.get(number).unwrap();
    let left = texts.parts().1[usize::from(number)];
    let mut cased = match left.casing {
        Casing::None => text.to_owned(),
        Casing::Lower => text.to_lowercase(),
        Casing::Upper => text.to_uppercase(),
    };
    if left.shifted {
        let last = cased.pop().unwrap();
        cased.extend((last..).nth(1));
    }
    cased
}

/// The bytes of a tagged JSON value, as the wrapper's encoder writes them.
pub fn encode(json: &Json) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer, &mut 0, json);
    writer.into_bytes()
}

/// The value of a stream that holds exactly one.
pub fn decode(bytes: &[u8]) -> Value<'_> {
    Reader::new(bytes).value().unwrap()
}

/// Compiles a model in tagged JSON.
pub fn compile(model: &Json, dialect: Dialect) -> Result<Schema, Error> {
    let bytes = encode(model);
    schema::compile(decode(&bytes), dialect)
}

/// Compiles a model that is right.
pub fn schema(model: &Json, dialect: Dialect) -> Schema {
    compile(model, dialect).unwrap_or_else(|error| panic!("{} {error}", error.kind.code(dialect)))
}

/// A stream's value as tagged JSON: what the core answered.
pub fn to_json(value: Value<'_>) -> Json {
    match value {
        Value::Undefined => serde_json::json!({"$undefined": true}),
        Value::Null => Json::Null,
        Value::Boolean(value) => value.into(),
        Value::Integer(value) => value.into(),
        Value::Decimal(text) => {
            text.parse::<f64>().ok().filter(|number| number.is_finite()).map_or_else(|| tagged("$number", text), Json::from)
        }
        Value::BigInt(text) => tagged("$bigint", text),
        Value::String(text) | Value::IllFormed(text) => text.into(),
        Value::Bytes(bytes) => tagged("$bytes", &base64::engine::general_purpose::STANDARD.encode(bytes)),
        Value::List(list) => list.iter().map(to_json).collect(),
        Value::Set(list) => serde_json::json!({"$set": list.iter().map(to_json).collect::<Json>()}),
        Value::Map(map) => map.iter().map(|(name, value)| (name.to_owned(), to_json(value))).collect(),
        Value::Function(number) => serde_json::json!({"$function": number}),
        Value::RegExp(number) => serde_json::json!({"$regexp": number}),
        Value::Other(name) => tagged("$other", name),
    }
}

fn tagged(tag: &str, text: &str) -> Json {
    Json::Object([(tag.to_owned(), text.into())].into_iter().collect())
}

fn write(writer: &mut Writer, hooks: &mut u32, json: &Json) {
    match json {
        Json::Null => _ = writer.null(),
        Json::Bool(value) => _ = writer.boolean(*value),
        Json::Number(number) => match number.as_i64().filter(|value| value.unsigned_abs() < 1 << 53) {
            Some(integer) => _ = writer.integer(integer),
            None => _ = writer.decimal(&number.to_string()),
        },
        Json::String(text) => _ = writer.string(text),
        Json::Array(values) => _ = writer.list(|writer| write_all(writer, hooks, values)),
        Json::Object(members) => match members.iter().next() {
            Some((tag, inner)) if tag.starts_with('$') && write_tagged(writer, hooks, tag, inner) => {}
            _ => _ = writer.map(|writer| write_members(writer, hooks, members)),
        },
    }
}

fn write_all(writer: &mut Writer, hooks: &mut u32, values: &[Json]) -> usize {
    values.iter().for_each(|value| write(writer, hooks, value));
    values.len()
}

fn write_members(writer: &mut Writer, hooks: &mut u32, members: &serde_json::Map<String, Json>) -> usize {
    for (name, value) in members {
        writer.text(name);
        write(writer, hooks, value);
    }
    members.len()
}

fn write_tagged(writer: &mut Writer, hooks: &mut u32, tag: &str, inner: &Json) -> bool {
    let text = inner.as_str().unwrap_or_default();
    let next = || {
        *hooks += 1;
        *hooks - 1
    };
    match tag {
        "$undefined" => _ = writer.undefined(),
        "$number" if text == "-0" => _ = writer.integer(0),
        "$number" => _ = writer.decimal(text),
        "$bigint" => _ = writer.bigint(text),
        "$bytes" => _ = writer.binary(&base64::engine::general_purpose::STANDARD.decode(text).unwrap()),
        "$set" => _ = writer.set(|writer| write_all(writer, hooks, inner.as_array().unwrap())),
        "$hook" | "$function" => _ = writer.function(inner.as_u64().map_or_else(next, |number| u32::try_from(number).unwrap())),
        "$regexp" => _ = writer.regexp(inner.as_u64().map_or_else(next, |number| u32::try_from(number).unwrap())),
        // What the encoder makes of objects of a class, of symbols and of strings with lone surrogates.
        "$date" => _ = writer.byte(16).text("Date"),
        "$symbol" => _ = writer.byte(16).text("Symbol"),
        "$illFormed" => _ = writer.byte(9).text(text),
        // What CustomAttributeType(...) and createCustomAttribute(...) answer.
        "$custom" if ["string", "number", "boolean", "any"].contains(&text) => _ = writer.string(text),
        "$custom" => _ = writer.string("custom"),
        _ => return false,
    }
    true
}
