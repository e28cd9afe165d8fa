//! One value against one attribute, at any depth: its type, its required and undeclared members, and whether DynamoDB could store it.
//! Hooks and `validate` run in the wrapper. Nothing is allocated while all is well.

use super::storage;
use super::trail::Trail;
use crate::error::{Field, Kind};
use crate::schema::nearest::suggestion;
use crate::schema::{Attribute, AttributeKind, Dialect, EnumMember};
use crate::text::{fill, integer_in, push_integer};
use crate::value::{List, Map, Value};

/// What is asked of values, and the fields that were refused so far.
#[derive(Debug)]
pub struct Checker {
    /// Whether values must have their attribute's type and all that it requires.
    pub types: bool,
    /// Whether values must be what DynamoDB stores and gives back unchanged.
    pub storage: bool,
    /// Whether members that a map does not declare are refused.
    pub unknown: bool,
    /// The refused values in schema order.
    pub fields: Vec<Field>,
}

impl Checker {
    /// Asks all that the dialect asks.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { types: true, storage: dialect.checks_storage(), unknown: dialect.refuses_unknown_names(), fields: Vec::new() }
    }

    /// Refuses a value.
    #[cold]
    #[inline(never)]
    pub fn refuse(&mut self, kind: Kind, trail: &Trail<'_>, what: &str) {
        let path = trail.text();
        let reason = fill("`%0` %1", &[&path, what]);
        self.fields.push(Field { kind, path, reason, index: trail.position() });
    }

    /// Checks a value that is there.
    pub fn value(&mut self, attribute: &Attribute, value: Value<'_>, trail: &Trail<'_>) {
        match (&attribute.kind, value) {
            (AttributeKind::String, Value::String(_))
            | (AttributeKind::Number, Value::Integer(_))
            | (AttributeKind::Boolean, Value::Boolean(_)) => {}
            (AttributeKind::String, Value::IllFormed(_)) | (AttributeKind::Number, Value::Decimal(_)) => self.stored(value, trail),
            (AttributeKind::Enum(members), value) if is_member(members, value) => self.stored(value, trail),
            (AttributeKind::Map(properties), Value::Map(map)) => self.map(properties, map, trail),
            (AttributeKind::List(items), Value::List(list)) => self.list(items, list, trail),
            // A set is made after its hooks, and can only be made of what it holds.
            (AttributeKind::Set(_), value) if !self.types => {
                self.types = true;
                self.value(attribute, value, trail);
                self.types = false;
            }
            (AttributeKind::Set(items), Value::Set(list) | Value::List(list)) => self.set(items, list, trail),
            // ElectroDB takes a single member for a set of it.
            (AttributeKind::Set(items), Value::String(_) | Value::IllFormed(_) | Value::Integer(_) | Value::Decimal(_)) => {
                self.value(items, value, &trail.members());
            }
            (AttributeKind::Any | AttributeKind::Custom, value) => self.stored(value, trail),
            (kind, value) if self.types => {
                let what = wrong(kind, value);
                self.refuse(Kind::InvalidAttribute, trail, &what);
            }
            (_, value) => self.stored(value, trail),
        }
    }

    /// Checks a value that no attribute describes.
    pub fn stored(&mut self, value: Value<'_>, trail: &Trail<'_>) {
        if self.storage {
            storage::check(self, value, trail);
        }
    }

    fn map(&mut self, properties: &[Attribute], map: Map<'_>, trail: &Trail<'_>) {
        let mut found = 0;
        // Users mostly write members in the order of the definition, so the next one is tried before all are searched.
        let mut members = map.iter().peekable();
        for property in properties {
            let next = members.next_if(|(name, _)| *name == &*property.name);
            let value = next.map_or_else(|| map.get(&property.name), |(_, value)| value);
            if !value.is_undefined() {
                found += 1;
                self.value(property, value, &trail.name(&property.name));
            } else if property.required && self.types {
                self.refuse(Kind::MissingRequiredAttribute, &trail.name(&property.name), "is required");
            }
        }
        if self.unknown && self.types && found < map.len() {
            self.undeclared(properties, map, trail);
        }
    }

    fn undeclared(&mut self, properties: &[Attribute], map: Map<'_>, trail: &Trail<'_>) {
        for (name, _) in map.iter().filter(|(_, value)| !value.is_undefined()) {
            if properties.iter().all(|property| *property.name != *name) {
                let suggestion = suggestion(name, properties.iter().map(|property| &*property.name));
                let what = fill("is no declared property of `%0`%1", &[&trail.text(), &suggestion]);
                self.refuse(Kind::UnknownAttribute, &trail.name(name), &what);
            }
        }
    }

    fn list(&mut self, items: &Attribute, list: List<'_>, trail: &Trail<'_>) {
        // `undefined` members are left out of what is stored, and positions count what is left.
        for (position, value) in (0u32..).zip(list.iter().filter(|value| !value.is_undefined())) {
            self.value(items, value, &trail.member(position));
        }
    }

    fn set(&mut self, items: &Attribute, members: List<'_>, trail: &Trail<'_>) {
        let before = self.fields.len();
        if self.storage && members.is_empty() {
            self.refuse(Kind::InvalidAttribute, trail, "is an empty set, which DynamoDB cannot store: leave the attribute out");
            return;
        }
        let trail = trail.members();
        for member in members.iter() {
            if !member.is_undefined() {
                self.value(items, member, &trail);
            } else if self.storage {
                self.refuse(Kind::InvalidAttribute, &trail, "is `undefined`, which no set can hold");
            }
        }
        if self.storage && self.fields.len() == before {
            storage::check_members(self, members, &trail);
        }
    }
}

fn is_member(members: &[EnumMember], value: Value<'_>) -> bool {
    members.iter().any(|member| match (member, value) {
        (EnumMember::String(text), Value::String(given)) => **text == *given,
        (EnumMember::Number(text), Value::Decimal(given)) => **text == *given,
        (EnumMember::Number(text), Value::Integer(given)) => integer_in(text) == Some(given),
        (EnumMember::Boolean(value), Value::Boolean(given)) => *value == given,
        (EnumMember::Null, Value::Null) => true,
        _ => false,
    })
}

/// What a value of a wrong type should have been.
#[cold]
#[inline(never)]
fn wrong(kind: &AttributeKind, value: Value<'_>) -> String {
    let given = value.type_name();
    let right = match kind {
        AttributeKind::Enum(members) => return outside(members, value),
        AttributeKind::Number if given == "bigint" => {
            return "must be a number, not a BigInt: only an attribute of type `any` can hold one".to_owned();
        }
        AttributeKind::Set(_) => "a set or an array of its members",
        AttributeKind::List(_) => "an array",
        AttributeKind::Map(_) => "an object",
        AttributeKind::Number => "a number",
        AttributeKind::Boolean => "a boolean",
        _ => "a string",
    };
    fill("must be %0, not %1", &[right, given])
}

/// What an enum's value should have been; of the value, only a number is shown.
fn outside(members: &[EnumMember], value: Value<'_>) -> String {
    let mut text = String::from("must be one of ");
    for (position, member) in members.iter().enumerate() {
        let name = match member {
            EnumMember::String(name) | EnumMember::Number(name) => &**name,
            EnumMember::Boolean(true) => "true",
            EnumMember::Boolean(false) => "false",
            EnumMember::Null => "null",
            EnumMember::Unmatched => continue,
        };
        text.push_str(if position == 0 { "`" } else { ", `" });
        text.push_str(name);
        text.push('`');
    }
    text.push_str(", not ");
    match value {
        Value::Integer(number) => push_integer(&mut text, number),
        Value::Decimal(number) => text.push_str(number),
        Value::String(_) | Value::IllFormed(_) => text.push_str("another string"),
        other => text.push_str(other.type_name()),
    }
    text
}
