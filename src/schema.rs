//! A compiled model: what the definition says, checked once and never changed. Reading the user's model is `definition`'s work.

mod attribute;
mod check;
mod definition;
mod dialect;
mod index;
pub(crate) mod members;
pub mod nearest;
mod plan;
mod watch;

pub use dialect::Dialect;
pub use plan::write as write_plan;

use crate::error::Result;
use crate::key::template::Owner;
use crate::value::Value;
use crate::value::path::{self, Step};

/// Compiles a model whose items carry ElectroDB's own identifier fields.
///
/// # Errors
/// The code that ElectroDB has for that very mistake, with a message that names its place.
pub fn compile(model: Value<'_>, dialect: Dialect) -> Result<Schema> {
    compile_identified(model, Value::Undefined, dialect)
}

/// Compiles a model; `identifiers` is what the entity's options say of the identifier fields.
///
/// # Errors
/// As [`compile`], and 1002 for an identifier field that is no name.
pub fn compile_identified(model: Value<'_>, identifiers: Value<'_>, dialect: Dialect) -> Result<Schema> {
    let definition = definition::Definition::read(model)?;
    compile_definition(&definition, identifiers, dialect).map_err(|mut error| {
        for part in [" (entity `", definition.entity, "`)"] {
            error.message.push_str(part);
        }
        error
    })
}

fn compile_definition(definition: &definition::Definition<'_>, identifiers: Value<'_>, dialect: Dialect) -> Result<Schema> {
    let mut attributes = attribute::compile(definition.attributes, dialect)?;
    watch::resolve(definition.attributes, &mut attributes)?;
    let identifiers = definition::identifiers(identifiers)?;
    let owner = Owner {
        dialect,
        identifiers: &identifiers,
        service: definition.service,
        entity: definition.entity,
        version: definition.version,
        legacy: definition.legacy,
        attributes: &attributes,
    };
    let mut indexes = index::compile(definition, &owner)?;
    let primary = check::check(&indexes, &attributes)?;
    index::share_keys(&mut indexes);
    let table_field = indexes.get(primary).map(|index| index.partition.field.clone()).unwrap_or_default();
    for index in &mut indexes {
        index.local = index.index.is_some() && index.partition.field == table_field;
    }
    Ok(Schema {
        dialect,
        service: definition.service.into(),
        entity: definition.entity.into(),
        version: definition.version.into(),
        legacy: definition.legacy,
        identifiers,
        attributes,
        indexes,
        primary,
        members: Vec::new(),
    })
}

/// The number that the wrapper keeps a function or regular expression of the model under.
pub type HookId = u32;

/// An attribute's position in the definition.
pub type Slot = u16;

/// A compiled entity model.
#[derive(Debug)]
pub struct Schema {
    /// Which entry the entity came from.
    pub dialect: Dialect,
    /// The service's name.
    pub service: Box<str>,
    /// The entity's name.
    pub entity: Box<str>,
    /// The entity's version.
    pub version: Box<str>,
    /// Whether the definition has ElectroDB's form before 1.0, whose keys carry the version in the partition key.
    pub legacy: bool,
    /// The fields that say to which entity an item belongs.
    pub identifiers: Identifiers,
    /// The top-level attributes; an attribute's position is its slot.
    pub attributes: Vec<Attribute>,
    /// The indexes in the order of the definition; an index's position is its number.
    pub indexes: Vec<Index>,
    /// The number of the index that is the table's own key.
    pub primary: usize,
    /// Whose items a collection holds, when this is the schema of one; empty for an entity.
    pub members: Vec<Member>,
}

/// One entity of a collection.
#[derive(Debug)]
pub struct Member {
    /// The service's name for it.
    pub name: Box<str>,
    /// The entity's own name.
    pub entity: Box<str>,
    /// Its version.
    pub version: Box<str>,
    /// The fields that say whose an item is.
    pub identifiers: Identifiers,
}

/// The slot of the attribute of this name. A model's attributes are few, and calls name them by slot: a search is as fast as a table, and smaller.
pub(crate) fn slot_of(attributes: &[Attribute], name: &str) -> Option<Slot> {
    (0..Slot::MAX).zip(attributes).find(|(_, attribute)| *attribute.name == *name).map(|(slot, _)| slot)
}

impl Schema {
    /// The slot of a top-level attribute.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<Slot> {
        slot_of(&self.attributes, name)
    }

    /// The attribute that a path's text begins with, and the steps below it; none where there is no such attribute. A declared name wins over a
    /// path: `a.b` may be an attribute.
    #[must_use]
    pub fn walk<'t>(&self, text: &'t str) -> Option<(Slot, Vec<Step<'t>>)> {
        if let Some(slot) = self.slot(text) {
            return Some((slot, Vec::new()));
        }
        text.rmatch_indices(['.', '[']).find_map(|(position, _)| {
            let (name, rest) = text.split_at_checked(position)?;
            Some((self.slot(name)?, path::steps(rest)?))
        })
    }

    /// The attribute in a slot.
    #[must_use]
    pub fn attribute(&self, slot: Slot) -> Option<&Attribute> {
        self.attributes.get(usize::from(slot))
    }

    /// Whether the table's own key is composed of the attribute in a slot.
    #[must_use]
    pub fn is_primary(&self, slot: Slot) -> bool {
        self.primary_index().is_some_and(|index| {
            index.partition.composites.contains(&slot) || index.sort.as_ref().is_some_and(|sort| sort.composites.contains(&slot))
        })
    }

    /// The index of the table's own key.
    #[must_use]
    pub fn primary_index(&self) -> Option<&Index> {
        self.indexes.get(self.primary)
    }
}

/// The fields that name an item's entity and version.
#[derive(Debug)]
pub struct Identifiers {
    /// `__edb_e__` unless the model says otherwise.
    pub entity: Box<str>,
    /// `__edb_v__` unless the model says otherwise.
    pub version: Box<str>,
}

/// One attribute, top-level or nested.
#[derive(Debug)]
pub struct Attribute {
    /// The user's name; empty for the members of a list or a set.
    pub name: Box<str>,
    /// The stored name.
    pub field: Box<str>,
    /// The attribute's own number among all attributes of the model, nested ones too, counted in the order of the definition from the outside in (pre-order).
    pub node: u16,
    /// What values it takes.
    pub kind: AttributeKind,
    /// Whether it must be there when an item is written.
    pub required: bool,
    /// Whether updates may not touch it.
    pub read_only: bool,
    /// Whether results leave it out.
    pub hidden: bool,
    /// How its text is padded in keys.
    pub padding: Option<Padding>,
    /// The name that stands for it in keys instead of its own.
    pub label: Option<Box<str>>,
    /// The type that its values are turned into (checked only, as ElectroDB does).
    pub cast: Option<Cast>,
    /// Whether it has a default, and whether that is a function.
    pub default: Default,
    /// The hook that reads run.
    pub get: Option<HookId>,
    /// The hook that writes run.
    pub set: Option<HookId>,
    /// The check that writes run.
    pub validate: Option<HookId>,
    /// Which attributes' change runs its hooks.
    pub watch: Watch,
}

impl Attribute {
    /// The attributes that stand directly below this one.
    #[must_use]
    pub fn children(&self) -> &[Attribute] {
        match &self.kind {
            AttributeKind::Map(properties) => properties,
            AttributeKind::List(items) | AttributeKind::Set(items) => std::slice::from_ref(items),
            _ => &[],
        }
    }
}

/// What values an attribute takes.
#[derive(Debug)]
pub enum AttributeKind {
    /// A string.
    String,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Anything.
    Any,
    /// Anything, of a type that only TypeScript knows.
    Custom,
    /// One of these strings or numbers, as JavaScript text with its type.
    Enum(Vec<EnumMember>),
    /// A map with these properties; without any, as the definition says: of any members.
    Map(Vec<Attribute>),
    /// A list of these.
    List(Box<Attribute>),
    /// A set of these.
    Set(Box<Attribute>),
}

impl AttributeKind {
    /// The type's name, as definitions and messages have it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Any => "any",
            Self::Custom => "custom",
            Self::Enum(_) => "enum",
            Self::Map(_) => "map",
            Self::List(_) => "list",
            Self::Set(_) => "set",
        }
    }
}

/// One allowed value of an enum.
#[derive(Debug, PartialEq, Eq)]
pub enum EnumMember {
    /// A string.
    String(Box<str>),
    /// A number, as JavaScript writes it.
    Number(Box<str>),
    /// A boolean, which only the drop-in's models have.
    Boolean(bool),
    /// `null`, which only the drop-in's models have.
    Null,
    /// A value that equals no other one, such as an array.
    Unmatched,
}

/// Padding of an attribute's text in keys.
#[derive(Debug)]
pub struct Padding {
    /// The length to pad to, in UTF-16 units as JavaScript counts.
    pub length: u32,
    /// What to pad with.
    pub text: Box<str>,
}

/// A type to turn text into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// A string.
    String,
    /// A number.
    Number,
}

/// What stands in for an absent value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// Nothing does.
    None,
    /// A value of the definition; the wrapper keeps it.
    Value,
    /// A function's answer.
    Function(HookId),
}

/// Which attributes' change runs an attribute's hooks.
#[derive(Debug, PartialEq, Eq)]
pub enum Watch {
    /// Only its own.
    None,
    /// Every attribute's.
    All,
    /// These attributes'.
    Slots(Vec<Slot>),
}

/// One access pattern.
#[derive(Debug)]
pub struct Index {
    /// The access pattern's name in the definition.
    pub name: Box<str>,
    /// DynamoDB's name of the index; absent for the table's own key.
    pub index: Option<Box<str>>,
    /// How the entities of a collection lie together.
    pub kind: IndexKind,
    /// Whether the index shares the table's partition key field (an LSI).
    pub local: bool,
    /// The collections that the index belongs to, outermost first.
    pub collections: Vec<Box<str>>,
    /// What the partition key's prefix adds to keep apart what would collide.
    pub scope: Option<Box<str>>,
    /// The partition key.
    pub partition: Key,
    /// The sort key, where the index has one.
    pub sort: Option<Key>,
    /// The hook that says whether an item is in the index.
    pub condition: Option<HookId>,
    /// Which attributes the index holds.
    pub projection: Projection,
    /// Whether it holds the identifiers, by which an item is known as the entity's own.
    pub identified: bool,
}

/// How an index lays its entities' keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// Each entity by itself.
    Isolated,
    /// The entities of a collection sorted among one another.
    Clustered,
    /// Several attributes are the key as they are (DynamoDB's multi-attribute keys).
    Composite,
}

/// What an index holds of an item.
#[derive(Debug, PartialEq, Eq)]
pub enum Projection {
    /// All of it.
    All,
    /// Its keys.
    KeysOnly,
    /// Its keys and these attributes.
    Include(Vec<Slot>),
}

/// One half of an index's key.
#[derive(Debug)]
pub struct Key {
    /// The stored name; empty where the index is of kind `Composite` (the composites' own fields are the key).
    pub field: Box<str>,
    /// The composites in their order.
    pub composites: Vec<Slot>,
    /// How the key's text is cased.
    pub casing: Casing,
    /// The type that the key is stored as, where the definition says so.
    pub cast: Option<Cast>,
    /// How the key's text is made. Compiled by `key::template`.
    pub template: crate::key::Template,
}

/// How a key's text is cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casing {
    /// As the composites are written.
    None,
    /// In lower case; ElectroDB's default.
    Lower,
    /// In upper case.
    Upper,
}
