//! Update, patch and upsert: operations that change parts of an item.

use super::keyed::condition;
use super::{Keys, Options, key_parameter, literal, push_placeholders, table_parameter};
use crate::call::{Action, Call, Given, Operand, Operation, Target, Values, Verb};
use crate::error::Result;
use crate::expression::{AttributePath, Existence, Placeholders, Update, check_overlaps, item_source};
use crate::item;
use crate::key::{Change, KeyChange, check_given, primary_key, update_keys};
use crate::request::{Parameter, Source, Texts};
use crate::schema::{Key, Schema, Slot};
use crate::value::Value;

pub(super) fn keys<'s>(schema: &'s Schema, call: &Call<'_>, texts: &mut Texts, keys: &mut Keys<'s>) -> Result<()> {
    let upsert = call.operation == Operation::Upsert;
    let keyed = (upsert && schema.dialect.checks_keys_first() && !call.actions.is_empty()).then(|| keyed_item(schema, call));
    let identity = keyed.as_ref().unwrap_or(if upsert { &call.item } else { &call.key });
    if upsert {
        item::check_create(schema, &upserted(call), None, &call.unknown)?;
        for action in call.actions.iter().filter(|action| action.from_hook || whole(schema, action).is_none()) {
            item::check_update(schema, std::slice::from_ref(action), &[])?;
        }
        if let Some(checked) = &call.checked {
            check_given(schema, call.operation, checked)?;
        }
    } else {
        if schema.dialect.checks_keys_first() {
            check_given(schema, call.operation, identity)?;
        }
        item::check_update(schema, &call.actions, &call.unknown)?;
    }
    primary_key(schema, call.operation, identity, texts, &mut keys.primary)?;
    let mut touched = Touched::default();
    touched.read(schema, call);
    let change = Change {
        key: identity,
        set: &touched.set,
        uncertain: &touched.uncertain,
        removed: &touched.removed,
        composite: &call.composite,
        conditions: &call.index_conditions,
    };
    update_keys(schema, call.operation, &change, texts, &mut keys.changes)
}

/// An upsert's item with what its other verbs give of the table's key, as ElectroDB takes it.
fn keyed_item<'a>(schema: &Schema, call: &Call<'a>) -> Values<'a> {
    let mut item = call.item.clone();
    for action in &call.actions {
        if let (Target::Slot(slot), Operand::Value(given)) = (&action.target, &action.operand)
            && schema.is_primary(*slot)
        {
            item.insert(*slot, *given);
        }
    }
    item
}

/// What an upsert gives, as far as it has to be whole: the item and what its actions apply.
fn upserted<'a>(call: &Call<'a>) -> Values<'a> {
    // What the check is to see instead has what the actions apply in it.
    if let Some(checked) = &call.checked {
        return checked.clone();
    }
    let mut all = call.item.clone();
    for action in &call.actions {
        if let (Target::Slot(slot), Operand::Value(given)) = (&action.target, &action.operand) {
            all.insert(*slot, *given);
        }
    }
    all
}

/// What the call does to each top-level attribute that it touches.
#[derive(Default)]
struct Touched<'a> {
    set: Values<'a>,
    uncertain: Values<'a>,
    removed: Vec<Slot>,
}

impl<'a> Touched<'a> {
    fn read(&mut self, schema: &Schema, call: &Call<'a>) {
        if call.operation == Operation::Upsert {
            self.set = call.item.clone();
        }
        for action in &call.actions {
            let Some(slot) = whole(schema, action) else { continue };
            // Keys go by what is said of an attribute last.
            if matches!(action.operand, Operand::Value(_)) && action.verb != Verb::Remove {
                self.removed.retain(|removed| *removed != slot);
            }
            match (action.verb, &action.operand) {
                (Verb::Set, Operand::Value(given)) => self.set.insert(slot, *given),
                (Verb::Remove, _) => self.removed.push(slot),
                (_, Operand::Value(given)) => {
                    let start = action.start.filter(|_| schema.dialect.goes_by_start_values());
                    self.set.insert(slot, ABSENT);
                    self.uncertain.insert(slot, start.unwrap_or(*given));
                }
                (_, Operand::Expression(_)) if schema.dialect.follows_index_key_rule() => self.uncertain.insert(slot, UNKNOWN),
                // ElectroDB does not look at expressions, and goes by what `composite()` says of the attribute.
                (_, Operand::Expression(_) | Operand::None) => {}
            }
        }
    }
}

/// No value.
const ABSENT: Given<'static> = Given { number: u16::MAX, value: Value::Undefined };

/// A value that only DynamoDB will know.
const UNKNOWN: Given<'static> = Given { number: u16::MAX, value: Value::Null };

/// The attribute that an action is about as a whole.
fn whole(schema: &Schema, action: &Action<'_>) -> Option<Slot> {
    match &action.target {
        Target::Slot(slot) => Some(*slot),
        Target::Text(text) => AttributePath::of_text(schema, text).filter(AttributePath::is_top_level)?.slot(),
        Target::Path(path) => path.slot.filter(|_| path.steps.is_empty()),
    }
}

pub(super) fn render(schema: &Schema, call: &Call<'_>, options: &Options<'_>, keys: &Keys<'_>) -> Result<Vec<Parameter>> {
    let mut placeholders = Placeholders::new();
    let standing = (call.operation == Operation::Patch).then_some(Existence::Present);
    let condition = condition(schema, call, options, standing, &mut placeholders)?;
    let mut update = Update::new();
    if call.operation == Operation::Upsert {
        add_identifiers(schema, &mut placeholders, &mut update);
        add_item(schema, call, keys, &mut placeholders, &mut update);
        add_index_keys(schema, call, keys, &mut placeholders, &mut update);
        add_actions(schema, call, keys, &mut placeholders, &mut update)?;
    } else {
        add_actions(schema, call, keys, &mut placeholders, &mut update)?;
        add_index_keys(schema, call, keys, &mut placeholders, &mut update);
        add_key_attributes(schema, call, keys, &mut placeholders, &mut update);
        add_identifiers(schema, &mut placeholders, &mut update);
    }
    let mut parameters = vec![literal("UpdateExpression", update.render())];
    push_placeholders(&placeholders, &mut parameters);
    parameters.extend([table_parameter(), key_parameter(keys)]);
    options.push_write(&mut parameters);
    if let Some(text) = condition {
        parameters.push(literal("ConditionExpression", text));
    }
    Ok(parameters)
}

/// An attribute that is an index key itself is written as that key, cased, and stands where the attribute would.
fn index_key(keys: &Keys<'_>, field: &str) -> Option<Source> {
    keys.changes.iter().find_map(|change| match change {
        KeyChange::Set(key) if key.field == field => Some(key.source.into()),
        _ => None,
    })
}

/// Whether the attribute that is stored in this field is written by the item or an action, or with the table's key.
fn is_written(schema: &Schema, call: &Call<'_>, field: &str) -> bool {
    let is_field = |slot: Slot| schema.attribute(slot).is_some_and(|attribute| *attribute.field == *field);
    if call.operation != Operation::Upsert && call.key.iter().any(|(slot, _)| is_field(slot) && schema.is_primary(slot)) {
        return true;
    }
    let acts = |action: &Action<'_>| whole(schema, action).is_some_and(is_field);
    call.item.iter().any(|(slot, _)| is_field(slot)) || call.actions.iter().any(acts)
}

/// Whether an action stores a value as it is; what is only checked stores nothing.
fn stores(action: &Action<'_>) -> bool {
    matches!(action.verb, Verb::Set | Verb::IfNotExists) && !matches!(action.operand, Operand::None)
}

fn add_actions(schema: &Schema, call: &Call<'_>, keys: &Keys<'_>, placeholders: &mut Placeholders, update: &mut Update) -> Result<()> {
    for action in &call.actions {
        let attribute = whole(schema, action).filter(|_| stores(action)).and_then(|slot| schema.attribute(slot));
        match attribute.and_then(|attribute| Some((attribute, index_key(keys, &attribute.field)?))) {
            Some((attribute, source)) => {
                let add = if action.verb == Verb::Set { Update::set } else { Update::set_if_absent };
                add(update, placeholders, &attribute.name, &attribute.field, source);
            }
            None => add_action(schema, call, action, placeholders, update)?,
        }
    }
    let written = call.item.iter().filter_map(|(slot, _)| schema.attribute(slot)).map(|attribute| &*attribute.field);
    check_overlaps(schema, written, &call.actions)
}

/// Whether an upsert writes the attribute only where the item lacks it, whatever the verb.
fn is_upserted_once(schema: &Schema, call: &Call<'_>, action: &Action<'_>) -> bool {
    let read_only = |slot: Slot| schema.attribute(slot).is_some_and(|attribute| attribute.read_only) && !is_composite(schema, slot);
    call.operation == Operation::Upsert && schema.dialect.upserts_read_only_once() && whole(schema, action).is_some_and(read_only)
}

/// ElectroDB numbers what watchers add and what is upserted once by the field, what else the user names by the attribute.
fn add_action(schema: &Schema, call: &Call<'_>, action: &Action<'_>, placeholders: &mut Placeholders, update: &mut Update) -> Result<()> {
    let once = is_upserted_once(schema, call, action);
    let attribute = whole(schema, action).filter(|_| once || action.from_hook).and_then(|slot| schema.attribute(slot));
    match (attribute, &action.operand) {
        (Some(attribute), Operand::Value(given)) if !given.value.is_undefined() => {
            let add = if once { Update::set_if_absent } else { Update::set };
            add(update, placeholders, &attribute.field, &attribute.field, item_source(attribute, *given));
            Ok(())
        }
        _ if once => update.action(schema, placeholders, &Action { verb: Verb::IfNotExists, ..action.clone() }),
        _ => update.action(schema, placeholders, action),
    }
}

fn add_item(schema: &Schema, call: &Call<'_>, keys: &Keys<'_>, placeholders: &mut Placeholders, update: &mut Update) {
    for (slot, given) in call.item.iter() {
        let Some(attribute) = schema.attribute(slot) else { continue };
        if is_key_field(keys, &attribute.field) {
            continue;
        }
        if let Some(source) = index_key(keys, &attribute.field) {
            update.set(placeholders, &attribute.name, &attribute.field, source);
            continue;
        }
        let source = item_source(attribute, given);
        if attribute.read_only && !is_composite(schema, slot) {
            // ElectroDB numbers what it adds by itself by the field, what the user names by the attribute.
            update.set_if_absent(placeholders, &attribute.field, &attribute.field, source);
        } else {
            update.set(placeholders, &attribute.name, &attribute.field, source);
        }
    }
}

fn add_index_keys(schema: &Schema, call: &Call<'_>, keys: &Keys<'_>, placeholders: &mut Placeholders, update: &mut Update) {
    for change in &keys.changes {
        match change {
            // What is written or removed in its field as an attribute is so once: DynamoDB takes one change of a field.
            _ if is_written(schema, call, change.field()) => {}
            KeyChange::Set(key) => {
                // ElectroDB's upserts number a key by the attribute that is stored in its field.
                let mut owners = schema.attributes.iter().filter(|attribute| *attribute.field == *key.field && !attribute.read_only);
                let owner = owners.find(|_| call.operation == Operation::Upsert);
                update.set(placeholders, owner.map_or(key.field, |attribute| &attribute.name), key.field, key.source.into());
            }
            KeyChange::Remove(field) => update.remove(placeholders, field, field),
        }
    }
}

/// The key's attributes are written beside the key, so that an update that makes an item leaves it whole.
fn add_key_attributes(schema: &Schema, call: &Call<'_>, keys: &Keys<'_>, placeholders: &mut Placeholders, update: &mut Update) {
    let Some(index) = schema.primary_index() else { return };
    let sort = index.sort.iter().flat_map(|key| &key.composites);
    let mut written = Vec::new();
    for slot in index.partition.composites.iter().chain(sort) {
        // An attribute may be in both keys.
        if written.contains(slot) {
            continue;
        }
        written.push(*slot);
        let (Some(attribute), Some(given)) = (schema.attribute(*slot), call.key.get(*slot)) else { continue };
        // A watcher may have set it already.
        let is_set = call.actions.iter().any(|action| action.verb == Verb::Set && whole(schema, action) == Some(*slot));
        if !is_set && !is_key_field(keys, &attribute.field) {
            let source = index_key(keys, &attribute.field).unwrap_or_else(|| item_source(attribute, given));
            update.set(placeholders, &attribute.field, &attribute.field, source);
        }
    }
}

fn add_identifiers(schema: &Schema, placeholders: &mut Placeholders, update: &mut Update) {
    for (field, value) in [(&schema.identifiers.entity, &schema.entity), (&schema.identifiers.version, &schema.version)] {
        update.set(placeholders, field, field, Source::Literal(String::from(&**value)));
    }
}

/// DynamoDB refuses updates of the table's key, which an attribute may be itself.
fn is_key_field(keys: &Keys<'_>, field: &str) -> bool {
    keys.primary.iter().any(|key| key.field == field)
}

/// A composite is written as it goes into its keys, read-only or not: attribute and key must never disagree.
pub(super) fn is_composite(schema: &Schema, slot: Slot) -> bool {
    let has = |key: &Key| key.composites.contains(&slot);
    schema.indexes.iter().any(|index| has(&index.partition) || index.sort.as_ref().is_some_and(has))
}
