//! Index definitions read into indexes, each by itself. How the indexes of one model fit together is checked by `check`.

use super::definition::{Definition, Part, a, is_truthy};
use super::nearest::suggestion;
use super::{Casing, Cast, Index, IndexKind, Key, Projection, Slot, slot_of};
use crate::error::{Error, Kind, Result};
use crate::key::template::{self, Half, IndexText, KeyText, Owner};
use crate::text::{fill, integer};
use crate::value::Value;

/// Reads the indexes of a model whose attributes are compiled.
pub(super) fn compile(definition: &Definition<'_>, owner: &Owner<'_>) -> Result<Vec<Index>> {
    let mut indexes = Vec::new();
    for (name, value) in definition.indexes.iter() {
        let Value::Map(options) = value else {
            let texts = [name, &a(value)];
            return Err(Error::of(Kind::InvalidModel, "Index `%0`: a definition must be an object with a `pk`, not %1", &texts));
        };
        let place = fill("Index `%0`", &[name]);
        let part = Part { options, place: &place, kind: Kind::InvalidModel, lenient: false };
        indexes.push(Reader { owner, name, part }.index()?);
    }
    Ok(indexes)
}

/// A key field that several indexes use has one text: the one that the first of them gives it, as either half.
pub(super) fn share_keys(indexes: &mut [Index]) {
    for number in 1..indexes.len() {
        let (earlier, rest) = indexes.split_at_mut(number);
        let Some(index) = rest.first_mut().filter(|index| index.kind != IndexKind::Composite) else { continue };
        let keys = || {
            earlier
                .iter()
                .filter(|index| index.kind != IndexKind::Composite)
                .flat_map(|index| std::iter::once(&index.partition).chain(&index.sort))
        };
        for key in std::iter::once(&mut index.partition).chain(&mut index.sort) {
            if let Some(first) = keys().find(|first| first.field == key.field) {
                if first.template.form != key.template.form {
                    key.template = first.template.clone();
                    key.cast = first.cast;
                }
                // What the attributes are labelled is each half's own: an empty label counts in sort keys only.
                key.template.head = first.template.head.clone();
                key.template.tail = first.template.tail.clone();
                key.template.constant = first.template.constant.clone();
            }
        }
    }
}

struct Reader<'a, 'o> {
    owner: &'o Owner<'o>,
    name: &'a str,
    part: Part<'a, 'o>,
}

impl<'a> Reader<'a, '_> {
    fn index(&self) -> Result<Index> {
        let part = &self.part;
        part.check_names(self.owner.dialect, "index type condition pk sk collection scope projection project")?;
        let index = part.string("index")?.filter(|index| !index.is_empty());
        let kinds = [IndexKind::Isolated, IndexKind::Clustered, IndexKind::Composite];
        let kind = part.choice("type", &["isolated", "clustered", "composite"], &kinds)?.unwrap_or(IndexKind::Isolated);
        let condition = part.function("condition")?;
        let partition = match part.options.get("pk") {
            Value::Undefined => return Err(Error::of(Kind::InvalidModel, "%0: the definition lacks a `pk`", &[part.place])),
            other => self.half(Half::Partition, other)?,
        };
        let sort = match part.options.get("sk") {
            Value::Undefined => None,
            other => Some(self.half(Half::Sort, other)?),
        };
        self.check_kind(kind, index, condition, &partition, sort.as_ref())?;
        let collections = self.collections(sort.is_some())?;
        let scope = self.scope()?;
        let text = IndexText { name: self.name, kind, scope: scope.as_deref(), collections: &collections, has_sort: sort.is_some() };
        let compiled = |half: &Written<'a>| half.compile(self.owner, &text);
        let (partition, sort) = (compiled(&partition)?, sort.as_ref().map(compiled).transpose()?);
        self.check_composites(&partition, sort.as_ref())?;
        let projected = self.projection()?;
        // The table itself holds all there is.
        let (projection, identified) = if index.is_some() { projected } else { (Projection::All, true) };
        Ok(Index {
            name: self.name.into(),
            index: index.map(Box::from),
            kind,
            local: false,
            projection,
            identified,
            collections,
            scope,
            partition,
            sort,
            condition,
        })
    }

    fn half(&self, half: Half, value: Value<'a>) -> Result<Written<'a>> {
        let Value::Map(options) = value else {
            return Err(self.part.refuse(half.name(), "an object with a `composite` list", value));
        };
        let place = fill("%0, `%1`", &[self.part.place, half.name()]);
        let part = Part { options, place: &place, kind: Kind::InvalidModel, lenient: false };
        part.check_names(self.owner.dialect, "field composite template facets casing cast")?;
        let casings = [None, Some(Casing::Lower), Some(Casing::Upper), Some(Casing::None)];
        let (mut composite, mut template) = (names(&part, "composite")?, part.string("template")?);
        // ElectroDB's name for both before 1.0.
        let facets = options.get("facets");
        let listed = if let Value::String(_) = facets { None } else { names(&part, "facets")? };
        if composite.is_none() && template.is_none() {
            match facets {
                Value::Undefined => {
                    let right = "list the attributes that the key is composed of, or none with `composite: []`";
                    return Err(Error::of(Kind::InvalidModel, "%0 has neither `composite` nor `template`: %1", &[&place, right]));
                }
                Value::String(text) => template = Some(text),
                _ => composite = listed,
            }
        }
        Ok(Written {
            half,
            field: part.string("field")?,
            composite,
            template,
            casing: part.choice("casing", &["default", "lower", "upper", "none"], &casings)?.flatten(),
            cast: part.choice("cast", &["string", "number"], &[Cast::String, Cast::Number])?,
        })
    }

    /// What DynamoDB's multi-attribute keys can have and the keys that ElectroDB builds can't, and the other way round.
    fn check_kind(
        &self,
        kind: IndexKind,
        index: Option<&str>,
        condition: Option<u32>,
        partition: &Written<'_>,
        sort: Option<&Written<'_>>,
    ) -> Result<()> {
        let place = self.part.place;
        let fields = [Some(partition), sort];
        let mut fields = fields.iter().flatten();
        if kind != IndexKind::Composite {
            if let Some(half) = fields.find(|half| half.field.is_none_or(str::is_empty)) {
                return Err(shape("%0: its `%1` lacks `field`, the stored name of the key", &[place, half.half.name()]));
            }
            if condition.is_some() && index.is_none() {
                return Err(option("%0: only a secondary index can have a `condition`; every item is in the table itself", &[place]));
            }
            return Ok(());
        }
        if index.is_none() {
            return Err(shape(
                "%0: the table's own key cannot be of type `composite`; DynamoDB has that for secondary indexes only",
                &[place],
            ));
        }
        if let Some(half) = fields.find(|half| half.field.is_some()) {
            let right = "the composites' own fields are the key";
            return Err(shape("%0: an index of type `composite` has no `field` in its `%1`; %2", &[place, half.half.name(), right]));
        }
        for (name, given) in [("condition", condition.is_some()), ("scope", !self.part.options.get("scope").is_undefined())] {
            if given {
                return Err(option("%0: an index of type `composite` has no `%1`; it has no key text of its own", &[place, name]));
            }
        }
        Ok(())
    }

    fn collections(&self, has_sort: bool) -> Result<Vec<Box<str>>> {
        let part = &self.part;
        let mut names: Vec<Box<str>> = Vec::new();
        let refuse = |other| part.refuse("collection", "a name or a list of names", other);
        match part.options.get("collection") {
            Value::Undefined => return Ok(names),
            Value::String("") => return Ok(names),
            Value::String(name) => names.push(name.into()),
            Value::List(listed) => {
                for name in listed.iter() {
                    match name {
                        Value::String(text) if !text.is_empty() => names.push(text.into()),
                        other => return Err(refuse(other)),
                    }
                }
            }
            other => return Err(refuse(other)),
        }
        if !has_sort {
            let right = "add an `sk` (its `composite` may be empty) or remove `collection`";
            return Err(Error::of(Kind::CollectionNoSk, "%0 is in a collection but has no sort key: %1", &[part.place, right]));
        }
        Ok(names)
    }

    fn scope(&self) -> Result<Option<Box<str>>> {
        match self.part.options.get("scope") {
            Value::String("") | Value::Undefined => Ok(None),
            Value::String(text) => Ok(Some(text.into())),
            other if self.owner.dialect.refuses_unmeant_definitions() => Err(self.part.refuse("scope", "a string", other)),
            other if !is_truthy(other) => Ok(None),
            Value::Boolean(_) => Ok(Some("true".into())),
            Value::Integer(number) => Ok(Some(integer(number).into())),
            Value::Decimal(text) | Value::BigInt(text) => Ok(Some(text.into())),
            other => Err(self.part.refuse("scope", "a string", other)),
        }
    }

    /// A sort key repeats composites of its partition key only when it is one of them alone: ElectroDB's rule.
    fn check_composites(&self, partition: &Key, sort: Option<&Key>) -> Result<()> {
        let Some(sort) = sort.filter(|sort| sort.composites.len() > 1) else { return Ok(()) };
        let Some(twice) = sort.composites.iter().find(|slot| partition.composites.contains(slot)) else { return Ok(()) };
        let name = self.owner.attributes.get(usize::from(*twice)).map_or("", |attribute| &attribute.name);
        let right = "compose each attribute once, or make it the only composite of the `sk`";
        Err(Error::new(
            Kind::DuplicateIndexCompositeAttributes,
            fill("%0 composes `%1` in its `pk` and its `sk`: %2", &[self.part.place, name, right]),
        ))
    }

    /// What the index holds, and whether the identifiers are among it.
    fn projection(&self) -> Result<(Projection, bool)> {
        let options = self.part.options;
        let (name, value) = match options.get("projection") {
            Value::Undefined if self.owner.dialect.reads_project() => ("project", options.get("project")),
            given => ("projection", given),
        };
        let place = self.part.place;
        let right = "`\"all\"`, `\"keys_only\"` or a list of attribute names";
        let refuse = |what: &str| Error::of(Kind::InvalidProjectionDefinition, "%0: `%1` must be %2%3", &[place, name, right, what]);
        match value {
            Value::Undefined => Ok((Projection::All, true)),
            Value::String(text) if text.eq_ignore_ascii_case("all") => Ok((Projection::All, true)),
            Value::String(text) if text.eq_ignore_ascii_case("keys_only") => Ok((Projection::KeysOnly, false)),
            Value::String(_) => Err(refuse("")),
            Value::List(names) if names.is_empty() => Err(refuse("; an empty list is `\"keys_only\"`")),
            Value::List(_) => {
                let names = names_of(&self.part, name, value)?;
                let own = [&*self.owner.identifiers.entity, &*self.owner.identifiers.version];
                let identified = own.iter().all(|field| names.contains(field));
                let mut slots = Vec::new();
                for attribute in names.iter().filter(|name| !own.contains(name)) {
                    slots.push(self.declared(attribute, name)?);
                }
                Ok((Projection::Include(slots), identified))
            }
            other => Err(self.part.refuse(name, right, other)),
        }
    }

    fn declared(&self, attribute: &str, option: &str) -> Result<Slot> {
        slot_of(self.owner.attributes, attribute).ok_or_else(|| {
            let suggestion = suggestion(attribute, self.owner.attributes.iter().map(|declared| &*declared.name));
            let what = fill("`%0` names `%1`, which is no attribute of the model%2", &[option, attribute, &suggestion]);
            Error::of(Kind::InvalidProjectionDefinition, "%0: %1", &[self.part.place, &what])
        })
    }
}

/// One half of an index as it was written.
struct Written<'a> {
    half: Half,
    field: Option<&'a str>,
    composite: Option<Vec<&'a str>>,
    template: Option<&'a str>,
    casing: Option<Casing>,
    cast: Option<Cast>,
}

impl Written<'_> {
    fn compile(&self, owner: &Owner<'_>, index: &IndexText<'_>) -> Result<Key> {
        let key = KeyText {
            half: self.half,
            field: self.field.unwrap_or(""),
            composite: self.composite.as_deref(),
            template: self.template,
            casing: self.casing,
            cast: self.cast,
        };
        template::compile(owner, index, &key)
    }
}

fn names<'a>(part: &Part<'a, '_>, option: &str) -> Result<Option<Vec<&'a str>>> {
    match part.options.get(option) {
        Value::Undefined => Ok(None),
        given => names_of(part, option, given).map(Some),
    }
}

fn names_of<'a>(part: &Part<'a, '_>, option: &str, value: Value<'a>) -> Result<Vec<&'a str>> {
    let Value::List(names) = value else { return Err(part.refuse(option, "a list of attribute names", value)) };
    let mut texts = Vec::new();
    for name in names.iter() {
        match name {
            Value::String(text) => texts.push(text),
            other => return Err(part.refuse(option, "a list of attribute names", other)),
        }
    }
    Ok(texts)
}

fn shape(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidIndexDefinition, pattern, texts)
}

fn option(pattern: &'static str, texts: &[&str]) -> Error {
    Error::of(Kind::InvalidIndexOption, pattern, texts)
}
