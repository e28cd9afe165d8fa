//! Attribute definitions, top-level and nested, read into attributes. Which other attributes one watches is read by `watch`.

use super::definition::{Part, a, is_truthy, list};
use super::nearest::suggestion;
use super::{Attribute, AttributeKind, Cast, Default, Dialect, EnumMember, Padding, Watch};
use crate::error::{Error, Kind, Result};
use crate::text::{count, fill, integer, integer_in};
use crate::value::{List, Map, Value};

/// More levels than DynamoDB stores could hold no value.
const DEEPEST: usize = 100;

const TYPES: [&str; 9] = ["string", "number", "boolean", "any", "custom", "list", "map", "set", "enum"];

/// Reads the attributes of a model.
pub(super) fn compile(definitions: Map<'_>, dialect: Dialect) -> Result<Vec<Attribute>> {
    let mut compiler = Compiler { dialect, nodes: 0, path: Vec::new() };
    compiler.members(definitions)
}

struct Compiler<'a> {
    dialect: Dialect,
    nodes: usize,
    path: Vec<&'a str>,
}

impl<'a> Compiler<'a> {
    fn members(&mut self, definitions: Map<'a>) -> Result<Vec<Attribute>> {
        let mut attributes = Vec::with_capacity(definitions.len());
        for (name, definition) in definitions.iter() {
            self.path.push(name);
            attributes.push(self.attribute(name, definition)?);
            self.path.pop();
        }
        self.check_fields(&attributes)?;
        Ok(attributes)
    }

    /// Two attributes in one field would overwrite each other.
    fn check_fields(&self, attributes: &[Attribute]) -> Result<()> {
        for (position, attribute) in attributes.iter().enumerate() {
            let taken = |other: &&Attribute| {
                other.field == attribute.field || self.dialect.takes_names_for_fields() && other.field == attribute.name
            };
            if let Some(owner) = attributes.iter().take(position).find(taken) {
                return Err(refuse(
                    "%0: its field `%1` is already the field of `%2`; every attribute needs its own",
                    &[&self.place_of(&attribute.name), &owner.field, &owner.name],
                ));
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, definition: Value<'a>) -> Result<Attribute> {
        let node = u16::try_from(self.nodes).map_err(|_| self.refuse("a model can have at most 65536 attributes", &[]))?;
        self.nodes += 1;
        if self.path.len() > DEEPEST {
            return Err(refuse("The attribute `%0` nests deeper than %1 levels", &[self.path.first().unwrap_or(&""), &count(DEEPEST)]));
        }
        let nested = self.path.len() > 1;
        match definition {
            Value::Map(options) => self.described(name, node, options),
            Value::String(_) | Value::List(_) if !nested => {
                let kind = self.kind(definition, None)?;
                Ok(plain(name, node, kind))
            }
            _ if nested && !self.dialect.refuses_unmeant_definitions() => Ok(plain(name, node, AttributeKind::String)),
            other => {
                let kind = if nested { Kind::InvalidAttributeDefinition } else { Kind::InvalidModel };
                Err(Error::of(kind, "%0: a definition must be an object with a `type`, not %1", &[&self.place(), &a(other)]))
            }
        }
    }

    fn described(&mut self, name: &str, node: u16, options: Map<'a>) -> Result<Attribute> {
        let place = self.place();
        let nested = self.path.len() > 1;
        let strict = self.dialect.refuses_unmeant_definitions();
        let part = Part {
            options,
            place: &place,
            kind: if nested { Kind::InvalidAttributeDefinition } else { Kind::InvalidModel },
            lenient: nested && !strict,
        };
        part.check_names(
            self.dialect,
            "type field required readOnly hidden label cast padding default get set validate watch items properties",
        )?;
        let kind = match options.get("type") {
            given if part.lenient && !is_truthy(given) => AttributeKind::String,
            Value::Undefined => {
                return Err(Error::new(part.kind, fill("%0: the definition lacks a `type`; it can be %1", &[&place, &types()])));
            }
            given @ (Value::String(_) | Value::List(_)) => self.kind(given, Some(options))?,
            other if part.lenient => return Err(self.refuse("`type` cannot be %0; it can be %1", &[&a(other), &types()])),
            other => return Err(part.refuse("type", "a type's name or a list of allowed values", other)),
        };
        let field = match options.get("field") {
            // ElectroDB takes zero for none.
            Value::Integer(number) if part.lenient && number != 0 => Some(integer(number).into_boxed_str()),
            Value::Integer(_) if part.lenient => None,
            _ => part.string("field")?.filter(|field| !field.is_empty()).map(Box::from),
        };
        let field = field.unwrap_or_else(|| name.into());
        if !self.dialect.carries_member(&field) {
            return Err(self.refuse("the AWS SDK's document client loses what is stored as `%0`; give another `field`", &[&field]));
        }
        let mut attribute = plain(name, node, kind);
        attribute.field = field;
        attribute.required = part.boolean("required")?;
        attribute.read_only = part.boolean("readOnly")?;
        attribute.hidden = part.boolean("hidden")?;
        attribute.padding = padding(&part)?;
        attribute.label = part.string("label")?.map(Box::from);
        attribute.cast = part.choice("cast", &["string", "number"], &[Cast::String, Cast::Number])?;
        attribute.default = match options.get("default") {
            Value::Undefined => Default::None,
            Value::Function(hook) => Default::Function(hook),
            _ => Default::Value,
        };
        attribute.get = part.function("get")?;
        attribute.set = part.function("set")?;
        attribute.validate = validate(&part)?;
        Ok(attribute)
    }

    fn kind(&mut self, definition: Value<'a>, options: Option<Map<'a>>) -> Result<AttributeKind> {
        let strict = self.dialect.refuses_unmeant_definitions();
        let name = match definition {
            Value::String(name) => name,
            Value::List(members) => return Ok(AttributeKind::Enum(self.members_of_enum(members)?)),
            _ => "",
        };
        let option = |name: &str| options.map_or(Value::Undefined, |options| options.get(name));
        Ok(match name {
            "string" => AttributeKind::String,
            "number" => AttributeKind::Number,
            "boolean" => AttributeKind::Boolean,
            "any" => AttributeKind::Any,
            "custom" => AttributeKind::Custom,
            "map" => AttributeKind::Map(self.properties(option("properties"))?),
            "list" => AttributeKind::List(Box::new(self.items(option("items"))?)),
            "set" => AttributeKind::Set(Box::new(self.members_of_set(option("items"))?)),
            "" if !strict => AttributeKind::String,
            "static" if !strict => AttributeKind::Custom,
            "enum" if !strict => AttributeKind::Enum(Vec::new()),
            "enum" => return Err(self.refuse("an enum's `type` is the list of its values", &[])),
            other => {
                return Err(self.refuse("there is no type `%0`%1; it can be %2", &[other, &suggestion(other, TYPES), &types()]));
            }
        })
    }

    fn members_of_enum(&self, members: List<'a>) -> Result<Vec<EnumMember>> {
        let strict = self.dialect.refuses_unmeant_definitions();
        if strict && members.is_empty() {
            return Err(self.refuse("an enum needs at least one value", &[]));
        }
        let member = |value: Value<'a>| match value {
            Value::String(text) => Ok(EnumMember::String(text.into())),
            Value::Integer(number) => Ok(EnumMember::Number(integer(number).into())),
            Value::Decimal(text) => Ok(EnumMember::Number(text.into())),
            other if strict => Err(self.refuse("an enum's values must be strings or numbers, not %0", &[&a(other)])),
            Value::Boolean(value) => Ok(EnumMember::Boolean(value)),
            Value::Null => Ok(EnumMember::Null),
            _ => Ok(EnumMember::Unmatched),
        };
        let mut all = Vec::new();
        for value in members.iter() {
            all.push(member(value)?);
        }
        Ok(all)
    }

    fn properties(&mut self, definition: Value<'a>) -> Result<Vec<Attribute>> {
        match definition {
            Value::Map(properties) => self.members(properties),
            Value::List(_) if !self.dialect.refuses_unmeant_definitions() => Ok(Vec::new()),
            other => {
                Err(self.refuse("a map needs `properties`, an object of attribute definitions (it can be empty), not %0", &[&a(other)]))
            }
        }
    }

    fn items(&mut self, definition: Value<'a>) -> Result<Attribute> {
        if self.dialect.refuses_unmeant_definitions() && !matches!(definition, Value::Map(_)) {
            return Err(
                self.refuse("a list needs `items`, the definition of its members such as `{type: \"string\"}`, not %0", &[&a(definition)])
            );
        }
        self.path.push("*");
        let items = self.attribute("", definition)?;
        self.path.pop();
        Ok(items)
    }

    fn members_of_set(&mut self, definition: Value<'a>) -> Result<Attribute> {
        self.path.push("*");
        let node = u16::try_from(self.nodes).unwrap_or(u16::MAX);
        self.nodes += 1;
        let kind = match definition {
            Value::String("string") => Some(AttributeKind::String),
            Value::String("number") => Some(AttributeKind::Number),
            Value::String("boolean") if !self.dialect.refuses_unmeant_definitions() => Some(AttributeKind::Boolean),
            Value::String("enum") if !self.dialect.refuses_unmeant_definitions() => Some(AttributeKind::Enum(Vec::new())),
            Value::List(members) => Some(AttributeKind::Enum(self.members_of_enum(members)?)),
            _ => None,
        };
        self.path.pop();
        match kind {
            Some(kind) => Ok(plain("", node, kind)),
            None => Err(self.refuse("a set's `items` must be `\"string\"`, `\"number\"` or a list of allowed values", &[])),
        }
    }

    #[cold]
    #[inline(never)]
    fn refuse(&self, pattern: &'static str, texts: &[&str]) -> Error {
        refuse("%0: %1", &[&self.place(), &fill(pattern, texts)])
    }

    fn place(&self) -> String {
        let mut text = String::from("Attribute `");
        for (position, step) in self.path.iter().enumerate() {
            if *step == "*" && position > 0 {
                text.push_str("[*]");
            } else {
                if position > 0 {
                    text.push('.');
                }
                text.push_str(step);
            }
        }
        text.push('`');
        text
    }

    fn place_of(&self, name: &str) -> String {
        match self.path.first() {
            Some(_) => fill("%0, property `%1`", &[&self.place(), name]),
            None => fill("Attribute `%0`", &[name]),
        }
    }
}

fn refuse(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidAttributeDefinition, pattern, texts)
}

fn types() -> String {
    let named = TYPES.split_last().map_or(&[][..], |(_, named)| named);
    fill("%0 or a list of allowed values", &[&list(named)])
}

/// An attribute that only a type describes.
#[inline(never)]
fn plain(name: &str, node: u16, kind: AttributeKind) -> Attribute {
    Attribute {
        name: name.into(),
        field: name.into(),
        node,
        kind,
        required: false,
        read_only: false,
        hidden: false,
        padding: None,
        label: None,
        cast: None,
        default: Default::None,
        get: None,
        set: None,
        validate: None,
        watch: Watch::None,
    }
}

fn validate(part: &Part<'_, '_>) -> Result<Option<u32>> {
    match part.options.get("validate") {
        Value::Undefined => Ok(None),
        Value::Function(hook) | Value::RegExp(hook) => Ok(Some(hook)),
        _ if part.lenient => Ok(None),
        other => Err(part.refuse("validate", "a function or a regular expression", other)),
    }
}

fn padding(part: &Part<'_, '_>) -> Result<Option<Padding>> {
    let options = match part.options.get("padding") {
        Value::Undefined => return Ok(None),
        Value::Map(options) => options,
        _ if part.lenient => return Ok(None),
        other => return Err(part.refuse("padding", "an object of `length` and `char`", other)),
    };
    let length = match options.get("length") {
        Value::Integer(length) => u32::try_from(length.max(0)).unwrap_or(u32::MAX),
        Value::Decimal(text) if text.ends_with(|last: char| last.is_ascii_digit()) => {
            text.split('.').next().and_then(integer_in).unwrap_or(0)
        }
        _ if part.lenient => return Ok(None),
        other => return Err(part.refuse("padding.length", "a number", other)),
    };
    match options.get("char") {
        Value::String(text) => Ok(Some(Padding { length, text: text.into() })),
        _ if part.lenient => Ok(None),
        other => Err(part.refuse("padding.char", "a string", other)),
    }
}
