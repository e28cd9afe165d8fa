//! The table that entities imply: the inputs of CreateTable and UpdateTimeToLive. It creates nothing; sending is the user's.

use crate::error::{Error, Kind, Result, quote};
use crate::key::template::Form;
use crate::schema::nearest::suggestion;
use crate::schema::{Attribute, AttributeKind, Cast, EnumMember, Index, IndexKind, Key, Projection, Schema};
use crate::value::Writer;

/// How many attributes DynamoDB allows in each half of a multi-attribute key.
const MOST_IN_A_KEY: usize = 4;

/// Writes the input of CreateTable; with `ttl`, a map of `createTable` and `updateTimeToLive`.
///
/// # Errors
/// `InvalidModel` where the models cannot be those of one table, or where `ttl` names no number of theirs.
pub fn definition(schemas: &[&Schema], name: &str, ttl: Option<&str>, writer: &mut Writer) -> Result<()> {
    let mut table = Table::default();
    for schema in schemas {
        table.add(schema)?;
    }
    for schema in schemas {
        table.check_attributes(schema)?;
    }
    let Some(ttl) = ttl else {
        table.write(name, writer);
        return Ok(());
    };
    let field = expiry(schemas, ttl)?;
    writer.map(|writer| {
        writer.text("createTable");
        table.write(name, writer);
        writer.text("updateTimeToLive");
        write_expiry(name, field, writer);
        2
    });
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
                return Err(refuse(&[
                    "The table's own key is ",
                    &others.text(),
                    " for `",
                    owner,
                    "` and ",
                    &fields.text(),
                    " for `",
                    &schema.entity,
                    "`",
                    "; entities of one table have one",
                ]));
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
            return Err(refuse(&[
                "The index `",
                name,
                "` has the key ",
                &others,
                " for `",
                owner,
                "` and ",
                &fields.text(),
                " for `",
                &schema.entity,
                "`",
                "; entities of one table agree on its indexes",
            ]));
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
            return Err(refuse(&["The index `", &index.name, "` of `", &schema.entity, "` has no attribute in its partition key"]));
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
            return Err(refuse(&[
                "The index `",
                &index.name,
                "` of `",
                &schema.entity,
                "` composes ",
                &key.composites.len().to_string(),
                " attributes in one half of its key",
                "; DynamoDB allows ",
                &MOST_IN_A_KEY.to_string(),
            ]));
        }
        let mut fields = Vec::with_capacity(key.composites.len());
        for attribute in key.composites.iter().filter_map(|slot| schema.attribute(*slot)) {
            let stored = key_type(attribute).ok_or_else(|| {
                refuse(&[
                    "The index `",
                    &index.name,
                    "` of `",
                    &schema.entity,
                    "` has the attribute `",
                    &attribute.name,
                    "` as its key",
                    ", but DynamoDB's keys are strings or numbers, not ",
                    attribute.kind.name(),
                ])
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
                Err(refuse(&[
                    "The key field `",
                    field,
                    "` is of type ",
                    other,
                    " for `",
                    owner,
                    "` and of type ",
                    own,
                    " for `",
                    &schema.entity,
                    "`",
                ]))
            }
        }
    }

    /// DynamoDB refuses items with a value of another type in a key field, whichever index it belongs to.
    fn check_attributes(&self, schema: &Schema) -> Result<()> {
        let keys = schema.indexes.iter().flat_map(|index| [Some(&index.partition), index.sort.as_ref()]).flatten();
        let own: Vec<&str> = keys.map(|key| &*key.field).collect();
        for attribute in schema.attributes.iter().filter(|attribute| !own.contains(&&*attribute.field)) {
            let Some((field, stored, owner)) = self.types.iter().find(|(field, ..)| *field == &*attribute.field) else { continue };
            let free = matches!(attribute.kind, AttributeKind::Any | AttributeKind::Custom);
            if !free && key_type(attribute) != Some(*stored) {
                return Err(refuse(&[
                    "The attribute `",
                    &attribute.name,
                    "` of `",
                    &schema.entity,
                    "` is stored in `",
                    field,
                    "`",
                    ", which is a key field of type ",
                    stored.letter(),
                    " for `",
                    owner,
                    "`",
                ]));
            }
        }
        Ok(())
    }

    fn write(&self, name: &str, writer: &mut Writer) {
        let locals = self.secondaries.iter().filter(|index| index.local).count();
        let globals = self.secondaries.len() - locals;
        writer.map(|writer| {
            writer.text("TableName").string(name);
            writer.text("BillingMode").string("PAY_PER_REQUEST");
            writer.text("AttributeDefinitions").list(|writer| {
                for (field, stored, _) in &self.types {
                    write_pair(writer, ("AttributeName", field), ("AttributeType", stored.letter()));
                }
                self.types.len()
            });
            if let Some((fields, _)) = &self.key {
                write_key_schema(writer, fields);
            }
            for (member, local, count) in [("GlobalSecondaryIndexes", false, globals), ("LocalSecondaryIndexes", true, locals)] {
                if count > 0 {
                    writer.text(member).list(|writer| {
                        self.secondaries
                            .iter()
                            .filter(|index| index.local == local)
                            .map(|index| self.write_secondary(writer, index))
                            .count()
                    });
                }
            }
            4 + usize::from(globals > 0) + usize::from(locals > 0)
        });
    }

    fn write_secondary(&self, writer: &mut Writer, index: &Secondary<'_>) {
        let mut included: Vec<&str> = Vec::new();
        for field in index.projected.iter().flatten() {
            let keys = [self.key.as_ref().map(|(fields, _)| fields), Some(&index.fields)];
            let is_key = keys.into_iter().flatten().any(|fields| fields.partition.contains(field) || fields.sort.contains(field));
            if !is_key && !included.contains(field) {
                included.push(field);
            }
        }
        let kind = match &index.projected {
            None => "ALL",
            Some(_) if included.is_empty() => "KEYS_ONLY",
            Some(_) => "INCLUDE",
        };
        writer.map(|writer| {
            writer.text("IndexName").string(index.name);
            write_key_schema(writer, &index.fields);
            writer.text("Projection").map(|writer| {
                writer.text("ProjectionType").string(kind);
                if included.is_empty() {
                    return 1;
                }
                writer.text("NonKeyAttributes").list(|writer| {
                    included.iter().for_each(|field| _ = writer.string(field));
                    included.len()
                });
                2
            });
            3
        });
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
            return Err(refuse(&[
                "The attribute `",
                ttl,
                "` of `",
                &schema.entity,
                "` is of type ",
                attribute.kind.name(),
                "; DynamoDB needs a number to let items expire, the second of it since 1970",
            ]));
        }
        match found {
            Some((field, owner)) if field != &*attribute.field => {
                return Err(refuse(&[
                    "The attribute `",
                    ttl,
                    "` is stored in `",
                    field,
                    "` for `",
                    owner,
                    "` and in `",
                    &attribute.field,
                    "` for `",
                    &schema.entity,
                    "`",
                    "; a table has one such field",
                ]));
            }
            _ => found = Some((&attribute.field, &schema.entity)),
        }
    }
    found.map(|(field, _)| field).ok_or_else(|| {
        let names = schemas.iter().flat_map(|schema| &schema.attributes).map(|attribute| &*attribute.name);
        refuse(&["`ttl` names `", ttl, "`, which is no attribute of these entities", &suggestion(ttl, names)])
    })
}

fn refuse(parts: &[&str]) -> Error {
    Error::of(Kind::InvalidModel, parts)
}

fn write_key_schema(writer: &mut Writer, fields: &Fields<'_>) {
    writer.text("KeySchema").list(|writer| {
        for (half, role) in [(&fields.partition, "HASH"), (&fields.sort, "RANGE")] {
            for field in half {
                write_pair(writer, ("AttributeName", field), ("KeyType", role));
            }
        }
        fields.partition.len() + fields.sort.len()
    });
}

fn write_pair(writer: &mut Writer, first: (&str, &str), second: (&str, &str)) {
    writer.map(|writer| {
        writer.text(first.0).string(first.1);
        writer.text(second.0).string(second.1);
        2
    });
}

fn write_expiry(name: &str, field: &str, writer: &mut Writer) {
    writer.map(|writer| {
        writer.text("TableName").string(name);
        writer.text("TimeToLiveSpecification").map(|writer| {
            writer.text("AttributeName").string(field);
            writer.text("Enabled").boolean(true);
            2
        });
        2
    });
}
