//! The outer shape of what the user wrote: names, attributes and indexes. What stands inside an attribute or an index is read by its own file.

use super::Dialect;
use super::nearest::slip;
use crate::error::{Error, Kind, Result};
use crate::text::fill;
use crate::value::{Map, Value};

/// A definition whose parts have the right types and nothing more.
#[derive(Clone, Copy)]
pub(super) struct Definition<'a> {
    pub service: &'a str,
    pub entity: &'a str,
    pub version: &'a str,
    /// Whether names and version stand at the top instead of in `model`: ElectroDB's form before 1.0, whose keys have the version elsewhere.
    pub legacy: bool,
    pub attributes: Map<'a>,
    pub indexes: Map<'a>,
}

impl<'a> Definition<'a> {
    pub fn read(model: Value<'a>) -> Result<Self> {
        let Value::Map(outer) = model else {
            return Err(invalid("A model must be an object with `model`, `attributes` and `indexes`, not %0", &[&a(model)]));
        };
        let attributes = object(outer.get("attributes"), "attributes")?;
        let indexes = object(outer.get("indexes"), "indexes")?;
        if indexes.is_empty() {
            return Err(invalid("The model's `indexes` must declare at least the table's own key", &[]));
        }
        let inner = outer.get("model");
        let names = match (inner, outer.get("entity"), outer.get("service")) {
            (Value::Undefined, Value::String(entity), Value::String(service)) => {
                let version = match outer.get("version") {
                    Value::Undefined => "1",
                    other => name(other, "version")?,
                };
                Names { service, entity, version, legacy: true }
            }
            _ => {
                let inner = object(inner, "model")?;
                let service = name(inner.get("service"), "model.service")?;
                let entity = name(inner.get("entity"), "model.entity")?;
                Names { service, entity, version: name(inner.get("version"), "model.version")?, legacy: false }
            }
        };
        if names.entity.is_empty() {
            return Err(invalid("The model's `model.entity` must not be empty", &[]));
        }
        let Names { service, entity, version, legacy } = names;
        Ok(Self { service, entity, version, legacy, attributes, indexes })
    }
}

struct Names<'a> {
    service: &'a str,
    entity: &'a str,
    version: &'a str,
    legacy: bool,
}

fn object<'a>(value: Value<'a>, part: &str) -> Result<Map<'a>> {
    match value {
        Value::Map(map) => Ok(map),
        Value::Undefined => Err(invalid("The model lacks `%0`", &[part])),
        other => Err(invalid("The model's `%0` must be an object, not %1", &[part, &a(other)])),
    }
}

fn name<'a>(value: Value<'a>, part: &str) -> Result<&'a str> {
    match value {
        Value::String(text) => Ok(text),
        Value::Undefined => Err(invalid("The model lacks `%0`", &[part])),
        other => Err(invalid("The model's `%0` must be a string, not %1", &[part, &a(other)])),
    }
}

fn invalid(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidModel, pattern, texts)
}

/// What a value is, as a message says it: `a number`, `an array`, `null`.
pub(super) fn a(value: Value<'_>) -> String {
    let name = value.type_name();
    match name {
        "undefined" | "null" => name.to_owned(),
        _ if name.starts_with(['a', 'e', 'i', 'o']) => fill("an %0", &[name]),
        _ => fill("a %0", &[name]),
    }
}

/// A part of an attribute or an index: reads its options and says where it stands when one is wrong.
#[derive(Clone, Copy)]
pub(super) struct Part<'a, 'p> {
    pub options: Map<'a>,
    /// Such as "attribute `address.street`".
    pub place: &'p str,
    /// The code of a wrong option: ElectroDB checks options of top-level parts as the model's shape and nested ones as attributes.
    pub kind: Kind,
    /// Whether an option of a wrong type is read as JavaScript would read it instead of refused.
    pub lenient: bool,
}

impl<'a> Part<'a, '_> {
    #[cold]
    #[inline(never)]
    pub fn refuse(&self, option: &str, right: &str, value: Value<'a>) -> Error {
        Error::new(self.kind, fill("%0: `%1` must be %2, not %3", &[self.place, option, right, &a(value)]))
    }

    /// Refuses an option that would be one of these, which stand with spaces between, but for a slip, and would have no effect. Other
    /// options are the user's own, as they are with ElectroDB.
    #[inline(never)]
    pub fn check_names(&self, dialect: Dialect, known: &'static str) -> Result<()> {
        if dialect.refuses_unmeant_definitions() {
            for (option, _) in self.options.iter() {
                if known.split(' ').all(|name| name != option) {
                    let meant = slip(option, known.split(' '));
                    if !meant.is_empty() {
                        return Err(Error::of(self.kind, "%0: there is no option `%1`%2", &[self.place, option, &meant]));
                    }
                }
            }
        }
        Ok(())
    }

    pub fn string(&self, option: &str) -> Result<Option<&'a str>> {
        match self.options.get(option) {
            Value::Undefined => Ok(None),
            Value::String(text) => Ok(Some(text)),
            _ if self.lenient => Ok(None),
            other => Err(self.refuse(option, "a string", other)),
        }
    }

    pub fn boolean(&self, option: &str) -> Result<bool> {
        match self.options.get(option) {
            Value::Undefined => Ok(false),
            Value::Boolean(value) => Ok(value),
            other if self.lenient => Ok(is_truthy(other)),
            other => Err(self.refuse(option, "`true` or `false`", other)),
        }
    }

    pub fn function(&self, option: &str) -> Result<Option<u32>> {
        match self.options.get(option) {
            Value::Undefined => Ok(None),
            Value::Function(hook) => Ok(Some(hook)),
            other => Err(self.refuse(option, "a function", other)),
        }
    }

    /// The choice that stands at the position of the option's value among the names.
    pub fn choice<T: Copy>(&self, option: &str, names: &[&str], choices: &[T]) -> Result<Option<T>> {
        Ok(self.position(option, names)?.and_then(|position| choices.get(position)).copied())
    }

    #[inline(never)]
    fn position(&self, option: &str, names: &[&str]) -> Result<Option<usize>> {
        let value = self.options.get(option);
        let Value::String(text) = value else {
            return match value {
                Value::Undefined => Ok(None),
                _ if self.lenient => Ok(None),
                other => Err(self.refuse(option, &list(names), other)),
            };
        };
        let position = names.iter().position(|name| *name == text);
        if position.is_some() || self.lenient {
            return Ok(position);
        }
        let suggestion = super::nearest::suggestion(text, names.iter().copied());
        Err(Error::new(self.kind, fill("%0: `%1` must be %2%3", &[self.place, option, &list(names), &suggestion])))
    }
}

/// Names as a message lists what is possible.
pub(super) fn list(names: &[&str]) -> String {
    let mut text = String::new();
    for (position, name) in names.iter().enumerate() {
        let before = match position {
            0 => "`",
            _ if position + 1 == names.len() => "` or `",
            _ => "`, `",
        };
        text.push_str(before);
        text.push_str(name);
    }
    text.push('`');
    text
}

/// Whether JavaScript takes the value for true in a condition.
pub(super) fn is_truthy(value: Value<'_>) -> bool {
    match value {
        Value::Undefined | Value::Null | Value::Boolean(false) | Value::Integer(0) => false,
        Value::Decimal(text) => text != "NaN",
        Value::BigInt(text) => text != "0",
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

/// The identifier fields that the options give the entity, over ElectroDB's own.
pub(super) fn identifiers(value: Value<'_>) -> Result<super::Identifiers> {
    let read = |member: &str, standard: &str| -> Result<Box<str>> {
        let given = match value {
            Value::Map(map) => map.get(member),
            _ => Value::Undefined,
        };
        match given {
            Value::String(text) if !text.is_empty() => Ok(text.into()),
            other if is_truthy(other) => {
                Err(Error::of(Kind::InvalidIdentifier, "`identifiers.%0` must be a field name, not %1", &[member, &a(other)]))
            }
            _ => Ok(standard.into()),
        }
    };
    Ok(super::Identifiers { entity: read("entity", "__edb_e__")?, version: read("version", "__edb_v__")? })
}
