//! What the wrapper does with a request's plan, on tagged JSON: lays values and texts into params, and shapes sets and maps.

use electroxide::request::{Parameter, Request, Source, Texts};
use electroxide::schema::{Attribute, AttributeKind, Schema};
use serde_json::{Map, Value as Json, json};

use crate::support::stored_text;

/// The params of a request over the caller's values.
pub fn params(schema: &Schema, request: &Request, values: &[Json], texts: &Texts, case: &Json) -> Json {
    let resolver = Resolver { schema, values, texts, table: case["options"]["table"].as_str().unwrap_or("table") };
    let mut params = Map::new();
    for parameter in &request.parameters {
        match parameter {
            Parameter::Leaf(name, source) => params.insert((*name).to_owned(), resolver.resolve(source)),
            Parameter::Object(name, members) => {
                let members = members.iter().map(|(field, source)| (field.clone(), resolver.resolve(source))).collect();
                params.insert((*name).to_owned(), Json::Object(members))
            }
        };
    }
    if let Json::Object(extra) = &case["options"]["params"] {
        params.extend(extra.clone());
    }
    Json::Object(params)
}

struct Resolver<'a> {
    schema: &'a Schema,
    values: &'a [Json],
    texts: &'a Texts,
    table: &'a str,
}

impl Resolver<'_> {
    fn resolve(&self, source: &Source) -> Json {
        match source {
            Source::Value(number) => self.values[usize::from(*number)].clone(),
            Source::Shaped(number, node) => shape(&self.values[usize::from(*number)], node_of(&self.schema.attributes, *node).unwrap()),
            Source::ValueText(number) => json!(text_of(&self.values[usize::from(*number)])),
            Source::Part(number, path) => {
                let start = &self.values[usize::from(*number)];
                path.iter().fold(start, |value, step| value.get(step).unwrap_or_else(|| &value[step.parse::<usize>().unwrap()])).clone()
            }
            Source::Text(number) => json!(self.text(*number)),
            Source::TextNumber(number) => number_of(&self.text(*number)),
            Source::Literal(text) => json!(text),
            Source::Integer(value) => json!(value),
            Source::Boolean(value) => json!(value),
            Source::EmptyList => json!([]),
            Source::Table => json!(self.table),
        }
    }

    fn text(&self, number: u16) -> String {
        stored_text(self.texts, number)
    }
}

/// JavaScript's `String(value)` of what a key may be made of.
fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(tagged) => tagged.values().next().and_then(Json::as_str).unwrap().to_owned(),
        other => other.to_string(),
    }
}

fn number_of(text: &str) -> Json {
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map_or_else(|| json!({"$number": text}), Json::from)
}

fn node_of(attributes: &[Attribute], node: u16) -> Option<&Attribute> {
    attributes.iter().find_map(|attribute| {
        if attribute.node == node {
            return Some(attribute);
        }
        match &attribute.kind {
            AttributeKind::Map(properties) => node_of(properties, node),
            AttributeKind::List(items) | AttributeKind::Set(items) => node_of(std::slice::from_ref(&**items), node),
            _ => None,
        }
    })
}

/// A value in its stored form.
fn shape(value: &Json, attribute: &Attribute) -> Json {
    match (&attribute.kind, value) {
        (AttributeKind::Set(_), Json::Array(members)) => json!({"$set": members}),
        (AttributeKind::Map(properties), Json::Object(members)) if !properties.is_empty() => {
            let stored = |property: &Attribute| Some((property.field.to_string(), shape(members.get(&*property.name)?, property)));
            Json::Object(properties.iter().filter_map(stored).collect())
        }
        (AttributeKind::List(items), Json::Array(members)) => members.iter().map(|member| shape(member, items)).collect(),
        _ => value.clone(),
    }
}
