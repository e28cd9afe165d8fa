//! The `conditions` option of writes: an object or array of tests as one clause. `where` callbacks are `condition`'s work.

use super::attribute_path::{AttributePath, refuse_attribute};
use super::condition::{Existence, existence};
use super::operand::invalid;
use super::placeholder::{Placeholders, Scope};
use crate::error::{Error, Result};
use crate::request::Source;
use crate::schema::nearest::suggestion;
use crate::schema::{AttributeKind, Schema, Slot};
use crate::value::{Map, Value};

const OPERATORS: [&str; 14] =
    ["eq", "ne", "gt", "gte", "lt", "lte", "between", "begins", "contains", "notContains", "in", "exists", "type", "size"];
const TYPES: [&str; 10] = ["S", "SS", "N", "NS", "B", "BS", "BOOL", "NULL", "L", "M"];

/// The clause of `conditions` in the options, which are the call's value of this number; none where it adds nothing to `standing`,
/// which the operation demands anyway. It depends on the structure only: what depends on values is refused by [`equality_values`].
///
/// # Errors
/// 1012 for conditions that state nothing, state `undefined` or contradict the operation; `UnknownAttribute` for unknown attributes.
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
    let mut tests = Tests { schema, placeholders, number, path: vec!["conditions".to_owned()], standing, terms: Vec::new() };
    tests.walk(conditions)?;
    Ok(if tests.terms.is_empty() { None } else { Some(tests.terms.join(" AND ")) })
}

struct Tests<'s, 'p> {
    schema: &'s Schema,
    placeholders: &'p mut Placeholders,
    number: u16,
    /// Where the walk is in the options.
    path: Vec<String>,
    standing: Option<Existence>,
    terms: Vec<String>,
}

impl Tests<'_, '_> {
    fn walk(&mut self, value: Value<'_>) -> Result<()> {
        match value {
            Value::List(list) if !list.is_empty() => {
                for (position, member) in list.iter().enumerate() {
                    self.within(&position.to_string(), |tests| tests.walk(member))?;
                }
                Ok(())
            }
            Value::Map(map) if !map.is_empty() => match test_of(self.schema, map) {
                Some(path) => self.attribute(path, map),
                None => self.equalities(map),
            },
            Value::List(_) | Value::Map(_) => Err(invalid("`conditions` states nothing; leave it out or state a test")),
            other => Err(invalid(format!("`conditions` is an object or an array of objects, not {}", other.type_name()))),
        }
    }

    fn within<T>(&mut self, step: &str, run: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.path.push(step.to_owned());
        let answer = run(self);
        self.path.pop();
        answer
    }

    fn equalities(&mut self, map: Map<'_>) -> Result<()> {
        for (name, value) in map.iter() {
            if is_existence(self.schema, name) {
                self.existence(value)?;
                continue;
            }
            let path = AttributePath::of_text(self.schema, name).ok_or_else(|| refuse_attribute(self.schema, name))?;
            let scalar = path.node().is_some_and(|node| {
                matches!(node.kind, AttributeKind::String | AttributeKind::Number | AttributeKind::Boolean | AttributeKind::Enum(_))
            });
            if scalar && matches!(value, Value::List(_) | Value::Map(_) | Value::Set(_)) {
                return Err(invalid(format!("`conditions` compares `{name}` with a value of type {}", value.type_name())));
            }
            let operand = self.within(name, |tests| tests.operand(&path, name, value))?;
            let text = path.render(self.placeholders, Scope::Condition);
            self.terms.push(format!("{text} = {operand}"));
        }
        Ok(())
    }

    /// `{exists}` speaks of the item. It is not said twice, and what the operation demands cannot be taken back.
    fn existence(&mut self, value: Value<'_>) -> Result<()> {
        let Value::Boolean(exists) = value else { return Err(invalid("`exists` in `conditions` is true or false")) };
        let wanted = if exists { Existence::Present } else { Existence::Absent };
        match self.standing {
            Some(standing) if standing == wanted => {}
            Some(_) => return Err(invalid(format!("`exists: {exists}` contradicts what the operation or another condition demands"))),
            None => {
                self.standing = Some(wanted);
                let keys = self.schema.primary_index().into_iter().flat_map(|index| [Some(&index.partition), index.sort.as_ref()]);
                let fields: Vec<&str> = keys.flatten().map(|key| &*key.field).collect();
                let text = existence(self.placeholders, &fields, wanted);
                self.terms.push(text);
            }
        }
        Ok(())
    }

    /// The form `{attr, <operator>: value, ...}`.
    fn attribute(&mut self, path: Value<'_>, map: Map<'_>) -> Result<()> {
        let Value::String(name) = path else { return Err(invalid("`attr` in `conditions` is the path of an attribute, as a string")) };
        let path = AttributePath::of_text(self.schema, name).ok_or_else(|| refuse_attribute(self.schema, name))?;
        if map.len() == 1 {
            return Err(invalid(format!("`conditions` names `{name}` and states nothing of it")));
        }
        let text = path.render(self.placeholders, Scope::Condition);
        for (operator, value) in map.iter().filter(|(operator, _)| *operator != "attr") {
            let term = self.within(operator, |tests| tests.term(&path, &text, operator, value))?;
            self.terms.push(term);
        }
        Ok(())
    }

    fn term(&mut self, path: &AttributePath<'_>, text: &str, operator: &str, value: Value<'_>) -> Result<String> {
        if let Some(sign) = sign(operator) {
            return Ok(format!("{text} {sign} {}", self.operand(path, operator, value)?));
        }
        Ok(match operator {
            "begins" => format!("begins_with({text}, {})", self.operand(path, operator, value)?),
            "contains" => format!("contains({text}, {})", self.operand(path, operator, value)?),
            "notContains" => format!("not contains({text}, {})", self.operand(path, operator, value)?),
            "between" => match self.members(path, operator, value)?.as_slice() {
                [lower, upper] => format!("({text} between {lower} and {upper})"),
                _ => return Err(invalid("`between` in `conditions` takes a list of two values")),
            },
            "in" => {
                let members = self.members(path, operator, value)?;
                if members.is_empty() || members.len() > 100 {
                    return Err(invalid(format!("`in` in `conditions` takes from 1 to 100 values, not {}", members.len())));
                }
                format!("{text} in ({})", members.join(", "))
            }
            "exists" => match value {
                Value::Boolean(true) => format!("attribute_exists({text})"),
                Value::Boolean(false) => format!("attribute_not_exists({text})"),
                _ => return Err(invalid("`exists` in `conditions` is true or false")),
            },
            "type" => match value {
                Value::String(_) => format!("attribute_type({text}, {})", self.operand(path, operator, value)?),
                _ => return Err(invalid_type()),
            },
            "size" => self.size(path, text, value)?,
            _ => return Err(invalid(format!("`conditions` has no operator `{operator}`{}", suggestion(operator, OPERATORS)))),
        })
    }

    /// `size` takes a number or comparisons with numbers.
    fn size(&mut self, path: &AttributePath<'_>, text: &str, value: Value<'_>) -> Result<String> {
        match value {
            Value::Integer(_) => Ok(format!("size({text}) = {}", self.operand(path, "size", value)?)),
            Value::Map(map) if !map.is_empty() => {
                let mut terms = Vec::with_capacity(map.len());
                for (operator, value) in map.iter() {
                    let sign = sign(operator);
                    let (Some(sign), Value::Integer(_)) = (sign, value) else {
                        return Err(invalid(format!("`size` in `conditions` compares with a whole number; `{operator}` does not")));
                    };
                    let operand = self.within(operator, |tests| tests.operand(path, operator, value))?;
                    terms.push(format!("size({text}) {sign} {operand}"));
                }
                Ok(terms.join(" AND "))
            }
            _ => Err(invalid("`size` in `conditions` takes a whole number, or an object such as `{ gt: 1 }`")),
        }
    }

    fn members(&mut self, path: &AttributePath<'_>, operator: &str, value: Value<'_>) -> Result<Vec<String>> {
        let Value::List(list) = value else { return Err(invalid(format!("`{operator}` in `conditions` takes a list of values"))) };
        if list.len() > 100 {
            return Err(invalid(format!("`{operator}` in `conditions` takes at most 100 values, not {}", list.len())));
        }
        let mut members = Vec::with_capacity(list.len());
        for (position, member) in list.iter().enumerate() {
            members.push(self.within(&position.to_string(), |tests| tests.operand(path, operator, member))?);
        }
        Ok(members)
    }

    /// A missing value must never become a condition that always or never holds.
    fn operand(&mut self, path: &AttributePath<'_>, name: &str, value: Value<'_>) -> Result<String> {
        if matches!(value, Value::Undefined | Value::Function(_) | Value::RegExp(_)) {
            return Err(invalid(format!("`{name}` in `conditions` is of type {}; a value is needed", value.type_name())));
        }
        Ok(self.placeholders.value(Scope::Condition, path.value_name(), Source::Part(self.number, self.path.clone())))
    }
}

fn sign(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "eq" => "=",
        "ne" => "<>",
        "gt" => ">",
        "gte" => ">=",
        "lt" => "<",
        "lte" => "<=",
        _ => return None,
    })
}

/// The path of a test in the form `{attr, ...}`; none where the object is of equalities. A declared attribute of that name wins.
fn test_of<'a>(schema: &Schema, map: Map<'a>) -> Option<Value<'a>> {
    if schema.slot("attr").is_some() {
        return None;
    }
    map.iter().find(|(name, _)| *name == "attr").map(|(_, value)| value)
}

fn is_existence(schema: &Schema, name: &str) -> bool {
    name == "exists" && schema.slot(name).is_none()
}

fn invalid_type() -> Error {
    invalid(format!("`type` in `conditions` is one of {}", TYPES.join(", ")))
}

/// The values that conditions state of whole attributes, each by its slot and its place in the conditions. Runs on every call.
///
/// # Errors
/// 1012 where two different values are stated of one attribute, or a `type` that DynamoDB has not.
pub fn equality_values(schema: &Schema, conditions: Value<'_>) -> Result<Vec<(Slot, Vec<String>)>> {
    let mut stated = Vec::new();
    state(schema, conditions, &mut Vec::new(), &mut stated)?;
    Ok(stated.into_iter().map(|(slot, _, path)| (slot, path)).collect())
}

type Stated<'a> = (Slot, Value<'a>, Vec<String>);

fn state<'a>(schema: &Schema, value: Value<'a>, path: &mut Vec<String>, stated: &mut Vec<Stated<'a>>) -> Result<()> {
    match value {
        Value::List(list) => {
            for (position, member) in list.iter().enumerate() {
                path.push(position.to_string());
                state(schema, member, path, stated)?;
                path.pop();
            }
            Ok(())
        }
        Value::Map(map) => match test_of(schema, map) {
            Some(attribute) => {
                let slot = match attribute {
                    Value::String(name) => schema.slot(name),
                    _ => None,
                };
                for (operator, value) in map.iter() {
                    match (operator, value) {
                        ("type", Value::String(text)) if !TYPES.contains(&text) => return Err(invalid_type()),
                        ("eq", _) => note(schema, slot, operator, value, path, stated)?,
                        _ => {}
                    }
                }
                Ok(())
            }
            None => {
                for (name, value) in map.iter().filter(|(name, _)| !is_existence(schema, name)) {
                    note(schema, schema.slot(name), name, value, path, stated)?;
                }
                Ok(())
            }
        },
        _ => Ok(()),
    }
}

fn note<'a>(
    schema: &Schema,
    slot: Option<Slot>,
    step: &str,
    value: Value<'a>,
    path: &[String],
    stated: &mut Vec<Stated<'a>>,
) -> Result<()> {
    let Some(slot) = slot else { return Ok(()) };
    if let Some((_, known, _)) = stated.iter().find(|(known, _, _)| *known == slot) {
        if is_same(*known, value) {
            return Ok(());
        }
        let name = schema.attribute(slot).map_or("", |attribute| &attribute.name);
        return Err(invalid(format!("`conditions` states two different values of `{name}`")));
    }
    let mut path = path.to_vec();
    path.push(step.to_owned());
    stated.push((slot, value, path));
    Ok(())
}

/// Whether two values are one and the same for DynamoDB, as far as the structure tells.
fn is_same(left: Value<'_>, right: Value<'_>) -> bool {
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Boolean(left), Value::Boolean(right)) => left == right,
        (Value::Integer(left), Value::Integer(right)) => left == right,
        (Value::Decimal(left), Value::Decimal(right))
        | (Value::BigInt(left), Value::BigInt(right))
        | (Value::String(left), Value::String(right)) => left == right,
        (Value::Integer(number), Value::BigInt(text)) | (Value::BigInt(text), Value::Integer(number)) => number.to_string() == text,
        (Value::Bytes(left), Value::Bytes(right)) => left == right,
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| is_same(left, right))
        }
        (Value::Set(left), Value::Set(right)) => {
            left.len() == right.len() && left.iter().all(|member| right.iter().any(|other| is_same(member, other)))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, member)| right.iter().any(|(other, value)| other == name && is_same(member, value)))
        }
        _ => false,
    }
}
