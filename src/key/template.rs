//! A key's text as literals around composites, compiled once from the definition. It fills nothing in; that is `build`'s work.

use super::field::check_field;
use super::fragment::{Fragment, fragments};
use super::refuse::{quoted, refuse};
use crate::error::{Error, Kind, Result};
use crate::schema::nearest::nearest;
use crate::schema::slot_of;
use crate::schema::{Attribute, AttributeKind, Casing, Cast, Dialect, Identifiers, IndexKind, Key, Slot};
use crate::text::fill;

/// How a key's value is made of its composites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A text of literals and composites.
    #[default]
    Text,
    /// One composite alone, cased and padded, stored as this type.
    Attribute(Cast),
    /// No key of its own: the composites' fields are the key (indexes of kind `Composite`).
    Fields,
}

/// One composite within a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text before the composite's value: separator and label.
    pub label: Box<str>,
    /// The composite.
    pub slot: Slot,
}

/// A compiled key template.
///
/// INVARIANT: the parts' slots are the key's `composites`, in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// How the key's value is made.
    pub form: Form,
    /// The text before the first part.
    pub head: Box<str>,
    /// The composites.
    pub parts: Vec<Part>,
    /// The text after the last part, which only whole keys have.
    pub tail: Box<str>,
    /// Whether the definition wrote the text itself (`template`), so that nothing of the library stands in it.
    pub custom: bool,
    /// The definition's `template`, even where the library would have written the same; empty for none.
    pub written: Box<str>,
    /// Whether the definition names a letter case, so that an attribute that is the key itself takes it too.
    pub cased: bool,
    /// The whole key, cased, where there are no composites and JavaScript has nothing left to case.
    pub constant: Option<Box<str>>,
}

impl Template {
    /// The DynamoDB type of the key field: number or string.
    #[must_use]
    pub fn stored_type(&self) -> Cast {
        match self.form {
            Form::Attribute(cast) => cast,
            Form::Text | Form::Fields => Cast::String,
        }
    }

    /// Whether no text of its own stands around the composites.
    pub(super) fn is_bare(&self) -> bool {
        self.head.is_empty() && self.tail.is_empty() && self.parts.iter().all(|part| part.label.is_empty())
    }
}

/// What of the model goes into keys.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// Which entry the entity came from.
    pub dialect: Dialect,
    /// The fields that say to which entity an item belongs.
    pub identifiers: &'a Identifiers,
    /// The service's name.
    pub service: &'a str,
    /// The entity's name.
    pub entity: &'a str,
    /// The entity's version.
    pub version: &'a str,
    /// Whether keys have ElectroDB's form before 1.0: the version stands behind the service instead of the entity.
    pub legacy: bool,
    /// The compiled top-level attributes, by slot.
    pub attributes: &'a [Attribute],
}

/// What of an index's definition goes into both of its keys.
#[derive(Clone, Copy, Debug)]
pub struct IndexText<'a> {
    /// The access pattern's name, for messages.
    pub name: &'a str,
    /// How the entities of a collection lie together.
    pub kind: IndexKind,
    /// The definition's `scope`; none where it is absent or empty.
    pub scope: Option<&'a str>,
    /// The collections, outermost first; empty names left out.
    pub collections: &'a [Box<str>],
    /// Whether the index has a sort key.
    pub has_sort: bool,
}

/// Which half of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The partition key.
    Partition,
    /// The sort key.
    Sort,
}

impl Half {
    /// The name of the half in definitions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Partition => "pk",
            Self::Sort => "sk",
        }
    }
}

/// One half of an index as the definition wrote it.
#[derive(Clone, Copy, Debug)]
pub struct KeyText<'a> {
    /// Which half.
    pub half: Half,
    /// The stored name; empty where the definition gives none.
    pub field: &'a str,
    /// `composite`, where it is there.
    pub composite: Option<&'a [&'a str]>,
    /// `template`, where it is there.
    pub template: Option<&'a str>,
    /// `casing`, where it is there and not `default`.
    pub casing: Option<Casing>,
    /// `cast`, where it is there.
    pub cast: Option<Cast>,
}

/// Compiles one half of an index.
///
/// # Errors
/// 1003 for a malformed template or an undeclared composite, 1017 where `template` and `composite` disagree, 1008 for an attribute that cannot be
/// composed, 1009 for a `cast` that cannot be, 1018 and 1019 where the key field is an attribute's own field and the key is more than that attribute.
pub fn compile(owner: &Owner<'_>, index: &IndexText<'_>, key: &KeyText<'_>) -> Result<Key> {
    let place = Place { index: index.name, half: key.half };
    let written = key.template.filter(|template| !template.is_empty());
    let mut template = match written {
        Some(text) => custom(owner, &place, text, key.composite)?,
        None => {
            // An empty `template` is as good as none, and ElectroDB forgets `composite` beside it.
            let names = key.composite.filter(|_| key.template.is_none());
            generated(owner, index, key, &place, names.unwrap_or_default())?
        }
    };
    composable(owner, &place, &template)?;
    check_cast(key, &place, &template)?;
    if index.kind == IndexKind::Composite {
        strip(&mut template);
        template.form = Form::Fields;
    } else {
        check_field(owner, index, key, &place, &mut template)?;
        settle_form(owner, key, &mut template);
    }
    let casing = key.casing.unwrap_or(Casing::Lower);
    template.cased = matches!(key.casing, Some(Casing::Lower | Casing::Upper));
    template.constant = constant(&template, casing);
    Ok(Key { field: key.field.into(), composites: template.parts.iter().map(|part| part.slot).collect(), casing, cast: key.cast, template })
}

/// The text of a key that is always the same. The casing of other letters than ASCII's is not settled before a key is written.
fn constant(template: &Template, casing: Casing) -> Option<Box<str>> {
    if template.form != Form::Text || !template.parts.is_empty() {
        return None;
    }
    let mut text = fill("%0%1", &[&template.head, &template.tail]);
    if !text.is_ascii() {
        return None;
    }
    match casing {
        Casing::None => {}
        Casing::Lower => text.make_ascii_lowercase(),
        Casing::Upper => text.make_ascii_uppercase(),
    }
    Some(text.into())
}

/// Where a mistake stands.
pub(super) struct Place<'a> {
    index: &'a str,
    half: Half,
}

impl Place<'_> {
    /// The refusal of this half; the filled pattern follows its name.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&self, kind: Kind, pattern: &'static str, texts: &[&str]) -> Error {
        let what = fill(pattern, texts);
        refuse(kind, "The %0 of index `%1` %2", &[self.half.name(), self.index, &what])
    }
}

/// The template that the definition wrote: literals as they are, composites without labels.
fn custom(owner: &Owner<'_>, place: &Place<'_>, text: &str, composite: Option<&[&str]>) -> Result<Template> {
    let mut written: Vec<(&str, &str)> = Vec::new();
    let mut literal = "";
    for fragment in fragments(text) {
        let (name, closed) = match fragment {
            Fragment::Literal(text) => {
                literal = text;
                continue;
            }
            Fragment::Composite(name) => (name, true),
            Fragment::Unclosed(name) => (name, false),
        };
        // ElectroDB makes a key of nothing of this one.
        let unclosed = !closed && (owner.dialect.refuses_unclosed_templates() || text == "${");
        if unclosed || (closed && name.is_empty()) {
            let what = "has a template with an unclosed or empty `${}`: write each composite as `${name}`";
            return Err(place.error(Kind::InvalidKeyCompositeAttributeTemplate, what, &[]));
        }
        if !name.is_empty() {
            written.push((std::mem::take(&mut literal), name));
        }
    }
    let names: Vec<&str> = written.iter().map(|(_, name)| *name).collect();
    if let Some(listed) = composite.filter(|listed| *listed != names.as_slice()) {
        let (names, listed) = (quoted(&names), quoted(listed));
        let what = "has a `template` of the composites [%0] and a `composite` of [%1]: write the same ones in the same order, \
             or leave `composite` out";
        return Err(place.error(Kind::IncompatibleKeyCompositeAttributeTemplate, what, &[&names, &listed]));
    }
    let mut template = Template { tail: literal.into(), custom: true, written: text.into(), ..Template::default() };
    for (label, name) in written {
        template.parts.push(Part { label: label.into(), slot: declared(owner, place, name)? });
    }
    Ok(template)
}

/// The prefix (and the clustered postfix) that ElectroDB gives to keys without a `template`, and `#label_` before each composite.
fn generated(owner: &Owner<'_>, index: &IndexText<'_>, key: &KeyText<'_>, place: &Place<'_>, names: &[&str]) -> Result<Template> {
    let (service, entity) = match owner.legacy {
        true => (fill("%0_%1", &[owner.service, owner.version]), owner.entity.to_owned()),
        false => (owner.service.to_owned(), fill("%0_%1", &[owner.entity, owner.version])),
    };
    let mut collections = String::new();
    for (position, collection) in index.collections.iter().enumerate() {
        if position > 0 {
            collections.push('#');
        }
        collections.push_str(collection);
    }
    let separator = if collections.is_empty() { "" } else { "#" };
    let (head, tail) = match (key.half, index.kind) {
        (Half::Partition, _) => {
            let scope = index.scope.map_or_else(String::new, |scope| fill("_%0", &[scope]));
            // Without a sort key, only the partition key can say which entity an item belongs to.
            let owned = if index.has_sort { String::new() } else { fill("$%0", &[&entity]) };
            (fill("$%0%1%2", &[&service, &owned, &scope]), String::new())
        }
        (Half::Sort, IndexKind::Clustered) if collections.is_empty() => (String::new(), fill("$%0", &[&entity])),
        (Half::Sort, IndexKind::Clustered) => (fill("$%0", &[&collections]), fill("#%0", &[&entity])),
        (Half::Sort, _) => (fill("$%0%1%2", &[&collections, separator, &entity]), String::new()),
    };
    let mut template = Template { head: head.into(), tail: tail.into(), ..Template::default() };
    for name in names {
        let slot = declared(owner, place, name)?;
        let label = owner.attributes.get(usize::from(slot)).and_then(|attribute| attribute.label.as_deref());
        // ElectroDB takes an empty label for none in partition keys only.
        let label = label.filter(|label| key.half == Half::Sort || !label.is_empty()).unwrap_or(name);
        template.parts.push(Part { label: fill("#%0_", &[label]).into(), slot });
    }
    Ok(template)
}

/// The attribute of this name.
#[inline(never)]
fn declared(owner: &Owner<'_>, place: &Place<'_>, name: &str) -> Result<Slot> {
    slot_of(owner.attributes, name).ok_or_else(|| {
        let hint = nearest(name, owner.attributes.iter().map(|attribute| &*attribute.name));
        let what = "is composed of `%0`, which is no declared attribute%1";
        place.error(Kind::InvalidKeyCompositeAttributeTemplate, what, &[name, &hint])
    })
}

fn composable(owner: &Owner<'_>, place: &Place<'_>, template: &Template) -> Result<()> {
    for attribute in template.parts.iter().filter_map(|part| owner.attributes.get(usize::from(part.slot))) {
        let (AttributeKind::String | AttributeKind::Number | AttributeKind::Boolean | AttributeKind::Enum(_)) = attribute.kind else {
            let what = "is composed of `%0`, whose type is none of string, number, boolean and enum";
            return Err(place.error(Kind::InvalidAttributeDefinition, what, &[&attribute.name]));
        };
    }
    Ok(())
}

/// Drops all text around the composites.
pub(super) fn strip(template: &mut Template) {
    template.head = "".into();
    template.tail = "".into();
    template.custom = true;
    for part in &mut template.parts {
        part.label = "".into();
    }
}

/// A number is made of one composite alone.
fn check_cast(key: &KeyText<'_>, place: &Place<'_>, template: &Template) -> Result<()> {
    if key.cast == Some(Cast::Number) && template.parts.len() > 1 {
        let what = "is `cast` to a number but has several composites: a number is made of one composite alone";
        return Err(place.error(Kind::InvalidModel, what, &[]));
    }
    Ok(())
}

/// Decides whether the key is one attribute's value and as which type it is stored.
fn settle_form(owner: &Owner<'_>, key: &KeyText<'_>, template: &mut Template) {
    let Some(part) = template.parts.first() else { return };
    let kind = owner.attributes.get(usize::from(part.slot)).map(|attribute| &attribute.kind);
    // A cast to a number drops all text around its composite; ElectroDB makes no number of an enum.
    let number = key.cast == Some(Cast::Number) && !matches!(kind, Some(AttributeKind::Enum(_)));
    let alone = template.parts.len() == 1 && template.is_bare();
    if !alone && !number {
        return;
    }
    let numeric = number || (key.cast.is_none() && matches!(kind, Some(AttributeKind::Number)));
    let cast = if numeric { Cast::Number } else { Cast::String };
    strip(template);
    template.form = Form::Attribute(cast);
}
