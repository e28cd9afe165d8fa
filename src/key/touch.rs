//! What an update does to the keys of one index, from what it sets, removes and only says. Whole items are `impact`'s.

use super::build::{Composites, slots_that};
use super::impact::{
    Change, KeyChange, composes, composites_that, is_attribute, is_bare, is_constant, is_no_text, is_of_table, push, remove, remove_half,
    sort_composites, write,
};
use super::number::push_number;
use super::refuse::{needs_every_composite, needs_more};
use super::template::Form;
use crate::call::Operation;
use crate::error::Result;
use crate::request::Texts;
use crate::schema::{Cast, Index, Key, Schema, Slot};
use crate::value::Value;

/// What a change of known and unknown attributes does to one index.
pub(super) struct Touch<'s, 'c, 'v, 'a> {
    pub(super) schema: &'s Schema,
    pub(super) index: &'s Index,
    pub(super) operation: Operation,
    pub(super) change: &'c Change<'v, 'a>,
}

impl<'s> Touch<'s, '_, '_, '_> {
    pub(super) fn apply(&self, condition: Option<bool>, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>) -> Result<()> {
        let index = self.index;
        for key in std::iter::once(&index.partition).chain(&index.sort) {
            self.keep(key, texts, changes)?;
        }
        if index.condition.is_some() && self.is_decided(condition) {
            return self.decide(condition, texts, changes);
        }
        if self.joins_constant() {
            self.set(&index.partition, texts, changes)?;
            return index.sort.as_ref().map_or(Ok(()), |sort| self.set(sort, texts, changes));
        }
        let sort_first = index.sort.as_ref().is_some_and(|sort| self.loses_first(sort));
        if !sort_first {
            self.apply_half(&index.partition, texts, changes)?;
        }
        if let Some(sort) = &index.sort {
            self.apply_half(sort, texts, changes)?;
        }
        if sort_first {
            self.apply_half(&index.partition, texts, changes)?;
        }
        if let Some(sort) = &index.sort {
            self.check_other(&index.partition, sort, texts)?;
            self.check_other(sort, &index.partition, texts)?;
        }
        let settled = self.sets_any(&index.partition) && index.partition.composites.iter().all(|slot| self.knows(*slot));
        match &index.sort {
            // A sort key without composites has no other occasion to be stored.
            Some(sort) if settled && sort.composites.is_empty() => self.set(sort, texts, changes),
            _ => Ok(()),
        }
    }

    /// Stores an attribute of the table's key that is this key by itself: every update writes it, and it has to stay as it is. What is no text of
    /// a key without text of its own is stored as it is given, and nothing of it is refused.
    fn keep(&self, key: &'s Key, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>) -> Result<()> {
        let Self { schema, change, .. } = *self;
        let is_text = |value: &Value<'_>| {
            key.template.form == Form::Text
                || matches!(value, Value::String(_) | Value::Null)
                || (is_no_text(schema, key) && matches!(value, Value::Boolean(_) | Value::Integer(_) | Value::Decimal(_)))
        };
        let stays = |slot: &Slot| schema.is_primary(*slot) && change.key.get(*slot).is_some_and(|given| is_text(&given.value));
        let follows = is_attribute(schema, key) && key.template.form != Form::Attribute(Cast::Number) && key.composites.iter().all(stays);
        if follows { self.store(key, true, texts, changes) } else { Ok(()) }
    }

    /// Whether both halves lose composites and the sort key's are named by an index first, so that ElectroDB drops it first.
    fn loses_first(&self, sort: &Key) -> bool {
        let partition = &self.index.partition;
        if !self.removes(partition) || !self.removes(sort) {
            return false;
        }
        for named in &self.schema.indexes {
            for slot in named.partition.composites.iter().chain(sort_composites(named)) {
                if self.change.removed.contains(slot) && composes(self.index, *slot) {
                    return !partition.composites.contains(slot);
                }
            }
        }
        false
    }

    /// Whether the index's condition has been asked of all that it needs.
    fn is_decided(&self, condition: Option<bool>) -> bool {
        // ElectroDB goes by what `composite()` says even of attributes that are removed.
        let asked = condition.is_some() && !self.schema.dialect.follows_index_key_rule();
        asked || composites_that(self.index, &|slot| !self.knows(slot)).is_empty()
    }

    /// Refuses a write to an index whose condition cannot be asked.
    pub(super) fn check_condition(&self, condition: Option<bool>) -> Result<()> {
        if self.is_decided(condition) || composites_that(self.index, &|slot| self.sets(slot)).is_empty() {
            return Ok(());
        }
        let unknown = composites_that(self.index, &|slot| !self.knows(slot));
        Err(needs_every_composite(self.schema, self.index, &unknown))
    }

    /// Stores or drops both keys of an index whose condition has been asked.
    fn decide(&self, condition: Option<bool>, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>) -> Result<()> {
        let Self { schema, index, .. } = *self;
        if is_constant(index) && sort_composites(index).is_empty() && !self.stores_constants() {
            // Only puts store such keys, but whatever is written may show that the item has no place in the index.
            if !condition.unwrap_or_default() {
                remove(schema, index, changes);
            }
            return Ok(());
        }
        // ElectroDB leaves a partition key without composites to puts.
        let left = !schema.dialect.follows_index_key_rule() && is_constant(index) && condition.unwrap_or_default();
        for key in [Some(&index.partition).filter(|_| !left), index.sort.as_ref()] {
            let Some(key) = key else { continue };
            if self.removes(key) {
                self.apply_half(key, texts, changes)?;
            } else if condition.unwrap_or_default() || (is_attribute(schema, key) && self.sets_any(key)) {
                // An attribute that is the key itself stays in the item, cased, whether the index holds the item or not.
                self.set(key, texts, changes)?;
            } else {
                remove_half(schema, key, changes);
            }
        }
        Ok(())
    }

    /// Whether the write completes an index whose partition key is a constant, so that the item enters it.
    fn joins_constant(&self) -> bool {
        let Self { schema, index, .. } = *self;
        if !schema.dialect.follows_index_key_rule() || !is_constant(index) {
            return false;
        }
        match index.sort.as_ref().filter(|sort| !sort.composites.is_empty()) {
            Some(sort) => self.touches(sort) && sort.composites.iter().all(|slot| self.knows(*slot)),
            None => self.stores_constants(),
        }
    }

    /// Whether an index without any composites is stored by this operation.
    fn stores_constants(&self) -> bool {
        self.schema.dialect.follows_index_key_rule() && self.operation == Operation::Upsert
    }

    fn apply_half(&self, key: &'s Key, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>) -> Result<()> {
        if !self.touches(key) {
            return Ok(());
        }
        if self.removes(key) {
            let Change { key: of_table, set, uncertain, composite, removed, .. } = *self.change;
            let is_kept = |slot: Slot| !removed.contains(&slot) && of_table.get(slot).is_none();
            // ElectroDB makes a key of what the update has set before it was removed, too.
            let (sets, layers) = (self.sets_any(key), [set, uncertain, of_table, composite]);
            let lacks = |slot: Slot| is_kept(slot) || (sets && Composites(&layers).get(slot).is_none());
            let kept = slots_that(&key.composites, &lacks);
            // It drops a key only together with all the composites that could be kept.
            if !self.schema.dialect.follows_index_key_rule() && !kept.is_empty() {
                return Err(needs_more(self.schema, self.index, &kept));
            }
            remove_half(self.schema, key, changes);
            return Ok(());
        }
        let unknown = slots_that(&key.composites, &|slot| !self.knows(slot));
        if !unknown.is_empty() {
            return Err(needs_more(self.schema, self.index, &unknown));
        }
        self.set(key, texts, changes)
    }

    /// Refuses what is no number for the half that stays as it is, where the other half is stored: ElectroDB makes both.
    fn check_other(&self, stored: &Key, other: &Key, texts: &mut Texts) -> Result<()> {
        let stays = self.sets_any(stored) && !self.removes(stored) && !self.touches(other);
        let (Form::Attribute(Cast::Number), true, Some(slot)) = (other.template.form, stays, other.composites.first()) else {
            return Ok(());
        };
        let known = Composites(&[self.change.key, self.change.composite]).get(*slot);
        // Which values are refused is told of none of the texts.
        texts.recipe = None;
        match (known, self.schema.attribute(*slot)) {
            (Some(given), Some(attribute)) => push_number(&mut String::new(), self.schema, attribute, &given.value),
            _ => Ok(()),
        }
    }

    fn set(&self, key: &'s Key, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>) -> Result<()> {
        // ElectroDB writes again what `composite()` states of an attribute that is the key.
        let stated = !self.schema.dialect.follows_index_key_rule()
            && !self.sets_any(key)
            && key.composites.iter().any(|slot| self.change.composite.get(*slot).is_some());
        self.store(key, stated, texts, changes)
    }

    /// Makes the key and stores it; of an attribute that is stored as it is only where it is to be written anyway.
    fn store(&self, key: &'s Key, anyway: bool, texts: &mut Texts, changes: &mut Vec<KeyChange<'s>>) -> Result<()> {
        let Self { schema, change, .. } = *self;
        if is_of_table(schema, &key.field) {
            return Ok(());
        }
        let rule = schema.dialect.follows_index_key_rule();
        let layers = [change.set, change.uncertain, change.key, change.composite];
        let made = write(schema, key, &Composites(&layers), texts)?;
        if is_bare(schema, key) && !anyway && is_attribute(schema, key) {
            return Ok(());
        }
        match made {
            Some(write) => push(changes, KeyChange::Set(write)),
            // ElectroDB keeps the key of the value before.
            None if rule => remove_half(schema, key, changes),
            None => {}
        }
        Ok(())
    }

    /// Whether the composite's value after the write is known.
    fn knows(&self, slot: Slot) -> bool {
        let Self { schema, change, .. } = *self;
        if change.removed.contains(&slot) {
            return false;
        }
        let uncertain = self.changes(slot);
        if change.set.get(slot).is_some() || change.key.get(slot).is_some() {
            return true;
        }
        if uncertain {
            // ElectroDB takes the operand of `add` for the new value.
            return !schema.dialect.follows_index_key_rule();
        }
        change.composite.get(slot).is_some()
    }

    /// Whether the write changes the attribute. An upsert gives the attributes of the table's key, too, which never change.
    fn sets(&self, slot: Slot) -> bool {
        let kept = self.operation == Operation::Upsert && self.schema.primary_index().is_some_and(|table| composes(table, slot));
        !kept && (self.change.set.get(slot).is_some() || self.changes(slot))
    }

    /// Whether only DynamoDB will know the composite's value.
    fn changes(&self, slot: Slot) -> bool {
        self.change.uncertain.get(slot).is_some()
    }

    fn sets_any(&self, key: &Key) -> bool {
        key.composites.iter().any(|slot| self.sets(*slot))
    }

    fn removes(&self, key: &Key) -> bool {
        key.composites.iter().any(|slot| self.change.removed.contains(slot))
    }

    /// Whether a half has to follow the write. An upsert may make the item, so it stores what the table's key alone tells.
    fn touches(&self, key: &Key) -> bool {
        let touched = self.sets_any(key) || self.removes(key);
        let makes = self.operation == Operation::Upsert && !key.composites.is_empty();
        touched || (makes && key.composites.iter().all(|slot| self.change.key.get(*slot).is_some()))
    }
}
