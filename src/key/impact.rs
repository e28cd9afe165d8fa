//! Which index keys a write touches, and what becomes of them. Conditions are the user's functions, so their answers come in from outside.

use super::build::{Composites, Extent, KeyWrite, alone, is_empty_text, missing, slots_that, text};
use super::refuse::{needs_every_composite, needs_more};
use super::template::Form;
use super::touch::Touch;
use crate::call::{Operation, Values};
use crate::error::Result;
use crate::request::Texts;
use crate::schema::{AttributeKind, Casing, Cast, Index, IndexKind, Key, Schema, Slot};

/// What a write does to one key field.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyChange<'s> {
    /// Stores this.
    Set(KeyWrite<'s>),
    /// Removes the field of this stored name.
    Remove(&'s str),
}

impl KeyChange<'_> {
    /// The stored name of the key field.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Set(write) => write.field,
            Self::Remove(field) => field,
        }
    }
}

/// What an update, patch or upsert does to the item.
#[derive(Clone, Copy, Debug)]
pub struct Change<'v, 'a> {
    /// The composites of the table's key.
    pub key: &'v Values<'a>,
    /// Attributes and their new values.
    pub set: &'v Values<'a>,
    /// Attributes whose new value only DynamoDB will know (`add`, `subtract`, `append`, `ifNotExists`), with their operands; an
    /// expression's is `null`.
    pub uncertain: &'v Values<'a>,
    /// Attributes that are removed.
    pub removed: &'v [Slot],
    /// What `composite()` says the item already has.
    pub composite: &'v Values<'a>,
    /// Which conditions held, by index number.
    pub conditions: &'v [(usize, bool)],
}

impl Change<'_, '_> {
    /// Whether the attribute is written or removed.
    pub(super) fn touches(&self, slot: Slot) -> bool {
        self.set.get(slot).is_some() || self.uncertain.get(slot).is_some() || self.removed.contains(&slot)
    }
}

/// Builds the secondary index keys of a put or create from the whole item.
///
/// # Errors
/// 2002 where an index has some of its composites but not all, 2012 where such an index has a condition.
pub fn put_keys<'s>(
    schema: &'s Schema,
    item: &Values<'_>,
    conditions: &[(usize, bool)],
    texts: &mut Texts,
    keys: &mut Vec<KeyWrite<'s>>,
) -> Result<()> {
    let values = &Composites(&[item]);
    // Every condition is looked at before any key is, as in ElectroDB: of two refusals, the condition's is named.
    for (number, index) in secondary(schema).filter(|(_, index)| index.condition.is_some()) {
        included(schema, index, values, answer(conditions, number))?;
    }
    for (number, index) in secondary(schema) {
        if included(schema, index, values, answer(conditions, number))?.unwrap_or_default() {
            put_index(schema, index, values, values, texts, &mut |write| {
                // An index that shares the field has given it the same value.
                if keys.iter().all(|other| other.field != write.field) {
                    keys.push(write);
                }
            })?;
        }
    }
    Ok(())
}

/// Builds what an update, patch or upsert does to the secondary index keys, in ElectroDB's order.
///
/// # Errors
/// 2002 naming the composites that are needed and not known, 2012 where such an index has a condition.
pub fn update_keys<'s>(
    schema: &'s Schema,
    operation: Operation,
    change: &Change<'_, '_>,
    texts: &mut Texts,
    changes: &mut Vec<KeyChange<'s>>,
) -> Result<()> {
    let whole = operation == Operation::Upsert && !schema.dialect.follows_index_key_rule();
    for (number, index) in secondary(schema).filter(|(_, index)| index.condition.is_some()) {
        let condition = answer(change.conditions, number);
        if whole {
            included(schema, index, &Composites(&[change.set, change.key]), condition)?;
        } else {
            Touch { schema, index, operation, change }.check_condition(condition)?;
        }
    }
    if whole {
        for (number, index) in secondary(schema) {
            upsert_index(schema, index, change, answer(change.conditions, number), texts, changes)?;
        }
        return Ok(());
    }
    // ElectroDB drops keys in the order of what is removed, whatever else is touched.
    let mut ordered = Vec::new();
    for drops in [false, true] {
        follow(schema, operation, change, drops, texts, changes)?;
        if change.removed.is_empty() {
            break;
        }
        changes.retain(|made| matches!(made, KeyChange::Remove(_)) == drops);
        ordered.append(changes);
    }
    changes.append(&mut ordered);
    Ok(())
}

/// Follows a change index by index: first those that a condition takes the item out of, then in the order in which the indexes name the attributes
/// that are touched, or only those that are removed, then the rest.
fn follow<'s>(
    schema: &'s Schema,
    operation: Operation,
    change: &Change<'_, '_>,
    drops: bool,
    texts: &mut Texts,
    changes: &mut Vec<KeyChange<'s>>,
) -> Result<()> {
    let apply = |number: usize, index: &'s Index, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>| {
        Touch { schema, index, operation, change }.apply(answer(change.conditions, number), texts, changes)
    };
    let mut done = 0u64;
    for (number, index) in secondary(schema).filter(|(number, _)| *number < 64) {
        if index.condition.is_some() && answer(change.conditions, number) == Some(false) {
            done |= 1 << number;
            apply(number, index, texts, changes)?;
        }
    }
    for named in &schema.indexes {
        for slot in named.partition.composites.iter().chain(sort_composites(named)) {
            let leads = if drops { change.removed.contains(slot) } else { change.touches(*slot) };
            if !leads {
                continue;
            }
            for (number, index) in secondary(schema) {
                let fresh = number < 64 && done & (1 << number) == 0;
                if fresh && composes(index, *slot) {
                    done |= 1 << number;
                    apply(number, index, texts, changes)?;
                }
            }
        }
    }
    for (number, index) in secondary(schema) {
        if number >= 64 || done & (1 << number) == 0 {
            apply(number, index, texts, changes)?;
        }
    }
    Ok(())
}

/// The indexes beside the table's own that have key fields of their own.
fn secondary(schema: &Schema) -> impl Iterator<Item = (usize, &Index)> {
    schema.indexes.iter().enumerate().filter(|(number, index)| *number != schema.primary && index.kind != IndexKind::Composite)
}

fn answer(conditions: &[(usize, bool)], number: usize) -> Option<bool> {
    conditions.iter().find(|(index, _)| *index == number).map(|(_, held)| *held)
}

/// The composites of an index's sort key.
pub(super) fn sort_composites(index: &Index) -> &[Slot] {
    index.sort.as_ref().map_or(&[], |key| &key.composites)
}

/// Whether an index is composed of an attribute.
pub(super) fn composes(index: &Index, slot: Slot) -> bool {
    index.partition.composites.contains(&slot) || sort_composites(index).contains(&slot)
}

/// The composites of both halves that are so.
pub(super) fn composites_that(index: &Index, are: &dyn Fn(Slot) -> bool) -> Vec<Slot> {
    let mut found = slots_that(&index.partition.composites, are);
    found.append(&mut slots_that(sort_composites(index), are));
    found
}

/// Whether a key field is the table's own, which no secondary index changes.
pub(super) fn is_of_table(schema: &Schema, field: &str) -> bool {
    let is = |key: &Key| *key.field == *field;
    schema.primary_index().is_some_and(|index| is(&index.partition) || index.sort.as_ref().is_some_and(is))
}

/// Whether a whole item goes into an index with a condition; none where it has nothing to do with the index.
fn included(schema: &Schema, index: &Index, values: &Composites<'_, '_>, condition: Option<bool>) -> Result<Option<bool>> {
    if index.condition.is_none() {
        return Ok(Some(true));
    }
    let absent = composites_that(index, &|slot| values.get(slot).is_none());
    if absent.is_empty() {
        return Ok(Some(condition.unwrap_or_default()));
    }
    if absent.len() == index.partition.composites.len() + sort_composites(index).len() {
        return Ok(None);
    }
    Err(needs_every_composite(schema, index, &absent))
}

/// Writes the keys that a whole item has in an index, of which `stated` says how far it goes in.
fn put_index<'s>(
    schema: &'s Schema,
    index: &'s Index,
    stated: &Composites<'_, '_>,
    values: &Composites<'_, '_>,
    texts: &mut Texts,
    store: &mut dyn FnMut(KeyWrite<'s>),
) -> Result<()> {
    let sparse = schema.dialect.follows_index_key_rule();
    let in_partition = given(&index.partition.composites, stated);
    let in_sort = given(sort_composites(index), stated);
    if !sparse && in_partition + in_sort == 0 {
        return Ok(());
    }
    let partition_whole = in_partition == index.partition.composites.len();
    for (key, count, is_partition) in [(Some(&index.partition), in_partition, true), (index.sort.as_ref(), in_sort, false)] {
        let Some(key) = key else { break };
        let whole = count == key.composites.len();
        if !whole && count > 0 {
            if sparse && (is_partition || !partition_whole || is_constant(index)) {
                continue;
            }
            let absent = missing(key, values);
            if !absent.is_empty() {
                return Err(needs_more(schema, index, &absent));
            }
        }
        let sort_whole = in_sort == sort_composites(index).len();
        let left = sparse && !goes_in(index, is_partition, partition_whole, whole, sort_whole);
        if !left
            && !is_of_table(schema, &key.field)
            && let Some(write) = write(schema, key, values, texts)?
        {
            store(write);
        }
    }
    Ok(())
}

/// How many of the composites have values.
fn given(slots: &[Slot], values: &Composites<'_, '_>) -> usize {
    slots.iter().filter(|slot| values.get(**slot).is_some()).count()
}

/// Whether the main entry's rule writes this half of a whole item's key.
fn goes_in(index: &Index, is_partition: bool, partition_whole: bool, whole: bool, sort_whole: bool) -> bool {
    if is_constant(index) {
        // A constant partition holds the items that have every sort composite, and no other.
        return sort_whole;
    }
    if is_partition || partition_whole {
        return whole || !is_partition;
    }
    // The sort key waits for the update that completes the partition key.
    whole && !sort_composites(index).is_empty()
}

pub(super) fn is_constant(index: &Index) -> bool {
    index.partition.composites.is_empty()
}

/// Makes one key of composites that may be incomplete; none where nothing can be stored.
pub(super) fn write<'s>(schema: &'s Schema, key: &'s Key, values: &Composites<'_, '_>, texts: &mut Texts) -> Result<Option<KeyWrite<'s>>> {
    let source = match key.template.form {
        Form::Text => Some(text(schema, key, values, Extent::Label, texts)?.0),
        Form::Attribute(_) => alone(schema, key, values, texts)?,
        Form::Fields => None,
    };
    // DynamoDB takes no empty key: an item that would have one stays out of the index.
    let stored = source.filter(|source| !is_empty_text(texts, *source));
    Ok(stored.map(|source| KeyWrite { field: &key.field, source }))
}

/// Adds a change. Of an index that stores a shared field and one that drops it, the one that stores it is right: DynamoDB takes one change per field.
pub(super) fn push<'s>(changes: &mut Vec<KeyChange<'s>>, change: KeyChange<'s>) {
    let is_same = |earlier: &KeyChange<'_>| earlier.field() == change.field();
    let yields = |earlier: &KeyChange<'_>| matches!((earlier, &change), (KeyChange::Remove(_), KeyChange::Set(_)));
    if changes.iter().all(|earlier| !is_same(earlier) || yields(earlier)) {
        changes.retain(|earlier| !is_same(earlier));
        changes.push(change);
    }
}

/// ElectroDB's upsert takes what is given for the whole item.
fn upsert_index<'s>(
    schema: &'s Schema,
    index: &'s Index,
    change: &Change<'_, '_>,
    condition: Option<bool>,
    texts: &mut Texts,
    changes: &mut Vec<KeyChange<'s>>,
) -> Result<()> {
    let (stated, values) = (&Composites(&[change.set]), &Composites(&[change.set, change.key]));
    // What an operator makes of the table's key tells of no index, and of a half it leaves nothing to store.
    let torn = |slots: &[Slot]| (1..slots.len()).contains(&given(slots, stated));
    let left = torn(&index.partition.composites) || torn(sort_composites(index));
    for key in std::iter::once(&index.partition).chain(&index.sort) {
        let applied = Composites(&[change.uncertain]);
        let acts = !is_bare(schema, key) && is_attribute(schema, key) && given(&key.composites, &applied) > 0;
        if acts && let Some(write) = write(schema, key, &applied, texts)? {
            push(changes, KeyChange::Set(write));
        }
    }
    match included(schema, index, values, condition)? {
        None => {}
        Some(false) => remove(schema, index, changes),
        Some(true) => put_index(schema, index, stated, values, texts, &mut |write| {
            if !left {
                push(changes, KeyChange::Set(write));
            }
        })?,
    }
    Ok(())
}

/// Drops both keys of an index.
pub(super) fn remove<'s>(schema: &'s Schema, index: &'s Index, changes: &mut Vec<KeyChange<'s>>) {
    remove_half(schema, &index.partition, changes);
    if let Some(sort) = &index.sort {
        remove_half(schema, sort, changes);
    }
}

/// Drops a key field, unless it is an attribute's own: that one is kept or removed as the attribute itself.
pub(super) fn remove_half<'s>(schema: &'s Schema, key: &'s Key, changes: &mut Vec<KeyChange<'s>>) {
    if !is_of_table(schema, &key.field) && !is_attribute(schema, key) {
        push(changes, KeyChange::Remove(&key.field));
    }
}

pub(super) fn is_attribute(schema: &Schema, key: &Key) -> bool {
    key.template.custom && key.composites.iter().any(|slot| schema.attribute(*slot).is_some_and(|attribute| *attribute.field == *key.field))
}

/// Whether what is stored of such an attribute is what is given, so that no key has to be made.
pub(super) fn is_bare(schema: &Schema, key: &Key) -> bool {
    // Of an attribute that is the key itself, ElectroDB's updates case only what the definition cases by name.
    let cased = key.casing != Casing::None && (schema.dialect.follows_index_key_rule() || key.template.cased);
    let differs = cased || key.template.form == Form::Text || is_no_text(schema, key);
    key.template.form == Form::Attribute(Cast::Number) || !differs
}

/// Whether a key's first attribute is no text itself, so that a key of it is stored as another value.
pub(super) fn is_no_text(schema: &Schema, key: &Key) -> bool {
    let only = key.composites.first().and_then(|slot| schema.attribute(*slot));
    only.is_some_and(|attribute| matches!(attribute.kind, AttributeKind::Boolean | AttributeKind::Number))
}
