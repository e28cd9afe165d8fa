//! The entity plan: what the wrapper must know of a compiled schema to run hooks, shape values and read items. It decides nothing itself.

use super::{Attribute, AttributeKind, Casing, Default, EnumMember, HookId, Index, IndexKind, Key, Projection, Schema, Slot, Watch};
use crate::key::template::Form;
use crate::value::Writer;

/// Writes the plan as one map.
pub fn write(schema: &Schema, writer: &mut Writer) {
    writer.map(|writer| {
        let mut members = Members { writer, count: 0 };
        members.text("entity", &schema.entity);
        members.text("version", &schema.version);
        members.text("service", &schema.service);
        members.with("identifiers", |writer| {
            writer.map(|writer| {
                let mut members = Members { writer, count: 0 };
                members.text("entity", &schema.identifiers.entity);
                members.text("version", &schema.identifiers.version);
                members.count
            });
        });
        members.number("primary", schema.primary);
        members.list("attributes", (0usize..).zip(&schema.attributes), |writer, (slot, attribute)| {
            write_attribute(writer, attribute, Some(slot))
        });
        members.list("indexes", (0usize..).zip(&schema.indexes), |writer, (number, index)| write_index(writer, number, index));
        write_order(&mut members, "setters", schema, |attribute| attribute.set);
        write_order(&mut members, "getters", schema, |attribute| attribute.get);
        members.count
    });
}

/// The members of a map under construction.
struct Members<'w> {
    writer: &'w mut Writer,
    count: usize,
}

impl Members<'_> {
    fn with(&mut self, name: &str, write: impl FnOnce(&mut Writer)) {
        self.writer.text(name);
        write(self.writer);
        self.count += 1;
    }

    fn text(&mut self, name: &str, value: &str) {
        self.with(name, |writer| _ = writer.string(value));
    }

    fn boolean(&mut self, name: &str, value: bool) {
        self.with(name, |writer| _ = writer.boolean(value));
    }

    fn number(&mut self, name: &str, value: usize) {
        self.with(name, |writer| write_number(writer, value));
    }

    fn hook(&mut self, name: &str, hook: Option<HookId>) {
        if let Some(hook) = hook {
            self.with(name, |writer| _ = writer.integer(i64::from(hook)));
        }
    }

    fn slots(&mut self, name: &str, slots: &[Slot]) {
        self.list(name, slots.iter(), |writer, slot| write_number(writer, usize::from(*slot)));
    }

    fn list<T>(&mut self, name: &str, items: impl Iterator<Item = T>, write: impl Fn(&mut Writer, T)) {
        self.with(name, |writer| {
            writer.list(|writer| items.map(|item| write(writer, item)).count());
        });
    }
}

fn write_number(writer: &mut Writer, value: usize) {
    writer.integer(i64::try_from(value).unwrap_or(i64::MAX));
}

fn write_attribute(writer: &mut Writer, attribute: &Attribute, slot: Option<usize>) {
    writer.map(|writer| {
        let mut members = Members { writer, count: 0 };
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
        write_default(&mut members, attribute.default);
        members.hook("get", attribute.get);
        members.hook("set", attribute.set);
        members.hook("validate", attribute.validate);
        match &attribute.watch {
            Watch::None => {}
            Watch::All => members.text("watch", "*"),
            Watch::Slots(slots) => members.slots("watch", slots),
        }
        members.boolean("shaped", is_shaped(attribute));
        members.boolean("hasDefault", has(attribute, &|attribute| attribute.default != Default::None));
        members.boolean("hasSet", has(attribute, &|attribute| attribute.set.is_some()));
        members.boolean("hasGet", has(attribute, &|attribute| attribute.get.is_some()));
        members.boolean("hasHidden", has(attribute, &|attribute| attribute.hidden));
        match &attribute.kind {
            AttributeKind::Map(properties) => {
                members.list("properties", properties.iter(), |writer, property| write_attribute(writer, property, None))
            }
            AttributeKind::List(items) | AttributeKind::Set(items) => members.with("items", |writer| write_attribute(writer, items, None)),
            AttributeKind::Enum(values) => members.list("enum", values.iter(), write_member),
            _ => {}
        }
        members.count
    });
}

fn write_default(members: &mut Members<'_>, default: Default) {
    match default {
        Default::None => members.number("default", 0),
        Default::Value => members.number("default", 1),
        Default::Function(hook) => members.with("default", |writer| {
            writer.map(|writer| {
                let mut members = Members { writer, count: 0 };
                members.hook("hook", Some(hook));
                members.count
            });
        }),
    }
}

fn write_member(writer: &mut Writer, member: &EnumMember) {
    match member {
        EnumMember::String(text) => writer.string(text),
        EnumMember::Number(text) => match text.parse() {
            Ok(integer) => writer.integer(integer),
            Err(_) => writer.decimal(text),
        },
        EnumMember::Boolean(value) => writer.boolean(*value),
        EnumMember::Null => writer.null(),
        EnumMember::Unmatched => writer.undefined(),
    };
}

/// Whether this or something below it satisfies the question.
fn has(attribute: &Attribute, question: &impl Fn(&Attribute) -> bool) -> bool {
    question(attribute) || attribute.children().iter().any(|child| has(child, question))
}

/// Whether a value must be rebuilt on its way to DynamoDB: sets become DynamoDB sets, maps keep their declared properties under their fields.
fn is_shaped(attribute: &Attribute) -> bool {
    has(attribute, &|attribute| matches!(attribute.kind, AttributeKind::Set(_) | AttributeKind::Map(_)))
}

fn write_index(writer: &mut Writer, number: usize, index: &Index) {
    writer.map(|writer| {
        let mut members = Members { writer, count: 0 };
        members.text("name", &index.name);
        members.number("number", number);
        if let Some(name) = &index.index {
            members.text("index", name);
        }
        members.with("partition", |writer| write_key(writer, &index.partition));
        if let Some(sort) = &index.sort {
            members.with("sort", |writer| write_key(writer, sort));
        }
        members.list("collections", index.collections.iter(), |writer, collection| _ = writer.string(collection));
        members.text(
            "kind",
            match index.kind {
                IndexKind::Isolated => "isolated",
                IndexKind::Clustered => "clustered",
                IndexKind::Composite => "composite",
            },
        );
        members.hook("condition", index.condition);
        members.boolean("local", index.local);
        match &index.projection {
            Projection::All => members.text("projection", "all"),
            Projection::KeysOnly => members.text("projection", "keys_only"),
            Projection::Include(slots) => members.slots("projection", slots),
        }
        members.count
    });
}

fn write_key(writer: &mut Writer, key: &Key) {
    writer.map(|writer| {
        let mut members = Members { writer, count: 0 };
        members.text("field", &key.field);
        members.slots("composites", &key.composites);
        let (casing, cased): (&str, fn(&str) -> String) = match key.casing {
            Casing::None => ("none", str::to_owned),
            Casing::Lower => ("lower", str::to_ascii_lowercase),
            Casing::Upper => ("upper", str::to_ascii_uppercase),
        };
        // Letters beyond ASCII are left to JavaScript, which cased the keys that ElectroDB stored.
        if key.template.form == Form::Text && !key.template.head.is_empty() {
            members.text("prefix", &cased(&key.template.head));
            members.text("casing", casing);
        }
        members.count
    });
}

/// As ElectroDB runs them on a put: plain attributes in the definition's order, then the watchers.
fn write_order(members: &mut Members<'_>, name: &str, schema: &Schema, hook: fn(&Attribute) -> Option<HookId>) {
    let slots = |watchers: bool| -> Vec<Slot> {
        let attributes = (0..Slot::MAX).zip(&schema.attributes);
        let wanted = attributes
            .filter(|(_, attribute)| (attribute.watch != Watch::None) == watchers && has(attribute, &|inner| hook(inner).is_some()));
        wanted.map(|(slot, _)| slot).collect()
    };
    members.with(name, |writer| {
        writer.map(|writer| {
            let mut members = Members { writer, count: 0 };
            members.slots("first", &slots(false));
            members.slots("second", &slots(true));
            members.count
        });
    });
}
