//! The table that entities imply: the inputs of CreateTable and UpdateTimeToLive. It creates nothing; sending is the user's.

use crate::error::{Error, Kind, Result, quote};
use crate::key::template::Form;
use crate::schema::nearest::suggestion;
use crate::schema::{Attribute, AttributeKind, Cast, EnumMember, Index, IndexKind, Key, Projection, Schema};
use crate::text::count;
use crate::value::Writer;

mod write;

/// How many attributes DynamoDB allows in each half of a multi-attribute key.
const MOST_IN_A_KEY: usize = 4;

/// Writes the input of CreateTable; with `ttl`, a map of `createTable` and `updateTimeToLive`.
///
/// # Errors
/// `InvalidModel` where the models cannot be those of one table, or where `ttl` names no number of theirs.
#[cold]
pub fn definition(schemas: &[&Schema], name: &str, ttl: Option<&str>, writer: &mut Writer) -> Result<()> {
    let mut table = Table::default();
    for schema in schemas {
        table.add(schema)?;
    }
    for schema in schemas {
        table.check_attributes(schema)?;
    }
    let expiry = ttl.map(|ttl| expiry(schemas, ttl)).transpose()?;
    write::write(&table, name, expiry, writer);
    Ok(())
}

/// The types that a key attribute can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Number,
}

impl Type {
    fn letter(self) -> &'static str {
        match self {
            Self::Text => "S",
            Self::Number => "N",
        }
    }
}

/// The stored names of a key's halves; several in a half are a multi-attribute key.
#[derive(Debug, PartialEq, Eq)]
struct Fields<'s> {
    partition: Vec<&'s str>,
    sort: Vec<&'s str>,
}

impl Fields<'_> {
    fn contains(&self, field: &str) -> bool {
        self.partition.iter().chain(&self.sort).any(|known| *known == field)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.partition.iter().for_each(|field| quote(field, &mut text));
        if self.sort.is_empty() {
            text.push_str(" without a sort key");
        } else {
            let mut sort = String::new();
            self.sort.iter().for_each(|field| quote(field, &mut sort));
            text.push_str(" and ");
            text.push_str(&sort);
        }
        text
    }
}

/// A secondary index and the entity that first described it.
#[derive(Debug)]
struct Secondary<'s> {
    name: &'s str,
    fields: Fields<'s>,
    local: bool,
    owner: &'s str,
    /// The fields that are stored in it; none for all.
    projected: Option<Vec<&'s str>>,
}

#[derive(Debug, Default)]
struct Table<'s> {
    key: Option<(Fields<'s>, &'s str)>,
    types: Vec<(&'s str, Type, &'s str)>,
    secondaries: Vec<Secondary<'s>>,
}

impl<'s> Table<'s> {
    fn add(&mut self, schema: &'s Schema) -> Result<()> {
        let primary = schema.primary_index().ok_or_else(|| Error::internal("a schema without the table's own key"))?;
        let fields = self.fields(schema, primary)?;
        let has_sort = !fields.sort.is_empty();
        match &self.key {
            None => self.key = Some((fields, &schema.entity)),
            Some((others, owner)) if *others != fields => {
                return Err(refuse(
                    "The table's own key is %0 for `%1` and %2 for `%3`; entities of one table have one",
                    &[&others.text(), owner, &fields.text(), &schema.entity],
                ));
            }
            Some(_) => {}
        }
        for index in &schema.indexes {
            if let Some(name) = &index.index {
                self.add_secondary(schema, index, name, has_sort)?;
            }
        }
        Ok(())
    }

    fn add_secondary(&mut self, schema: &'s Schema, index: &'s Index, name: &'s str, has_sort: bool) -> Result<()> {
        let fields = self.fields(schema, index)?;
        // DynamoDB makes a local index only with a sort key, in a table with one; any other can share the field as a global one.
        let local = index.local && has_sort && index.sort.is_some();
        let projected = projected(schema, index);
        let Some(known) = self.secondaries.iter_mut().find(|known| known.name == name) else {
            self.secondaries.push(Secondary { name, fields, local, owner: &schema.entity, projected });
            return Ok(());
        };
        if known.fields != fields {
            let (others, owner) = (known.fields.text(), known.owner);
            return Err(refuse(
                "The index `%0` has the key %1 for `%2` and %3 for `%4`; entities of one table agree on its indexes",
                &[name, &others, owner, &fields.text(), &schema.entity],
            ));
        }
        match (&mut known.projected, projected) {
            (Some(all), Some(more)) => all.extend(more),
            (known, _) => *known = None,
        }
        Ok(())
    }

    fn fields(&mut self, schema: &'s Schema, index: &'s Index) -> Result<Fields<'s>> {
        let partition = self.half(schema, index, &index.partition)?;
        let sort = index.sort.as_ref().map(|key| self.half(schema, index, key)).transpose()?.unwrap_or_default();
        if partition.is_empty() {
            return Err(refuse("The index `%0` of `%1` has no attribute in its partition key", &[&index.name, &schema.entity]));
        }
        Ok(Fields { partition, sort })
    }

    fn half(&mut self, schema: &'s Schema, index: &'s Index, key: &'s Key) -> Result<Vec<&'s str>> {
        if index.kind != IndexKind::Composite {
            let stored = if key.template.form == Form::Text { Cast::String } else { key.template.stored_type() };
            let stored = if stored == Cast::Number { Type::Number } else { Type::Text };
            self.declare(&key.field, stored, schema)?;
            return Ok(vec![&key.field]);
        }
        if key.composites.len() > MOST_IN_A_KEY {
            return Err(refuse(
                "The index `%0` of `%1` composes %2 attributes in one half of its key; DynamoDB allows %3",
                &[&index.name, &schema.entity, &count(key.composites.len()), &count(MOST_IN_A_KEY)],
            ));
        }
        let mut fields = Vec::with_capacity(key.composites.len());
        for attribute in key.composites.iter().filter_map(|slot| schema.attribute(*slot)) {
            let stored = key_type(attribute).ok_or_else(|| {
                refuse(
                    "The index `%0` of `%1` has the attribute `%2` as its key, but DynamoDB's keys are strings or numbers, not %3",
                    &[&index.name, &schema.entity, &attribute.name, attribute.kind.name()],
                )
            })?;
            self.declare(&attribute.field, stored, schema)?;
            fields.push(&*attribute.field);
        }
        Ok(fields)
    }

    /// Notes a key field's type.
    fn declare(&mut self, field: &'s str, stored: Type, schema: &'s Schema) -> Result<()> {
        match self.types.iter().find(|(known, ..)| *known == field) {
            None => {
                self.types.push((field, stored, &schema.entity));
                Ok(())
            }
            Some((_, other, _)) if *other == stored => Ok(()),
            Some((_, other, owner)) => {
                let (other, own) = (other.letter(), stored.letter());
                Err(refuse(
                    "The key field `%0` is of type %1 for `%2` and of type %3 for `%4`",
                    &[field, other, owner, own, &schema.entity],
                ))
            }
        }
    }

    /// DynamoDB refuses items with a value of another type in a key field, whichever index it belongs to.
    fn check_attributes(&self, schema: &Schema) -> Result<()> {
        let is_own = |field: &str| {
            schema
                .indexes
                .iter()
                .any(|index| is_key_field(&index.partition, field) || index.sort.iter().any(|key| is_key_field(key, field)))
        };
        for attribute in &schema.attributes {
            let Some((field, stored, owner)) = self.types.iter().find(|(field, ..)| *field == &*attribute.field) else { continue };
            let free = matches!(attribute.kind, AttributeKind::Any | AttributeKind::Custom);
            if !free && key_type(attribute) != Some(*stored) && !is_own(field) {
                return Err(refuse(
                    "The attribute `%0` of `%1` is stored in `%2`, which is a key field of type %3 for `%4`",
                    &[&attribute.name, &schema.entity, field, stored.letter(), owner],
                ));
            }
        }
        Ok(())
    }
}

/// The fields that an index stores beside the keys; none for all. With any there are the identifiers, so that items stay known by their entity.
fn projected<'s>(schema: &'s Schema, index: &Index) -> Option<Vec<&'s str>> {
    match &index.projection {
        Projection::All => None,
        Projection::KeysOnly => Some(Vec::new()),
        Projection::Include(slots) => {
            let declared = slots.iter().filter_map(|slot| schema.attribute(*slot)).map(|attribute| &*attribute.field);
            Some(declared.chain([&*schema.identifiers.entity, &*schema.identifiers.version]).collect())
        }
    }
}

fn is_key_field(key: &Key, field: &str) -> bool {
    *key.field == *field
}

fn key_type(attribute: &Attribute) -> Option<Type> {
    match &attribute.kind {
        AttributeKind::String => Some(Type::Text),
        AttributeKind::Number => Some(Type::Number),
        AttributeKind::Enum(members) if members.iter().all(|member| matches!(member, EnumMember::String(_))) => Some(Type::Text),
        AttributeKind::Enum(members) if members.iter().all(|member| matches!(member, EnumMember::Number(_))) => Some(Type::Number),
        _ => None,
    }
}

/// The stored name of the attribute whose second an item expires at.
fn expiry<'s>(schemas: &[&'s Schema], ttl: &str) -> Result<&'s str> {
    let mut found: Option<(&str, &str)> = None;
    for schema in schemas {
        let Some(attribute) = schema.slot(ttl).and_then(|slot| schema.attribute(slot)) else { continue };
        if !matches!(attribute.kind, AttributeKind::Number) {
            return Err(refuse(
                "The attribute `%0` of `%1` is of type %2; DynamoDB needs a number to let items expire, the second of it since 1970",
                &[ttl, &schema.entity, attribute.kind.name()],
            ));
        }
        match found {
            Some((field, owner)) if field != &*attribute.field => {
                return Err(refuse(
                    "The attribute `%0` is stored in `%1` for `%2` and in `%3` for `%4`; a table has one such field",
                    &[ttl, field, owner, &attribute.field, &schema.entity],
                ));
            }
            _ => found = Some((&attribute.field, &schema.entity)),
        }
    }
    found.map(|(field, _)| field).ok_or_else(|| {
        let names = schemas.iter().flat_map(|schema| &schema.attributes).map(|attribute| &*attribute.name);
        refuse("`ttl` names `%0`, which is no attribute of these entities%1", &[ttl, &suggestion(ttl, names)])
    })
}

#[cold]
#[inline(never)]
fn refuse(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidModel, pattern, texts)
}
