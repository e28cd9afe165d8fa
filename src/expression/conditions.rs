//! The `conditions` option of writes: an object or array of tests as one clause. `where` callbacks are `condition`'s work.

use super::attribute_path::{AttributePath, refuse_attribute};
use super::condition::{Existence, existence};
use super::placeholder::{Placeholders, Scope};
use super::text::{condition_text, invalid, name_of};
use crate::call::Operator;
use crate::error::{Error, Result};
use crate::request::Source;
use crate::schema::nearest::suggestion;
use crate::schema::{AttributeKind, Schema, Slot};
use crate::text::{count, fill};
use crate::value::{List, Map, Value};

/// The operators of the form `{attr, <operator>: value}`, beside `size`.
const OPERATORS: [Operator; 13] = [
    Operator::Eq,
    Operator::Ne,
    Operator::Gt,
    Operator::Gte,
    Operator::Lt,
    Operator::Lte,
    Operator::Between,
    Operator::Begins,
    Operator::Contains,
    Operator::NotContains,
    Operator::In,
    Operator::Exists,
    Operator::Type,
];
/// How many of them compare, and may therefore compare sizes.
const COMPARISONS: usize = 6;
const SIZE: &str = "size";
const TYPES: [&str; 10] = ["S", "SS", "N", "NS", "B", "BS", "BOOL", "NULL", "L", "M"];

/// The clause of `conditions` in the options, which are the call's value of this number; none where it adds nothing to `standing`,
/// which the operation demands anyway.
///
/// # Errors
/// As [`equality_values`], and 1012 for conditions that contradict the operation.
pub fn conditions(
    schema: &Schema,
    placeholders: &mut Placeholders,
    number: u16,
    options: Map<'_>,
    standing: Option<Existence>,
) -> Result<Option<String>> {
    let conditions = options.get("conditions");
    if conditions.is_undefined() {
        return Ok(None);
    }
    let path = vec!["conditions".to_owned()];
    let mut tests = Tests { schema, placeholders, number, path, standing, text: String::new(), stated: Vec::new() };
    tests.walk(conditions)?;
    Ok(Some(tests.text).filter(|text| !text.is_empty()))
}

/// The values that conditions state of whole attributes, each by its slot and its place in the conditions. Unlike [`conditions`] it has to be
/// asked on every call: what is wrong with values is no part of a call's shape.
///
/// # Errors
/// 1012 for conditions that state nothing, `undefined` or two values of one attribute; `UnknownAttribute` for unknown attributes.
pub fn equality_values(schema: &Schema, conditions: Value<'_>) -> Result<Vec<(Slot, Vec<String>)>> {
    let mut values = Vec::new();
    if conditions.is_undefined() {
        return Ok(values);
    }
    let placeholders = &mut Placeholders::new();
    let mut tests = Tests { schema, placeholders, number: 0, path: Vec::new(), standing: None, text: String::new(), stated: Vec::new() };
    tests.walk(conditions)?;
    for (slot, _, path) in tests.stated {
        values.push((slot, path));
    }
    Ok(values)
}

struct Tests<'a, 'p> {
    schema: &'a Schema,
    placeholders: &'p mut Placeholders,
    number: u16,
    /// Where the walk is in the options.
    path: Vec<String>,
    standing: Option<Existence>,
    text: String,
    /// The equality values of whole attributes.
    stated: Vec<(Slot, Value<'a>, Vec<String>)>,
}

impl<'a> Tests<'a, '_> {
    fn walk(&mut self, value: Value<'a>) -> Result<()> {
        match value {
            Value::List(list) if !list.is_empty() => {
                for (position, member) in list.iter().enumerate() {
                    self.path.push(count(position));
                    self.walk(member)?;
                    self.path.pop();
                }
                Ok(())
            }
            // A declared attribute wins over a keyword.
            Value::Map(map) if !map.is_empty() && self.schema.slot("attr").is_none() && map.iter().any(|(name, _)| name == "attr") => {
                self.attribute(map)
            }
            Value::Map(map) if !map.is_empty() => self.equalities(map),
            _ => Err(invalid("`conditions` is an object or an array of objects that state something", &[])),
        }
    }

    fn equalities(&mut self, map: Map<'a>) -> Result<()> {
        for (name, value) in map.iter() {
            if name == "exists" && self.schema.slot(name).is_none() {
                self.existence(value)?;
                continue;
            }
            let path = self.resolve(name)?;
            let scalar = match path.node() {
                Some(node) => {
                    matches!(node.kind, AttributeKind::String | AttributeKind::Number | AttributeKind::Boolean | AttributeKind::Enum(_))
                }
                None => false,
            };
            if scalar && matches!(value, Value::List(_) | Value::Map(_) | Value::Set(_)) {
                return Err(refuse(name, "is compared with a value of another type"));
            }
            self.path.push(name.to_owned());
            let operand = self.operand(&path, name, value)?;
            self.state(&path, value)?;
            self.path.pop();
            let text = path.render(self.placeholders, Scope::Condition);
            self.add(&condition_text(Operator::Eq, &text, &[operand]));
        }
        Ok(())
    }

    /// `{exists}` speaks of the item. It is not said twice, and what the operation demands cannot be taken back.
    fn existence(&mut self, value: Value<'_>) -> Result<()> {
        let Value::Boolean(exists) = value else { return Err(refuse("exists", "is true or false")) };
        let wanted = if exists { Existence::Present } else { Existence::Absent };
        match self.standing {
            Some(standing) if standing == wanted => Ok(()),
            Some(_) => Err(refuse("exists", "contradicts what the operation or another condition demands")),
            None => {
                self.standing = Some(wanted);
                let mut fields: Vec<&str> = Vec::new();
                if let Some(index) = self.schema.primary_index() {
                    fields.push(&index.partition.field);
                    if let Some(sort) = &index.sort {
                        fields.push(&sort.field);
                    }
                }
                let text = existence(self.placeholders, &fields, wanted);
                self.add(&text);
                Ok(())
            }
        }
    }

    /// The form `{attr, <operator>: value, ...}`.
    fn attribute(&mut self, map: Map<'a>) -> Result<()> {
        let Value::String(name) = map.get("attr") else { return Err(refuse("attr", "is the path of an attribute, as a string")) };
        let path = self.resolve(name)?;
        if map.len() == 1 {
            return Err(refuse(name, "is named and nothing is stated of it"));
        }
        let text = path.render(self.placeholders, Scope::Condition);
        for (operator, value) in map.iter() {
            if operator == "attr" {
                continue;
            }
            self.path.push(operator.to_owned());
            if operator == SIZE {
                self.size(&path, &text, value)?;
            } else {
                self.test(&path, &text, operator, value)?;
            }
            self.path.pop();
        }
        Ok(())
    }

    fn test(&mut self, path: &AttributePath<'a>, text: &str, name: &str, value: Value<'a>) -> Result<()> {
        let Some(operator) = operator_of(name, &OPERATORS) else {
            let names = OPERATORS.iter().map(|operator| name_of(*operator));
            return Err(invalid("`conditions` has no operator `%0`%1", &[name, &suggestion(name, names)]));
        };
        let operands = match (operator, value) {
            (Operator::Exists, Value::Boolean(exists)) => {
                let operator = if exists { Operator::Exists } else { Operator::NotExists };
                self.add(&condition_text(operator, text, &[]));
                return Ok(());
            }
            (Operator::Between, Value::List(list)) if list.len() == 2 => self.members(path, name, list)?,
            (Operator::In, Value::List(list)) if (1..=100).contains(&list.len()) => self.members(path, name, list)?,
            (Operator::Type, Value::String(letter)) if TYPES.contains(&letter) => vec![self.operand(path, name, value)?],
            (Operator::Exists, _) => return Err(refuse(name, "is true or false")),
            (Operator::Between, _) => return Err(refuse(name, "takes a list of two values")),
            (Operator::In, _) => return Err(refuse(name, "takes a list of 1 to 100 values")),
            (Operator::Type, _) => return Err(refuse(name, "takes one of DynamoDB's types, such as `S` or `NULL`")),
            _ => vec![self.operand(path, name, value)?],
        };
        if operator == Operator::Eq {
            self.state(path, value)?;
        }
        self.add(&condition_text(operator, text, &operands));
        Ok(())
    }

    /// `size` takes a number or comparisons with numbers.
    fn size(&mut self, path: &AttributePath<'a>, text: &str, value: Value<'a>) -> Result<()> {
        let text = fill("size(%0)", &[text]);
        match value {
            Value::Integer(_) => {
                let operand = self.operand(path, SIZE, value)?;
                self.add(&condition_text(Operator::Eq, &text, &[operand]));
            }
            Value::Map(map) if !map.is_empty() => {
                for (name, value) in map.iter() {
                    let comparisons = OPERATORS.get(..COMPARISONS).unwrap_or_default();
                    let (Some(operator), Value::Integer(_)) = (operator_of(name, comparisons), value) else { return Err(refuse_size()) };
                    self.path.push(name.to_owned());
                    let operand = self.operand(path, name, value)?;
                    self.path.pop();
                    self.add(&condition_text(operator, &text, &[operand]));
                }
            }
            _ => return Err(refuse_size()),
        }
        Ok(())
    }

    fn members(&mut self, path: &AttributePath<'_>, operator: &str, list: List<'_>) -> Result<Vec<String>> {
        let mut members = Vec::new();
        for (position, member) in list.iter().enumerate() {
            self.path.push(count(position));
            members.push(self.operand(path, operator, member)?);
            self.path.pop();
        }
        Ok(members)
    }

    /// A missing value must never become a condition that always or never holds.
    fn operand(&mut self, path: &AttributePath<'_>, name: &str, value: Value<'_>) -> Result<String> {
        if matches!(value, Value::Undefined | Value::Function(_) | Value::RegExp(_)) {
            return Err(refuse(name, "needs a value"));
        }
        Ok(self.placeholders.value(Scope::Condition, path.value_name(), Source::Part(self.number, self.path.clone())))
    }

    /// Notes what the walk stands at as the value of a whole attribute.
    fn state(&mut self, path: &AttributePath<'_>, value: Value<'a>) -> Result<()> {
        let Some(slot) = path.slot().filter(|_| path.is_top_level()) else { return Ok(()) };
        for (known, stated, _) in &self.stated {
            if *known == slot {
                return if *stated == value { Ok(()) } else { Err(refuse(path.value_name(), "is stated to have two different values")) };
            }
        }
        self.stated.push((slot, value, self.path.clone()));
        Ok(())
    }

    fn resolve(&self, name: &'a str) -> Result<AttributePath<'a>> {
        match AttributePath::of_text(self.schema, name) {
            Some(path) => Ok(path),
            None => Err(refuse_attribute(self.schema, name)),
        }
    }

    fn add(&mut self, term: &str) {
        if !self.text.is_empty() {
            self.text.push_str(" AND ");
        }
        self.text.push_str(term);
    }
}

fn operator_of(name: &str, operators: &[Operator]) -> Option<Operator> {
    operators.iter().copied().find(|operator| name_of(*operator) == name)
}

#[cold]
fn refuse(name: &str, reason: &str) -> Error {
    invalid("`%0` in `conditions` %1", &[name, reason])
}

#[cold]
fn refuse_size() -> Error {
    refuse(SIZE, "takes a whole number, or comparisons with one such as `{ gt: 1 }`")
}
