//! The inputs of CreateTable and UpdateTimeToLive, written from a table whose models agree. Nothing is checked here.

use super::{Fields, Secondary, Table};
use crate::schema::members::{Members, write_map};
use crate::value::Writer;

/// Writes the input of CreateTable; with the field of an expiry, a map of both inputs.
pub(super) fn write(table: &Table<'_>, name: &str, expiry: Option<&str>, writer: &mut Writer) {
    write_map(writer, &|members| {
        let Some(field) = expiry else { return write_table(table, name, members) };
        members.map("createTable", &|members| write_table(table, name, members));
        members.map("updateTimeToLive", &|members| {
            members.text("TableName", name);
            members.map("TimeToLiveSpecification", &|members| {
                members.text("AttributeName", field);
                members.boolean("Enabled", true);
            });
        });
    });
}

fn write_table(table: &Table<'_>, name: &str, members: &mut Members<'_>) {
    members.text("TableName", name);
    members.text("BillingMode", "PAY_PER_REQUEST");
    members.list("AttributeDefinitions", table.types.len(), &|writer, position| {
        if let Some((field, stored, _)) = table.types.get(position) {
            write_pair(writer, field, "AttributeType", stored.letter());
        }
    });
    if let Some((fields, _)) = &table.key {
        write_key_schema(members, fields);
    }
    for (name, local) in [("GlobalSecondaryIndexes", false), ("LocalSecondaryIndexes", true)] {
        let indexes: Vec<&Secondary<'_>> = table.secondaries.iter().filter(|index| index.local == local).collect();
        if !indexes.is_empty() {
            members.list(name, indexes.len(), &|writer, position| {
                if let Some(index) = indexes.get(position) {
                    write_secondary(table, index, writer);
                }
            });
        }
    }
}

fn write_secondary(table: &Table<'_>, index: &Secondary<'_>, writer: &mut Writer) {
    let mut included: Vec<&str> = Vec::new();
    for field in index.projected.iter().flatten() {
        let is_key = index.fields.contains(field) || table.key.as_ref().is_some_and(|(fields, _)| fields.contains(field));
        if !is_key && !included.contains(field) {
            included.push(field);
        }
    }
    let kind = match &index.projected {
        None => "ALL",
        Some(_) if included.is_empty() => "KEYS_ONLY",
        Some(_) => "INCLUDE",
    };
    write_map(writer, &|members| {
        members.text("IndexName", index.name);
        write_key_schema(members, &index.fields);
        members.map("Projection", &|members| {
            members.text("ProjectionType", kind);
            if !included.is_empty() {
                members.list("NonKeyAttributes", included.len(), &|writer, position| {
                    writer.string(included.get(position).copied().unwrap_or_default());
                });
            }
        });
    });
}

fn write_key_schema(members: &mut Members<'_>, fields: &Fields<'_>) {
    members.list("KeySchema", fields.partition.len() + fields.sort.len(), &|writer, position| match (
        fields.partition.get(position),
        fields.sort.get(position.saturating_sub(fields.partition.len())),
    ) {
        (Some(field), _) => write_pair(writer, field, "KeyType", "HASH"),
        (None, field) => write_pair(writer, field.copied().unwrap_or_default(), "KeyType", "RANGE"),
    });
}

fn write_pair(writer: &mut Writer, field: &str, name: &str, value: &str) {
    write_map(writer, &|members| {
        members.text("AttributeName", field);
        members.text(name, value);
    });
}
