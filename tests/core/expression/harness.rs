//! What the tests of expressions are written in: callbacks and actions as JSON, made into calls. It asserts nothing.

use std::fmt::Write;

use electroxide::call::{Action, Argument, Clause, Given, Operand, Operator, Path, SortOperator, Target, Token, Verb};
use electroxide::request::Source;
use electroxide::schema::{Attribute, AttributeKind, Schema};
use electroxide::value::Value;
use electroxide::value::path::Step;
use serde_json::{Value as Json, json};

use crate::support::{decode, encode};

/// The values of one request by their numbers.
#[derive(Default)]
pub struct Numbers {
    pub given: Vec<Json>,
}

impl Numbers {
    pub fn give(&mut self, json: &Json) -> Given<'static> {
        self.given.push(json.clone());
        Given { number: u16::try_from(self.given.len() - 1).unwrap(), value: value(json) }
    }

    /// What a source comes to, as the wrapper would lay it into the request.
    pub fn resolve(&self, schema: &Schema, source: &Source) -> Json {
        match source {
            Source::Value(number) => self.given[usize::from(*number)].clone(),
            Source::ValueText(number) => match &self.given[usize::from(*number)] {
                Json::String(text) => json!(text),
                other => json!(other.to_string()),
            },
            Source::Shaped(number, node) => shaped(find(&schema.attributes, *node).unwrap(), &self.given[usize::from(*number)]),
            Source::Part(number, path) => path.iter().fold(self.given[usize::from(*number)].clone(), |value, step| match &value {
                Json::Array(list) => list[step.parse::<usize>().unwrap()].clone(),
                _ => value[step].clone(),
            }),
            Source::Literal(text) => json!(text),
            Source::Integer(number) => json!(number),
            Source::EmptyList => json!([]),
            other => panic!("no expression has {other:?}"),
        }
    }
}

pub fn value(json: &Json) -> Value<'static> {
    decode(Box::leak(encode(json).into_boxed_slice()))
}

pub fn text(text: impl Into<String>) -> &'static str {
    Box::leak(text.into().into_boxed_str())
}

pub fn find(attributes: &[Attribute], node: u16) -> Option<&Attribute> {
    attributes.iter().find_map(|attribute| {
        if attribute.node == node {
            return Some(attribute);
        }
        match &attribute.kind {
            AttributeKind::Map(properties) => find(properties, node),
            AttributeKind::List(items) | AttributeKind::Set(items) => find(std::slice::from_ref(items), node),
            _ => None,
        }
    })
}

pub fn shaped(attribute: &Attribute, json: &Json) -> Json {
    match (&attribute.kind, json) {
        (AttributeKind::Set(_), Json::Array(_)) => json!({ "$set": json }),
        (AttributeKind::List(items), Json::Array(list)) => list.iter().map(|item| shaped(items, item)).collect(),
        (AttributeKind::Map(properties), Json::Object(map)) => {
            let members =
                properties.iter().filter_map(|property| Some((property.field.to_string(), shaped(property, map.get(&*property.name)?))));
            Json::Object(members.collect())
        }
        _ => json.clone(),
    }
}

pub fn operator(name: &str) -> Operator {
    match name {
        "eq" => Operator::Eq,
        "ne" => Operator::Ne,
        "gt" => Operator::Gt,
        "gte" => Operator::Gte,
        "lt" => Operator::Lt,
        "lte" => Operator::Lte,
        "between" => Operator::Between,
        "begins" => Operator::Begins,
        "contains" => Operator::Contains,
        "notContains" => Operator::NotContains,
        "in" => Operator::In,
        "exists" => Operator::Exists,
        "notExists" => Operator::NotExists,
        "eqOrNotExists" => Operator::EqOrNotExists,
        "type" => Operator::Type,
        "size" => Operator::Size,
        "value" => Operator::Value,
        "name" => Operator::Name,
        "field" => Operator::Field,
        "escape" => Operator::Escape,
        "ifNotExists" => Operator::IfNotExists,
        other => panic!("no operator {other}"),
    }
}

pub fn verb(name: &str) -> Verb {
    match name {
        "set" => Verb::Set,
        "add" => Verb::Add,
        "subtract" => Verb::Subtract,
        "append" => Verb::Append,
        "delete" => Verb::Delete,
        "remove" => Verb::Remove,
        "ifNotExists" => Verb::IfNotExists,
        other => panic!("no verb {other}"),
    }
}

pub fn sort_operator(name: &str) -> SortOperator {
    match name {
        "begins" => SortOperator::Begins,
        "between" => SortOperator::Between,
        "gt" => SortOperator::Gt,
        "gte" => SortOperator::Gte,
        "lt" => SortOperator::Lt,
        "lte" => SortOperator::Lte,
        other => panic!("no comparison {other}"),
    }
}

pub fn path(schema: &Schema, steps: &[Json]) -> Path<'static> {
    let name = text(steps[0].as_str().unwrap());
    let steps = steps[1..].iter().map(|step| match step {
        Json::String(name) => Step::Property(text(name.clone())),
        other => Step::Index(u32::try_from(other.as_u64().unwrap()).unwrap()),
    });
    Path { slot: schema.slot(name), name, steps: steps.collect() }
}

/// Adds a token of the recorded form, and before it the tokens among its arguments; answers its number.
pub fn token(schema: &Schema, numbers: &mut Numbers, tokens: &mut Vec<Token<'static>>, form: &Json) -> u16 {
    let parts = form.as_array().unwrap();
    let operator = operator(parts[0].as_str().unwrap());
    let steps = parts[1].as_array().unwrap();
    let mut arguments = if steps.is_empty() { Vec::new() } else { vec![Argument::Path(path(schema, steps))] };
    for argument in &parts[2..] {
        arguments.push(match (argument.get("$token"), argument.get("$path")) {
            (Some(inner), _) => Argument::Token(token(schema, numbers, tokens, inner)),
            (_, Some(steps)) => Argument::Path(path(schema, steps.as_array().unwrap())),
            // The wrapper sends the name of `field` as a path that no attribute declares.
            _ if operator == Operator::Field => {
                Argument::Path(Path { slot: None, name: text(argument.as_str().unwrap()), steps: Vec::new() })
            }
            _ => Argument::Value(numbers.give(argument)),
        });
    }
    tokens.push(Token { operator, arguments });
    u16::try_from(tokens.len() - 1).unwrap()
}

/// A clause of the recorded form: pieces of text and the tokens between them.
pub fn clause(schema: &Schema, numbers: &mut Numbers, form: &Json) -> Clause<'static> {
    let mut tokens = Vec::new();
    let mut written = String::new();
    let pieces = form["text"].as_array().unwrap();
    for (position, piece) in pieces.iter().enumerate() {
        written.push_str(piece.as_str().unwrap());
        if let Some(inner) = form["tokens"].get(position) {
            let number = token(schema, numbers, &mut tokens, inner);
            write!(written, "\u{1}{number}\u{2}").unwrap();
        }
    }
    Clause { text: text(written), tokens }
}

pub fn one(form: Json) -> Json {
    json!({ "text": ["", ""], "tokens": [form] })
}

pub fn actions(schema: &Schema, numbers: &mut Numbers, row: &Json) -> Vec<Action<'static>> {
    let mut actions = Vec::new();
    for form in row["actions"].as_array().into_iter().flatten() {
        let verb = verb(form[0].as_str().unwrap());
        let mut push = |name: &str, operand| {
            let target = schema.slot(name).map_or(Target::Text(text(name)), Target::Slot);
            actions.push(Action { verb, target, operand, start: None, from_data: false, from_hook: false, checked: None });
        };
        match &form[1] {
            Json::Array(names) => names.iter().for_each(|name| push(name.as_str().unwrap(), Operand::None)),
            record => record.as_object().unwrap().iter().for_each(|(name, value)| push(name, Operand::Value(numbers.give(value)))),
        }
    }
    for form in row["data"].as_array().into_iter().flatten() {
        let operand = match form.get(2) {
            None => Operand::None,
            Some(operand) => match operand.get("$token") {
                Some(inner) => Operand::Expression(clause(schema, numbers, &one(inner.clone()))),
                None => match operand.get("$clause") {
                    Some(inner) => Operand::Expression(clause(schema, numbers, inner)),
                    None => Operand::Value(numbers.give(operand)),
                },
            },
        };
        actions.push(Action {
            verb: verb(form[0].as_str().unwrap()),
            target: Target::Path(path(schema, form[1].as_array().unwrap())),
            operand,
            start: form.get(3).map(|start| numbers.give(start)),
            from_data: true,
            from_hook: false,
            checked: None,
        });
    }
    actions
}
