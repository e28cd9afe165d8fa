//! The entity plan: what the wrapper must know of a compiled schema to run hooks, shape values and read items. It decides nothing itself.

use super::members::{Members, write_map};
use super::{Attribute, AttributeKind, Casing, Cast, Default, EnumMember, HookId, Index, IndexKind, Key, Projection, Schema, Slot, Watch};
use crate::key::template::Form;
use crate::text::integer_in;
use crate::value::Writer;

/// Writes the plan as one map.
#[cold]
pub fn write(schema: &Schema, writer: &mut Writer) {
    write_map(writer, &|members| {
        members.text("entity", &schema.entity);
        members.text("version", &schema.version);
        members.text("service", &schema.service);
        members.map("identifiers", &|members| {
            members.text("entity", &schema.identifiers.entity);
            members.text("version", &schema.identifiers.version);
        });
        members.number("primary", schema.primary);
        members.list("attributes", schema.attributes.len(), &|writer, slot| {
            if let Some(attribute) = schema.attributes.get(slot) {
                write_attribute(writer, attribute, Some(slot));
            }
        });
        members.list("indexes", schema.indexes.len(), &|writer, number| {
            if let Some(index) = schema.indexes.get(number) {
                write_index(writer, number, index);
            }
        });
    });
}

fn write_hook(members: &mut Members<'_>, name: &str, hook: Option<HookId>) {
    if let Some(hook) = hook {
        members.number(name, hook as usize);
    }
}

fn write_slots(members: &mut Members<'_>, name: &str, slots: &[Slot]) {
    members.list(name, slots.len(), &|writer, position| {
        writer.integer(slots.get(position).map_or(0, |slot| i64::from(*slot)));
    });
}

fn write_attribute(writer: &mut Writer, attribute: &Attribute, slot: Option<usize>) {
    write_map(writer, &|members| {
        members.text("name", &attribute.name);
        members.text("field", &attribute.field);
        if let Some(slot) = slot {
            members.number("slot", slot);
        }
        members.number("node", usize::from(attribute.node));
        members.text("kind", attribute.kind.name());
        members.boolean("required", attribute.required);
        members.boolean("readOnly", attribute.read_only);
        members.boolean("hidden", attribute.hidden);
        match attribute.default {
            Default::None => members.number("default", 0),
            Default::Value => members.number("default", 1),
            Default::Function(hook) => members.map("default", &|members| members.number("hook", hook as usize)),
        }
        write_hook(members, "get", attribute.get);
        write_hook(members, "set", attribute.set);
        write_hook(members, "validate", attribute.validate);
        match &attribute.watch {
            Watch::None => {}
            Watch::All => members.text("watch", "*"),
            Watch::Slots(slots) => write_slots(members, "watch", slots),
        }
        members.boolean("shaped", is_shaped(attribute));
        members.boolean("hasDefault", has(attribute, |attribute| attribute.default != Default::None));
        members.boolean("hasSet", has(attribute, |attribute| attribute.set.is_some()));
        members.boolean("hasGet", has(attribute, |attribute| attribute.get.is_some()));
        members.boolean("hasHidden", has(attribute, |attribute| attribute.hidden));
        match &attribute.kind {
            AttributeKind::Map(properties) => members.list("properties", properties.len(), &|writer, position| {
                if let Some(property) = properties.get(position) {
                    write_attribute(writer, property, None);
                }
            }),
            AttributeKind::List(items) | AttributeKind::Set(items) => write_attribute(members.named("items"), items, None),
            AttributeKind::Enum(values) => members.list("enum", values.len(), &|writer, position| {
                write_member(writer, values.get(position).unwrap_or(&EnumMember::Unmatched));
            }),
            _ => {}
        }
    });
}

fn write_member(writer: &mut Writer, member: &EnumMember) {
    match member {
        EnumMember::String(text) => writer.string(text),
        EnumMember::Number(text) => match integer_in(text) {
            Some(integer) => writer.integer(integer),
            None => writer.decimal(text),
        },
        EnumMember::Boolean(value) => writer.boolean(*value),
        EnumMember::Null => writer.null(),
        EnumMember::Unmatched => writer.undefined(),
    };
}

/// Whether this or something below it satisfies the question.
fn has(attribute: &Attribute, question: fn(&Attribute) -> bool) -> bool {
    question(attribute) || attribute.children().iter().any(|child| has(child, question))
}

/// Whether a value must be rebuilt on its way to DynamoDB: sets become DynamoDB sets, maps keep their declared properties under their fields.
fn is_shaped(attribute: &Attribute) -> bool {
    has(attribute, |attribute| matches!(attribute.kind, AttributeKind::Set(_) | AttributeKind::Map(_)))
}

fn write_index(writer: &mut Writer, number: usize, index: &Index) {
    write_map(writer, &|members| {
        members.text("name", &index.name);
        members.number("number", number);
        if let Some(name) = &index.index {
            members.text("index", name);
        }
        members.map("partition", &|members| write_key(members, &index.partition));
        if let Some(sort) = &index.sort {
            members.map("sort", &|members| write_key(members, sort));
        }
        members.list("collections", index.collections.len(), &|writer, position| {
            writer.string(index.collections.get(position).map_or("", |collection| collection));
        });
        let kind = match index.kind {
            IndexKind::Isolated => "isolated",
            IndexKind::Clustered => "clustered",
            IndexKind::Composite => "composite",
        };
        members.text("kind", kind);
        write_hook(members, "condition", index.condition);
        members.boolean("local", index.local);
        members.boolean("identified", index.identified);
        match &index.projection {
            Projection::All => members.text("projection", "all"),
            Projection::KeysOnly => members.text("projection", "keys_only"),
            Projection::Include(slots) => write_slots(members, "projection", slots),
        }
    });
}

fn write_key(members: &mut Members<'_>, key: &Key) {
    members.text("field", &key.field);
    write_slots(members, "composites", &key.composites);
    let template = &key.template;
    members.boolean("numeric", template.stored_type() == Cast::Number);
    members.boolean("cased", template.cased);
    let casing = match key.casing {
        Casing::None => "none",
        Casing::Lower => "lower",
        Casing::Upper => "upper",
    };
    members.text("casing", casing);
    if template.form != Form::Text {
        return;
    }
    // As the definition has them: JavaScript cases them, with which ElectroDB's stored keys were cased.
    members.text("head", &template.head);
    members.list("labels", template.parts.len(), &|writer, position| {
        writer.string(template.parts.get(position).map_or("", |part| &part.label));
    });
    members.text("tail", &template.tail);
}
