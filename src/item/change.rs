//! The actions of an update: what each may do to the attribute that it names. How they are written as an expression is decided elsewhere.

use super::check::Checker;
use super::trail::Trail;
use super::{answer, undeclared};
use crate::call::{Action, Operand, Target, Verb};
use crate::error::{Kind, Result};
use crate::schema::nearest::suggestion;
use crate::schema::{Attribute, AttributeKind, Schema, Slot};
use crate::text::{fill, integer, push_integer};
use crate::value::Value;
use crate::value::path::Step;

/// Checks the actions of an update or patch.
///
/// # Errors
/// All refused attributes in the main dialect, those of the first refused action in the drop-in.
pub fn check_update(schema: &Schema, actions: &[Action<'_>], unknown: &[&str]) -> Result<()> {
    let mut checker = Checker::new(schema.dialect);
    for action in actions {
        check_action(schema, action, &mut checker);
        if !checker.fields.is_empty() && !schema.dialect.collects_fields() {
            break;
        }
    }
    if schema.dialect.refuses_unknown_names() {
        checker.fields.extend(unknown.iter().map(|name| undeclared(schema, name)));
    }
    answer(checker.fields)
}

const READ_ONLY: &str = "is read-only";

/// Where a target leads.
enum Found<'s> {
    /// To an attribute; a top-level one with its slot.
    Attribute(&'s Attribute, Option<Slot>),
    /// Into an attribute that takes anything.
    Free,
    /// To a name that the model does not declare, and which the dialect drops.
    Dropped,
}

fn check_action(schema: &Schema, action: &Action<'_>, checker: &mut Checker) {
    let mut name = String::new();
    let found = find(schema, action, checker, &mut name);
    match found {
        None | Some(Found::Dropped) => {}
        Some(Found::Free) => {
            if let Operand::Value(given) = action.operand {
                checker.stored(given.value, &Trail::to(&name));
            }
        }
        Some(Found::Attribute(attribute, slot)) => {
            let label = if name.is_empty() { &*attribute.name } else { name.as_str() };
            check_attribute(schema, action, attribute, slot, label, checker);
        }
    }
}

fn check_attribute(schema: &Schema, action: &Action<'_>, attribute: &Attribute, slot: Option<Slot>, label: &str, checker: &mut Checker) {
    let trail = Trail::to(label);
    if !action.from_hook {
        if slot.is_some_and(|slot| schema.is_primary(slot)) {
            return checker.refuse(Kind::ReadOnlyAttribute, &trail, "is part of the table's key, which an update cannot change");
        }
        if attribute.read_only {
            return checker.refuse(Kind::ReadOnlyAttribute, &trail, READ_ONLY);
        }
    }
    match (action.verb, &action.operand) {
        (Verb::Remove, _) => {
            if attribute.required {
                checker.refuse(Kind::MissingRequiredAttribute, &trail, "is required and cannot be removed");
            }
        }
        // ElectroDB's callbacks say nothing by `undefined`, its object forms that a required attribute is missing.
        (_, Operand::Value(given)) if given.value.is_undefined() && action.from_data && !schema.dialect.checks_operands() => {}
        (verb, Operand::Value(given)) => {
            let before = checker.fields.len();
            let start = action.start.map(|start| start.value);
            let (given, beside) = match start {
                Some(start) if schema.dialect.goes_by_start_values() => (start, Some(given.value)),
                start => (given.value, start),
            };
            let of_hooks = action.from_hook || action.checked.is_some();
            if let Some(checked) = action.checked {
                let storage = std::mem::replace(&mut checker.storage, false);
                check_value(attribute, checked, checker, &trail);
                checker.storage = storage;
            }
            if checker.fields.len() == before {
                checker.types = !of_hooks || schema.dialect.checks_hook_results();
                check_value(attribute, given, checker, &trail);
                checker.types = true;
            }
            if checker.fields.len() == before && !given.is_undefined() {
                check_verb(verb, attribute, checker, &trail);
            }
            if let Some(beside) = beside {
                checker.stored(beside, &trail);
            }
        }
        (_, Operand::None) => check_value(attribute, action.checked.unwrap_or(Value::Undefined), checker, &trail),
        (verb, Operand::Expression(_)) => check_verb(verb, attribute, checker, &trail),
    }
}

fn check_value(attribute: &Attribute, value: Value<'_>, checker: &mut Checker, trail: &Trail<'_>) {
    if !value.is_undefined() {
        checker.value(attribute, value, trail);
    } else if attribute.required && checker.types {
        checker.refuse(Kind::MissingRequiredAttribute, trail, "is required");
    }
}

/// What DynamoDB's actions work on.
fn check_verb(verb: Verb, attribute: &Attribute, checker: &mut Checker, trail: &Trail<'_>) {
    let (name, right) = match (verb, &attribute.kind) {
        (_, AttributeKind::Any | AttributeKind::Custom) | (Verb::Set | Verb::IfNotExists | Verb::Remove, _) => return,
        (Verb::Add, AttributeKind::Number | AttributeKind::Set(_)) => return,
        (Verb::Subtract, AttributeKind::Number) => return,
        (Verb::Append, AttributeKind::List(_)) => return,
        (Verb::Delete, AttributeKind::Set(_)) => return,
        (Verb::Add, _) => ("add", "a number or a set"),
        (Verb::Subtract, _) => ("subtract", "a number"),
        (Verb::Append, _) => ("append", "a list"),
        (Verb::Delete, _) => ("delete", "a set"),
    };
    let what = fill("cannot be changed by `%0`, which needs %1; it is of type %2", &[name, right, attribute.kind.name()]);
    checker.refuse(Kind::InvalidAttribute, trail, &what);
}

/// Finds the attribute; `name` becomes the path's text where the target is no top-level attribute.
fn find<'s>(schema: &'s Schema, action: &Action<'_>, checker: &mut Checker, name: &mut String) -> Option<Found<'s>> {
    let Action { target, verb, .. } = action;
    match target {
        Target::Slot(slot) => Some(Found::Attribute(schema.attribute(*slot)?, Some(*slot))),
        Target::Text(text) => {
            let Some((slot, steps)) = schema.walk(text) else {
                // ElectroDB drops a plain name that it does not know, but in `remove`, and fails at a path below one.
                let plain = !text.contains(['.', '[']);
                if plain && *verb != Verb::Remove && !schema.dialect.refuses_unknown_names() {
                    return Some(Found::Dropped);
                }
                checker.fields.push(undeclared(schema, text));
                return None;
            };
            if !steps.is_empty() {
                name.push_str(text);
            }
            descend(schema, slot, &steps, name, action.from_hook, checker)
        }
        Target::Path(path) => {
            let Some(slot) = path.slot else {
                if schema.dialect.refuses_unknown_names() || *verb == Verb::Remove {
                    checker.fields.push(undeclared(schema, path.name));
                    return None;
                }
                return Some(Found::Dropped);
            };
            if !path.steps.is_empty() {
                name.push_str(path.name);
                write_steps(&path.steps, name);
            }
            descend(schema, slot, &path.steps, name, action.from_hook, checker)
        }
    }
}

fn write_steps(steps: &[Step<'_>], name: &mut String) {
    for step in steps {
        match step {
            Step::Property(property) => {
                name.push('.');
                name.push_str(property);
            }
            Step::Index(position) => {
                name.push('[');
                push_integer(name, i64::from(*position));
                name.push(']');
            }
        }
    }
}

fn descend<'s>(
    schema: &'s Schema,
    slot: Slot,
    steps: &[Step<'_>],
    name: &str,
    from_hook: bool,
    checker: &mut Checker,
) -> Option<Found<'s>> {
    let mut attribute = schema.attribute(slot)?;
    if steps.iter().any(|step| matches!(step, Step::Property(name) if !schema.dialect.carries_member(name))) {
        checker.refuse(Kind::UnknownAttribute, &Trail::to(name), "has a name that the AWS SDK's document client loses");
        return None;
    }
    for step in steps {
        let below = match (&attribute.kind, step) {
            (AttributeKind::Any | AttributeKind::Custom, _) if attribute.read_only && !from_hook => {
                checker.refuse(Kind::ReadOnlyAttribute, &Trail::to(name), READ_ONLY);
                return None;
            }
            (AttributeKind::Any | AttributeKind::Custom, _) => return Some(Found::Free),
            (AttributeKind::Map(properties), Step::Property(property)) => properties.iter().find(|inner| *inner.name == **property),
            (AttributeKind::Map(properties), Step::Index(position)) => {
                let text = integer(i64::from(*position));
                properties.iter().find(|inner| *inner.name == *text)
            }
            (AttributeKind::List(items), Step::Index(_)) => Some(&**items),
            _ => None,
        };
        let Some(below) = below else {
            let properties = attribute.children().iter().map(|inner| &*inner.name).filter(|inner| !inner.is_empty());
            let suggestion = match step {
                Step::Property(property) => suggestion(property, properties),
                Step::Index(_) => String::new(),
            };
            let what = fill("leads to nothing that `%0` declares%1", &[&attribute.name, &suggestion]);
            checker.refuse(Kind::UnknownAttribute, &Trail::to(name), &what);
            return None;
        };
        attribute = below;
    }
    Some(Found::Attribute(attribute, steps.is_empty().then_some(slot)))
}
