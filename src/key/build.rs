//! The hot path from composites to keys: whole keys, and the beginnings of sort keys that queries compare with.

use super::number::push_number;
use super::refuse::{listed, refuse_index};
use super::template::Form;
use super::text::push_composite;
use crate::call::{Given, Operation, Values};
use crate::error::{Error, Field, Kind, Result};
use crate::request::{KeySource, Texts};
use crate::schema::{Attribute, Casing, Cast, Index, Key, Schema, Slot};
use crate::text::fill;
use crate::value::Value;

/// Where composites come from: several records, of which an earlier one goes before a later one.
#[derive(Clone, Copy, Debug)]
pub struct Composites<'v, 'a>(pub &'v [&'v Values<'a>]);

impl<'a> Composites<'_, 'a> {
    /// The composite's value; none where it is absent or `undefined` everywhere.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, slot: Slot) -> Option<Given<'a>> {
        self.0.iter().find_map(|values| values.get(slot))
    }
}

/// A key field and what is stored in it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyWrite<'s> {
    /// The stored name.
    pub field: &'s str,
    /// What is stored.
    pub source: KeySource<'s>,
}

/// Builds the table's key of one item: of `values` alone, with every composite there.
///
/// # Errors
/// 2002 naming every missing composite; where an item is written, the main entry names them as required attributes that are missing.
/// `InvalidAttribute` for a value that no key can hold.
pub fn primary_key<'s>(
    schema: &'s Schema,
    operation: Operation,
    values: &Values<'_>,
    texts: &mut Texts,
    keys: &mut Vec<KeyWrite<'s>>,
) -> Result<()> {
    // ElectroDB names the sort key's missing composites only when the partition key is whole; all of them at once save the user a round.
    check_given(schema, operation, values)?;
    let values = &Composites(&[values]);
    let index = schema.primary_index().ok_or_else(|| Error::internal("the schema has no primary index"))?;
    write_whole(schema, &index.partition, values, texts, keys)?;
    if let Some(sort) = &index.sort {
        write_whole(schema, sort, values, texts, keys)?;
    }
    Ok(())
}

/// Refuses what the user gave for a key that lacks composites: ElectroDB looks before hooks run, which might have made them.
///
/// # Errors
/// 2002 naming every missing composite.
pub fn check_given(schema: &Schema, operation: Operation, values: &Values<'_>) -> Result<()> {
    let Some(index) = schema.primary_index() else { return Ok(()) };
    let values = &Composites(&[values]);
    let mut absent = missing(&index.partition, values);
    absent.extend(index.sort.iter().flat_map(|key| missing(key, values)));
    if absent.is_empty() { Ok(()) } else { Err(incomplete(schema, operation, index, &absent)) }
}

/// The key's composites that have no value. Allocates only when there are some.
#[inline(never)]
pub(super) fn missing(key: &Key, values: &Composites<'_, '_>) -> Vec<Slot> {
    slots_that(&key.composites, &|slot| values.get(slot).is_none())
}

/// The slots that are so. Allocates only when there are some.
#[inline(never)]
pub(super) fn slots_that(slots: &[Slot], are: &dyn Fn(Slot) -> bool) -> Vec<Slot> {
    let mut found = Vec::new();
    for slot in slots {
        if are(*slot) {
            found.push(*slot);
        }
    }
    found
}

/// The refusal of a key that cannot be whole.
#[cold]
pub(super) fn incomplete(schema: &Schema, operation: Operation, index: &Index, slots: &[Slot]) -> Error {
    if schema.dialect.collects_fields() && matches!(operation, Operation::Put | Operation::Create) {
        let field = |slot: &Slot| {
            let name = &schema.attribute(*slot)?.name;
            let texts = [&**name, &schema.entity, &index.name];
            let reason = fill("The attribute `%0` of the entity `%1` is missing: the index `%2` is composed of it", &texts);
            Some(Field { kind: Kind::MissingRequiredAttribute, path: name.clone().into(), reason, index: None })
        };
        return Error::of_fields(slots.iter().filter_map(field).collect());
    }
    refuse_index(Kind::IncompleteCompositeAttributes, schema, index, &fill("needs values of %0", &[&listed(schema, slots)]))
}

/// Writes a key whose composites all have values.
#[inline]
pub(super) fn write_whole<'s>(
    schema: &'s Schema,
    key: &'s Key,
    values: &Composites<'_, '_>,
    texts: &mut Texts,
    keys: &mut Vec<KeyWrite<'s>>,
) -> Result<()> {
    match key.template.form {
        Form::Text if let Some(constant) = &key.template.constant => {
            keys.push(KeyWrite { field: &key.field, source: KeySource::Constant(constant) })
        }
        Form::Text => {
            let source = text(schema, key, values, Extent::Label, texts)?.0;
            keys.push(KeyWrite { field: &key.field, source });
        }
        Form::Attribute(_) => {
            if let Some(source) = alone(schema, key, values, texts)? {
                keys.push(KeyWrite { field: &key.field, source });
            }
        }
        // The attributes are stored as themselves; where they are all there is of the item (a table's key), they are written here.
        Form::Fields => {}
    }
    Ok(())
}

/// How far a key's text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the last composite that is there before the first that is not, and, when all are there, on to the library's own tail.
    Values,
    /// To the end when every composite is there, else through the label of the first that is not.
    Label,
}

/// Writes a key's text and answers its source and whether every composite was there.
pub(super) fn text(
    schema: &Schema,
    key: &Key,
    values: &Composites<'_, '_>,
    extent: Extent,
    texts: &mut Texts,
) -> Result<(KeySource<'static>, bool)> {
    let template = &key.template;
    texts.open().push_str(&template.head);
    let mut whole = true;
    for part in &template.parts {
        let Some(given) = values.get(part.slot) else {
            whole = false;
            if extent == Extent::Label {
                texts.open().push_str(&part.label);
            }
            break;
        };
        let Some(attribute) = schema.attribute(part.slot) else { continue };
        let open = texts.open();
        open.push_str(&part.label);
        let from = open.len();
        if let Err(error) = push_composite(open, schema, attribute, &given.value) {
            texts.abandon();
            return Err(error);
        }
        tell(texts, from, attribute, given, key.casing);
    }
    if whole && (extent != Extent::Values || !template.custom) {
        texts.open().push_str(&template.tail);
    }
    Ok((KeySource::Text(texts.close(key.casing)), whole))
}

/// Tells what of a text is a value, unless the value has been padded.
fn tell(texts: &mut Texts, from: usize, attribute: &Attribute, given: Given<'_>, casing: Casing) {
    match attribute.padding {
        None => texts.tell(from, given.number, casing),
        Some(_) => texts.recipe = None,
    }
}

/// Writes the value of a key that is one attribute alone; nothing where the attribute is absent.
pub(super) fn alone(schema: &Schema, key: &Key, values: &Composites<'_, '_>, texts: &mut Texts) -> Result<Option<KeySource<'static>>> {
    let Some(part) = key.template.parts.first() else { return Ok(None) };
    let (Some(given), Some(attribute)) = (values.get(part.slot), schema.attribute(part.slot)) else { return Ok(None) };
    let numeric = key.template.form == Form::Attribute(Cast::Number);
    let from = texts.start();
    let pushed = if numeric {
        push_number(texts.open(), schema, attribute, &given.value)
    } else {
        push_composite(texts.open(), schema, attribute, &given.value)
    };
    if let Err(error) = pushed {
        texts.abandon();
        return Err(error);
    }
    if !numeric {
        tell(texts, from, attribute, given, key.casing);
        return Ok(Some(KeySource::Text(texts.close(key.casing))));
    }
    match given.value {
        Value::Integer(_) | Value::Decimal(_) => texts.tell(from, given.number, Casing::None),
        // The number is what the core reads of a text.
        _ => texts.recipe = None,
    }
    Ok(Some(KeySource::TextNumber(texts.close(Casing::None))))
}

/// Whether a source is a text without a letter.
pub(super) fn is_empty_text(texts: &Texts, source: KeySource<'_>) -> bool {
    matches!(source, KeySource::Text(number) if texts.get(number).is_some_and(str::is_empty))
}

/// The beginnings that every key of the entity has in this index, for scans: none for a key that begins with a composite.
pub fn scan_prefixes<'s>(schema: &'s Schema, index: &'s Index, texts: &mut Texts, keys: &mut Vec<KeyWrite<'s>>) {
    for key in std::iter::once(&index.partition).chain(&index.sort) {
        // Without any value, nothing can be refused.
        let made = (key.template.form == Form::Text).then(|| text(schema, key, &Composites(&[]), Extent::Label, texts));
        if let Some(Ok((source, _))) = made
            && !is_empty_text(texts, source)
        {
            keys.push(KeyWrite { field: &key.field, source });
        }
    }
}
