//! Collections of a service: the schema by which the items of several entities are queried at once, made of theirs. It renders nothing.

mod fit;

use crate::error::Result;
use crate::key::template::Form;
use crate::schema::{Attribute, AttributeKind, Dialect, Identifiers, Index, Member, Schema};

/// One entity with its index in the collection.
#[derive(Debug)]
struct Placed<'a> {
    /// The service's name for it.
    name: &'a str,
    schema: Schema,
    /// The number of its index.
    number: usize,
    /// The collection's place among those of the index.
    depth: usize,
}

impl Placed<'_> {
    fn index(&self) -> Option<&Index> {
        self.schema.indexes.get(self.number)
    }
}

/// Makes a collection's schema of its members' own, each with the service's name for it: all their attributes, the table's own key, and one index
/// with what their keys have in common.
///
/// # Errors
/// 1013 where the indexes do not fit together, so that no one request could read all of them.
pub fn collection(name: &str, schemas: Vec<(&str, Schema)>) -> Result<Schema> {
    let mut placed = Vec::with_capacity(schemas.len());
    for (member, schema) in schemas {
        let place = |(number, index): (usize, &Index)| {
            let depth = index.collections.iter().position(|collection| **collection == *name)?;
            Some((number, depth))
        };
        if let Some((number, depth)) = schema.indexes.iter().enumerate().find_map(place) {
            placed.push(Placed { name: member, schema, number, depth });
        }
    }
    fit::check(name, &placed)?;
    let shared = fit::shared(&placed);
    // The same letter follows in the keys of all: behind it, no value is taken for the beginning of a longer one's.
    let closed = placed.iter().all(|placed| fit::next_text(placed, shared).starts_with('#'));
    let mut members = Vec::with_capacity(placed.len());
    let mut attributes = Vec::new();
    for placed in &mut placed {
        let Schema { entity, version, identifiers, dialect, .. } = &placed.schema;
        let identifiers = Identifiers { entity: identifiers.entity.clone(), version: identifiers.version.clone() };
        members.push(Member { name: placed.name.into(), entity: entity.clone(), version: version.clone(), identifiers });
        let dialect = *dialect;
        for attribute in std::mem::take(&mut placed.schema.attributes) {
            merge(name, placed.name, &mut attributes, attribute, dialect)?;
        }
    }
    if placed.is_empty() {
        return Err(fit::refuse(name, "nobody is in it"));
    }
    let Placed { schema: mut made, number, depth, .. } = placed.swap_remove(0);
    made.entity = name.into();
    made.attributes = attributes;
    made.members = members;
    if let Some(index) = made.indexes.get_mut(number) {
        share_sort(index, depth, shared, closed);
    }
    Ok(made)
}

/// Adds an attribute to those that are there. Where two entities have one of the same name, the first one's counts; in the main entry maps have the
/// properties of both.
fn merge(name: &str, member: &str, known: &mut Vec<Attribute>, other: Attribute, dialect: Dialect) -> Result<()> {
    let Some(first) = known.iter_mut().find(|first| first.name == other.name) else {
        known.push(other);
        return Ok(());
    };
    fit::check_field(name, member, first, &other)?;
    if let (Dialect::Electroxide, AttributeKind::Map(properties), AttributeKind::Map(more)) = (dialect, &mut first.kind, other.kind)
        && !properties.is_empty()
    {
        for property in more {
            merge(name, member, properties, property, dialect)?;
        }
    }
    Ok(())
}

/// Cuts an index's sort key to what all members' keys have in common: the collections and, in a clustered or composite index, the first composites.
fn share_sort(index: &mut Index, depth: usize, shared: usize, closed: bool) {
    let Some(key) = &mut index.sort else { return };
    let template = &mut key.template;
    template.parts.truncate(shared);
    key.composites.truncate(shared);
    if template.form == Form::Fields {
        return;
    }
    template.form = Form::Text;
    template.constant = None;
    template.tail = if closed { "#" } else { "" }.into();
    // What stands behind the composites is no part of a comparison's operand.
    template.custom = true;
    let mut head = String::new();
    for collection in index.collections.iter().take(depth + 1).filter(|_| template.written.is_empty()) {
        head.push(if head.is_empty() { '$' } else { '#' });
        head.push_str(collection);
    }
    template.head = head.into();
}
