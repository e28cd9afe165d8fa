//! A path resolved against the model: the stored name of each step and the deepest declared attribute on the way. It checks no values.

use super::placeholder::{Placeholders, Scope};
use crate::call::Path;
use crate::error::{Error, Field, Kind};
use crate::schema::nearest::suggestion;
use crate::schema::{Attribute, AttributeKind, Schema, Slot};
use crate::text::{fill, integer, push_integer};
use crate::value::path::{self, Step};

/// A path to an attribute or a part of one.
#[derive(Clone, Debug)]
pub struct AttributePath<'a> {
    parts: Vec<Part<'a>>,
    slot: Option<Slot>,
    node: Option<&'a Attribute>,
    /// Whether the model declares every step.
    declared: bool,
}

#[derive(Clone, Debug)]
enum Part<'a> {
    Name { name: &'a str, field: &'a str },
    Index(u32),
}

impl<'a> AttributePath<'a> {
    /// The path of a name that the model need not declare.
    #[must_use]
    pub fn of_field(field: &'a str) -> Self {
        Self { parts: vec![Part::Name { name: field, field }], slot: None, node: None, declared: false }
    }

    /// The path to a top-level attribute.
    #[must_use]
    pub fn of_slot(schema: &'a Schema, slot: Slot) -> Option<Self> {
        let attribute = schema.attribute(slot)?;
        let part = Part::Name { name: &attribute.name, field: &attribute.field };
        Some(Self { parts: vec![part], slot: Some(slot), node: Some(attribute), declared: true })
    }

    /// The path that a callback walked; none where the model has no such attribute or part.
    #[must_use]
    pub fn of_path(schema: &'a Schema, path: &Path<'a>) -> Option<Self> {
        let slot = path.slot.or_else(|| schema.slot(path.name))?;
        Self::of_slot(schema, slot)?.below(&path.steps)
    }

    /// The path that a text names; none where the model has no such attribute or part.
    #[must_use]
    pub fn of_text(schema: &'a Schema, text: &'a str) -> Option<Self> {
        let (slot, steps) = schema.walk(text)?;
        Self::of_slot(schema, slot)?.below(&steps)
    }

    fn below(mut self, steps: &[Step<'a>]) -> Option<Self> {
        for step in steps {
            let node = self.node?;
            let part = match (&node.kind, step) {
                _ if !self.declared => free(*step),
                (AttributeKind::Map(properties), _) if !properties.is_empty() => {
                    let property = property_of(properties, step)?;
                    self.node = Some(property);
                    Part::Name { name: &property.name, field: &property.field }
                }
                (AttributeKind::List(items), Step::Index(position)) => {
                    self.node = Some(items);
                    Part::Index(*position)
                }
                (AttributeKind::Any | AttributeKind::Custom | AttributeKind::Map(_), _) => {
                    self.declared = false;
                    free(*step)
                }
                _ => return None,
            };
            self.parts.push(part);
        }
        Some(self)
    }

    /// The top-level attribute that the path begins with.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        self.slot
    }

    /// The deepest declared attribute on the path; none for a name that is not declared.
    #[must_use]
    pub fn node(&self) -> Option<&'a Attribute> {
        self.node
    }

    /// Whether the model declares every step, so that the node is what the path leads to.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        self.declared
    }

    /// Whether the path is a whole top-level attribute.
    #[must_use]
    pub fn is_top_level(&self) -> bool {
        self.parts.len() == 1
    }

    /// The name that the values compared with it or stored there are numbered by: the deepest declared attribute's, which is empty for items of a list.
    #[must_use]
    pub(super) fn value_name(&self) -> &'a str {
        match (self.node, self.parts.first()) {
            (Some(node), _) => &node.name,
            (None, Some(Part::Name { name, .. })) => name,
            (None, _) => "",
        }
    }

    /// The stored names and positions of the path, by which two paths are told apart.
    pub(super) fn stored(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            if !text.is_empty() {
                text.push(STEP);
            }
            match part {
                Part::Name { field, .. } => text.push_str(field),
                Part::Index(position) => push_integer(&mut text, i64::from(*position)),
            }
        }
        text
    }

    /// The path's text in an expression.
    pub(super) fn render(&self, placeholders: &mut Placeholders, scope: Scope) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Name { name, field } => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(&placeholders.name(scope, name, field));
                }
                Part::Index(position) => push_position(&mut text, *position),
            }
        }
        text
    }
}

/// Stands between the steps of a stored path: no name has it.
pub(super) const STEP: char = '\u{1}';

/// A map's member; one whose name is a number is walked to as if it were a position.
fn property_of<'a>(properties: &'a [Attribute], step: &Step<'_>) -> Option<&'a Attribute> {
    let number;
    let name = match step {
        Step::Property(name) => *name,
        Step::Index(position) => {
            number = integer(i64::from(*position));
            &number
        }
    };
    properties.iter().find(|property| *property.name == *name)
}

fn push_position(text: &mut String, position: u32) {
    text.push('[');
    push_integer(text, i64::from(position));
    text.push(']');
}

fn free(step: Step<'_>) -> Part<'_> {
    match step {
        Step::Property(name) => Part::Name { name, field: name },
        Step::Index(position) => Part::Index(position),
    }
}

/// The text of a path that a callback walked, for messages.
pub(super) fn describe(path: &Path<'_>) -> String {
    let mut text = path.name.to_owned();
    for step in &path.steps {
        match step {
            Step::Property(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Index(position) => push_position(&mut text, *position),
        }
    }
    text
}

/// The refusal of a name or path that no attribute has.
#[cold]
pub(super) fn refuse_attribute(schema: &Schema, path: &str) -> Error {
    let reason = unknown(schema, path);
    Error::of_fields(vec![Field { kind: Kind::UnknownAttribute, path: path.to_owned(), reason, index: None }])
}

/// The refusal of such a name in a callback, where ElectroDB has a code of its own.
#[cold]
pub(super) fn refuse_operand(schema: &Schema, path: &str) -> Error {
    if schema.dialect.refuses_unknown_names() {
        refuse_attribute(schema, path)
    } else {
        Error::new(Kind::InvalidExpression, unknown(schema, path))
    }
}

fn unknown(schema: &Schema, path: &str) -> String {
    let end = path.char_indices().nth(100).map_or(path.len(), |(end, _)| end);
    let shown = path.get(..end).unwrap_or_default();
    let head = path::parse(path).map_or(path, |(name, _)| name);
    let hint = if head != path && schema.slot(head).is_some() {
        fill(": `%0` has no such part", &[head])
    } else {
        suggestion(head, schema.attributes.iter().map(|attribute| &*attribute.name))
    };
    fill("`%0` is no attribute of entity `%1`%2", &[shown, &schema.entity, &hint])
}
