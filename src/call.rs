//! One call of the user as the core receives it: which operation, on which attributes, with which values. Nothing is decided here.

mod read;

pub use read::CallReader;

use crate::schema::Slot;
use crate::value::Value;
use crate::value::path::Step;

/// The operations of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Writes an item over whatever is there.
    Put,
    /// Writes an item that is not there yet.
    Create,
    /// Reads one item.
    Get,
    /// Changes an item, or makes it.
    Update,
    /// Changes an item that is there.
    Patch,
    /// Makes an item or merges into it.
    Upsert,
    /// Deletes an item.
    Delete,
    /// Deletes an item that is there.
    Remove,
    /// Holds a transaction to a condition on an item.
    Check,
    /// Reads the items of an index that share a partition.
    Query,
    /// Reads all items of the entity.
    Scan,
    /// Heads a batch of gets: what its options say of all of them. The gets are calls of their own.
    BatchGet,
    /// Heads a batch of puts or deletes.
    BatchWrite,
}

/// A value of the caller and its number, by which a request refers to it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The number.
    pub number: u16,
    /// The value.
    pub value: Value<'a>,
}

/// Memory for this many further slots is taken at once: values come one by one, in slot order.
const ROOM: usize = 12;

/// The caller's values of top-level attributes.
#[derive(Clone, Debug, Default)]
pub struct Values<'a> {
    slots: Vec<Option<Given<'a>>>,
}

impl<'a> Values<'a> {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a slot its value, over an earlier one.
    pub fn insert(&mut self, slot: Slot, given: Given<'a>) {
        let position = usize::from(slot);
        if self.slots.len() <= position {
            if self.slots.capacity() <= position {
                self.slots.reserve(position + ROOM - self.slots.len());
            }
            self.slots.resize(position + 1, None);
        }
        if let Some(place) = self.slots.get_mut(position) {
            *place = Some(given);
        }
    }

    /// The slot's value; none where it is absent or `undefined`.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<Given<'a>> {
        self.slots.get(usize::from(slot)).copied().flatten().filter(|given| !given.value.is_undefined())
    }

    /// The values that are there (`undefined` ones too), in slot order.
    pub fn iter(&self) -> impl Iterator<Item = (Slot, Given<'a>)> + '_ {
        (0u16..).zip(&self.slots).filter_map(|(slot, given)| given.map(|given| (slot, given)))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(Option::is_none)
    }
}

/// A path to an attribute or a part of one, as the user's callback walked it.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    /// The attribute; none where the name is not declared (`field("name")` and the drop-in's unknown names).
    pub slot: Option<Slot>,
    /// The name as the user wrote it.
    pub name: &'a str,
    /// The steps below it.
    pub steps: Vec<Step<'a>>,
}

/// A function of the `where` and `data` callbacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the operator of that name in ElectroDB's documentation")]
pub enum Operator {
    Eq,
    Ne,
    Gt,
    Gte,
    Lt,
    Lte,
    Between,
    Begins,
    Contains,
    NotContains,
    In,
    Exists,
    NotExists,
    EqOrNotExists,
    Type,
    Size,
    Value,
    Name,
    Field,
    Escape,
    IfNotExists,
    /// As `Eq`, by the value as `match` is given it.
    Is,
    /// As `Eq`, of a field, by the value as `composite()` is given it.
    Holds,
}

/// An argument of an operator.
#[derive(Clone, Debug)]
pub enum Argument<'a> {
    /// An attribute.
    Path(Path<'a>),
    /// A value.
    Value(Given<'a>),
    /// What an earlier token of the same clause stands for.
    Token(u16),
}

/// One use of an operator in a callback.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    /// Which.
    pub operator: Operator,
    /// On what.
    pub arguments: Vec<Argument<'a>>,
}

/// The answer of a `where` callback: its text, in which each token stands as U+0001, its number in decimal, U+0002.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// The text.
    pub text: &'a str,
    /// The tokens, in the order in which the operators were called.
    pub tokens: Vec<Token<'a>>,
}

/// What an update does to one attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the update method of that name in ElectroDB's documentation")]
pub enum Verb {
    Set,
    Add,
    Subtract,
    Append,
    Delete,
    Remove,
    IfNotExists,
}

/// What an action of an update applies to.
#[derive(Clone, Debug)]
pub enum Target<'a> {
    /// A declared top-level attribute.
    Slot(Slot),
    /// A name of an object form (`set({"address.street": ...})`) that no attribute is declared by.
    Text(&'a str),
    /// A path that a `data` callback walked.
    Path(Path<'a>),
}

/// What an action of an update applies.
#[derive(Clone, Debug)]
pub enum Operand<'a> {
    /// Nothing (`remove`).
    None,
    /// A value.
    Value(Given<'a>),
    /// An expression of tokens (`data((a, op) => op.set(a.x, op.name(a.y)))`).
    Expression(Clause<'a>),
}

/// One action of an update, in the user's order.
#[derive(Clone, Debug)]
pub struct Action<'a> {
    /// What it does.
    pub verb: Verb,
    /// To what.
    pub target: Target<'a>,
    /// With what.
    pub operand: Operand<'a>,
    /// A second value, such as the start value of `add` and `append` in a `data` callback.
    pub start: Option<Given<'a>>,
    /// What the type check is to see instead of the operand: ElectroDB checks what the user gave, never what hooks returned.
    pub checked: Option<Value<'a>>,
    /// Whether a `data` callback asked for it, instead of an object form or a hook.
    pub from_data: bool,
    /// Whether only a watcher's hook asked for it, which may change what the user may not.
    pub from_hook: bool,
}

impl Action<'_> {
    /// Whether it changes nothing, because it is given nothing. A `data` callback that gives nothing has forgotten it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match &self.operand {
            Operand::Value(given) => given.value.is_undefined(),
            Operand::None => self.verb != Verb::Remove && !self.from_data,
            Operand::Expression(_) => false,
        }
    }
}

/// How a query's sort key is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the query method of that name in ElectroDB's documentation")]
pub enum SortOperator {
    None,
    Begins,
    Between,
    Gt,
    Gte,
    Lt,
    Lte,
}

/// The sort condition of a query.
#[derive(Clone, Debug)]
pub struct Sort<'a> {
    /// How to compare.
    pub operator: SortOperator,
    /// The composites of the operand; of `between`, of the lower one.
    pub composites: Values<'a>,
    /// The composites of the upper operand of `between`.
    pub upper: Values<'a>,
}

/// How sort composites of a query are compared (`go({compare})`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// By the key's text, as ElectroDB does.
    #[default]
    Keys,
    /// By the key's text and, in a filter, by the attributes.
    Attributes,
    /// By the key's text, where the upper end includes what begins with it.
    V2,
}

/// Everything that the user said in one call.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// What to do.
    pub operation: Operation,
    /// Whether it is part of a transaction.
    pub committed: bool,
    /// The number of the index to query.
    pub index: usize,
    /// Whether `find` or `match` has chosen the index, so that its key may lack some of what is given.
    pub searched: bool,
    /// The attributes that identify the item or the partition, and the sort composites given with them.
    pub key: Values<'a>,
    /// The sort condition of a query.
    pub sort: Option<Sort<'a>>,
    /// The attributes to write, after hooks.
    pub item: Values<'a>,
    /// What the type check is to see instead of `item`, where hooks have changed it.
    pub checked: Option<Values<'a>>,
    /// What an update does, after hooks.
    pub actions: Vec<Action<'a>>,
    /// What `composite()` says the item already has.
    pub composite: Values<'a>,
    /// Which index conditions held, by index number; none for an index whose condition was not asked.
    pub index_conditions: Vec<(usize, bool)>,
    /// The where clauses in their order.
    pub clauses: Vec<Clause<'a>>,
    /// The options of `go`, `params` or `commit`, functions and clients left out.
    pub options: Option<Given<'a>>,
    /// Names that the user wrote and the model does not declare.
    pub unknown: Vec<&'a str>,
}

impl Call<'_> {
    /// A call that says nothing but what to do.
    #[must_use]
    pub fn new(operation: Operation, index: usize) -> Self {
        Self {
            operation,
            committed: false,
            index,
            searched: false,
            key: Values::new(),
            sort: None,
            item: Values::new(),
            checked: None,
            actions: Vec::new(),
            composite: Values::new(),
            index_conditions: Vec::new(),
            clauses: Vec::new(),
            options: None,
            unknown: Vec::new(),
        }
    }
}
