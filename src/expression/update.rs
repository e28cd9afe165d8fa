//! Update expressions: what the actions of an update render to. Which index keys follow is decided elsewhere; they come in as plain names and sources.

use super::attribute_path::{AttributePath, STEP, describe, refuse_attribute, refuse_operand};
use super::operand::{Operands, Role, item_source, operand_source};
use super::placeholder::{Placeholders, Scope};
use super::text::invalid;
use crate::call::{Action, Given, Operand, Target, Verb};
use crate::error::{Error, Field, Kind, Result};
use crate::request::Source;
use crate::schema::{AttributeKind, Schema};
use crate::text::{fill, join};

/// The four sections of an update expression.
#[derive(Debug, Default)]
pub struct Update {
    set: Vec<String>,
    remove: Vec<String>,
    add: Vec<String>,
    delete: Vec<String>,
}

/// What an action applies, rendered.
struct Applied {
    text: String,
    role: Role,
    /// Whether a `data` callback built it of operators instead of giving a value.
    built: bool,
}

impl Update {
    /// An update that changes nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty() && self.add.is_empty() && self.delete.is_empty()
    }

    /// Sets a field, numbered by this name.
    pub fn set(&mut self, placeholders: &mut Placeholders, name: &str, field: &str, source: Source) {
        let path = placeholders.name(Scope::Update, name, field);
        let value = placeholders.value(Scope::Update, name, source);
        put(&mut self.set, "%0 = %1", &[&path, &value]);
    }

    /// Sets a field that the item does not have yet, numbered by this name.
    pub fn set_if_absent(&mut self, placeholders: &mut Placeholders, name: &str, field: &str, source: Source) {
        let path = placeholders.name(Scope::Update, name, field);
        let value = placeholders.value(Scope::Update, name, source);
        put(&mut self.set, "%0 = if_not_exists(%0, %1)", &[&path, &value]);
    }

    /// Removes a field, numbered by this name.
    pub fn remove(&mut self, placeholders: &mut Placeholders, name: &str, field: &str) {
        let path = placeholders.name(Scope::Update, name, field);
        put(&mut self.remove, "%0", &[&path]);
    }

    /// Adds what an action does. A value of `undefined` does nothing.
    ///
    /// # Errors
    /// `UnknownAttribute` for what the model does not declare (the drop-in leaves out top-level names of `set` and its like), `InvalidAttribute`
    /// for an action that the attribute's type does not take, 1012 for expressions that cannot be rendered and, in the main entry, for two
    /// actions on one path.
    pub fn action(&mut self, schema: &Schema, placeholders: &mut Placeholders, action: &Action<'_>) -> Result<()> {
        if action.is_nothing() {
            return Ok(());
        }
        let Some(path) = resolve(schema, action)? else { return Ok(()) };
        check_kind(schema, action, &path)?;
        let built = match &action.operand {
            Operand::Expression(clause) => {
                let assembled = Operands::assemble(schema, placeholders, Scope::Update, clause)?;
                Some(Applied { text: assembled.text, role: assembled.role.unwrap_or(Role::Function), built: true })
            }
            _ => None,
        };
        let text = path.render(placeholders, Scope::Update);
        if action.verb == Verb::Remove {
            put(&mut self.remove, "%0", &[&text]);
            return Ok(());
        }
        let applied = match (built, &action.operand) {
            (Some(built), _) => built,
            (None, Operand::Value(given)) => {
                Applied { text: stored_value(schema, placeholders, action, &path, *given)?, role: Role::Value, built: false }
            }
            (None, _) => return Err(invalid("an update of `%0` is given no value", &[&name_of(schema, &action.target)])),
        };
        let start = match action.start.filter(|start| !start.value.is_undefined()) {
            Some(start) => Some(stored_value(schema, placeholders, action, &path, start)?),
            None => None,
        };
        let value = applied.text.as_str();
        match action.verb {
            Verb::Remove => {}
            Verb::Set => put(&mut self.set, "%0 = %1", &[&text, value]),
            Verb::IfNotExists => put(&mut self.set, "%0 = if_not_exists(%0, %1)", &[&text, value]),
            Verb::Add => self.add_to(&path, &text, &applied, start)?,
            Verb::Subtract => {
                let start = start.unwrap_or_else(|| default_value(placeholders, &path, Source::Integer(0)));
                put(&mut self.set, "%0 = (if_not_exists(%0, %2) - %1)", &[&text, value, &start]);
            }
            Verb::Append => {
                let start = start.unwrap_or_else(|| default_value(placeholders, &path, Source::EmptyList));
                put(&mut self.set, "%0 = list_append(if_not_exists(%0, %2), %1)", &[&text, value, &start]);
            }
            Verb::Delete if applied.role == Role::Value => put(&mut self.delete, "%0 %1", &[&text, value]),
            Verb::Delete => return Err(invalid("`delete` takes values, not an expression", &[])),
        }
        Ok(())
    }

    /// Numbers with a start value or an expression are added by SET, all else by ADD.
    fn add_to(&mut self, path: &AttributePath<'_>, text: &str, applied: &Applied, start: Option<String>) -> Result<()> {
        let (is_set, is_number) = match path.node() {
            Some(node) => (matches!(node.kind, AttributeKind::Set(_)), matches!(node.kind, AttributeKind::Number)),
            None => (false, false),
        };
        let expression = applied.role != Role::Value;
        if is_set && (expression || start.is_some()) {
            return Err(invalid("`add` to a set takes values, neither an expression nor a start value", &[]));
        }
        let value = applied.text.as_str();
        match start {
            Some(start) => put(&mut self.set, "%0 = (if_not_exists(%0, %2) + %1)", &[text, value, &start]),
            None if expression || (is_number && applied.built) => put(&mut self.set, "%0 = %0 + %1", &[text, value]),
            None => put(&mut self.add, "%0 %1", &[text, value]),
        }
        Ok(())
    }

    /// The expression's text.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (word, parts) in [("SET ", &self.set), ("REMOVE ", &self.remove), ("ADD ", &self.add), ("DELETE ", &self.delete)] {
            if parts.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
            text.push_str(&join(parts, ", "));
        }
        text
    }
}

/// Adds a part that is not there yet: ElectroDB writes no text twice.
#[inline(never)]
fn put(section: &mut Vec<String>, pattern: &'static str, texts: &[&str]) {
    let part = fill(pattern, texts);
    if !section.contains(&part) {
        section.push(part);
    }
}

/// Refuses two changes of one path, or of one within another, as DynamoDB does; the drop-in sends them as ElectroDB does. `written` are the fields
/// that are written beside the actions.
///
/// # Errors
/// 1012, naming what is changed twice.
pub fn check_overlaps<'a>(schema: &Schema, written: impl Iterator<Item = &'a str>, actions: &[Action<'_>]) -> Result<()> {
    if !schema.dialect.checks_operands() {
        return Ok(());
    }
    let mut changed = Vec::new();
    for field in written {
        changed.push((field.to_owned(), false));
    }
    for action in actions.iter().filter(|action| !action.is_nothing()) {
        let Ok(Some(path)) = resolve(schema, action) else { continue };
        let path = path.stored();
        for (known, by_hook) in &changed {
            if is_within(known, &path) || is_within(&path, known) {
                let pattern = if *by_hook || action.from_hook {
                    "an update changes `%0`, which its `set` hook sets again: it watches what else is changed"
                } else {
                    "an update changes `%0` twice"
                };
                return Err(invalid(pattern, &[&name_of(schema, &action.target)]));
            }
        }
        changed.push((path, action.from_hook));
    }
    Ok(())
}

fn is_within(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(STEP))
}

/// The path of an action's target; none where the drop-in leaves it out.
fn resolve<'r>(schema: &'r Schema, action: &'r Action<'_>) -> Result<Option<AttributePath<'r>>> {
    match &action.target {
        Target::Slot(slot) => match AttributePath::of_slot(schema, *slot) {
            Some(path) => Ok(Some(path)),
            None => Err(Error::internal("an action is of no slot of the model")),
        },
        Target::Path(path) => match AttributePath::of_path(schema, path) {
            Some(resolved) => Ok(Some(resolved)),
            None => Err(refuse_operand(schema, &describe(path))),
        },
        Target::Text(text) => {
            if let Some(path) = AttributePath::of_text(schema, text) {
                return Ok(Some(path));
            }
            let is_dropped = schema.walk(text).is_none();
            if is_dropped && action.verb != Verb::Remove && !schema.dialect.refuses_unknown_names() {
                return Ok(None);
            }
            Err(refuse_attribute(schema, text))
        }
    }
}

/// Whether the attribute's type takes such an action.
fn check_kind(schema: &Schema, action: &Action<'_>, path: &AttributePath<'_>) -> Result<()> {
    let Some(node) = path.node().filter(|_| path.is_declared()) else { return Ok(()) };
    let (word, types) = match (action.verb, &node.kind) {
        (Verb::Set | Verb::Remove | Verb::IfNotExists, _) | (_, AttributeKind::Any | AttributeKind::Custom) => return Ok(()),
        (Verb::Add, AttributeKind::Number | AttributeKind::Set(_)) => return Ok(()),
        (Verb::Subtract, AttributeKind::Number) | (Verb::Append, AttributeKind::List(_)) | (Verb::Delete, AttributeKind::Set(_)) => {
            return Ok(());
        }
        (Verb::Add, _) => ("add", "a number, a set or any"),
        (Verb::Subtract, _) => ("subtract", "a number or any"),
        (Verb::Append, _) => ("append", "a list or any"),
        (Verb::Delete, _) => ("delete", "a set or any"),
    };
    let name = name_of(schema, &action.target);
    let reason = fill("`%0` needs an attribute that is %1; `%2` is not", &[word, types, &name]);
    Err(Error::of_fields(vec![Field { kind: Kind::InvalidAttribute, path: name, reason, index: None }]))
}

fn stored_value(
    schema: &Schema,
    placeholders: &mut Placeholders,
    action: &Action<'_>,
    path: &AttributePath<'_>,
    given: Given<'_>,
) -> Result<String> {
    let source = match path.node() {
        Some(node) if !action.from_data => item_source(node, given),
        node => operand_source(schema, node, given, true)?,
    };
    Ok(placeholders.value(Scope::Update, path.value_name(), source))
}

fn default_value(placeholders: &mut Placeholders, path: &AttributePath<'_>, source: Source) -> String {
    placeholders.value(Scope::Update, &fill("%0_default_value", &[path.value_name()]), source)
}

fn name_of(schema: &Schema, target: &Target<'_>) -> String {
    match target {
        Target::Slot(slot) => schema.attribute(*slot).map(|attribute| String::from(&*attribute.name)).unwrap_or_default(),
        Target::Text(text) => (*text).to_owned(),
        Target::Path(path) => describe(path),
    }
}
