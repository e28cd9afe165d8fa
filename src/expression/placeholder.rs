//! The numbering of `#names` and `:values` of one request. It knows no expression, only which placeholder stands for what.

use crate::request::Source;
use crate::text::{fill, integer};

/// DynamoDB refuses a placeholder of more than 255 bytes; this leaves room for its sign, suffix and number.
const LONGEST: usize = 230;

/// What a placeholder is for. ElectroDB numbers each of these apart and keeps their values apart by a suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Conditions and filters: `:name0`.
    Condition,
    /// Key conditions over attributes: `:namek_0`.
    Key,
    /// Whose items a collection holds: `:__edb_e___user_c0`.
    Collection,
    /// Projections.
    Projection,
    /// Updates: `:name_u0`.
    Update,
}

impl Scope {
    fn suffix(self) -> &'static str {
        match self {
            Self::Condition | Self::Projection => "",
            Self::Key => "k_",
            Self::Collection => "_c",
            Self::Update => "_u",
        }
    }
}

/// The placeholders of one request.
#[derive(Debug, Default)]
pub struct Placeholders {
    names: Vec<Name>,
    values: Vec<(String, Source)>,
    registers: Vec<Register>,
}

#[derive(Debug)]
struct Name {
    placeholder: String,
    field: String,
    scope: Scope,
}

/// What one scope calls a name. Names that differ never share a stem.
#[derive(Debug)]
struct Register {
    scope: Scope,
    name: String,
    stem: String,
    next: u32,
}

impl Placeholders {
    /// No placeholders.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The placeholder of a name that stands for a field.
    pub fn name(&mut self, scope: Scope, name: &str, field: &str) -> String {
        let register = self.register(scope, name);
        let stem = self.registers.get(register).map_or_else(String::new, |register| register.stem.clone());
        self.fixed_name(scope, &stem, field)
    }

    /// The placeholder of a value that a name is given to: `:name0`, then `:name1`.
    pub fn value(&mut self, scope: Scope, name: &str, source: Source) -> String {
        let position = self.register(scope, name);
        let Some(register) = self.registers.get_mut(position) else { return String::new() };
        // INVARIANT: a placeholder stands for one value. `:a10` may be the eleventh value of `a` or the first of `a1`.
        loop {
            let placeholder = fill(":%0%1%2", &[&register.stem, scope.suffix(), &integer(i64::from(register.next))]);
            register.next += 1;
            if !self.values.iter().any(|(taken, _)| *taken == placeholder) {
                self.values.push((placeholder.clone(), source));
                return placeholder;
            }
        }
    }

    /// The placeholder `#stem`, or the next free one where that stands for another field.
    pub(super) fn fixed_name(&mut self, scope: Scope, stem: &str, field: &str) -> String {
        let mut placeholder = fill("#%0", &[stem]);
        let mut number = 1u32;
        // INVARIANT: a placeholder stands for one field.
        while let Some(position) = self.names.iter().position(|taken| taken.placeholder == placeholder) {
            let taken = self.names.get(position);
            if taken.is_some_and(|taken| taken.field == field) {
                // ElectroDB knows a key's name first by the filter that has it, too.
                if scope == Scope::Condition && taken.is_some_and(|taken| taken.scope == Scope::Key) {
                    let moved = Name { scope, ..self.names.remove(position) };
                    self.names.push(moved);
                }
                return placeholder;
            }
            number += 1;
            placeholder = fill("#%0_%1", &[stem, &integer(i64::from(number))]);
        }
        self.names.push(Name { placeholder: placeholder.clone(), field: field.to_owned(), scope });
        placeholder
    }

    /// The placeholder `:stem`, which has no number; the next free one where it is taken.
    pub(super) fn fixed_value(&mut self, stem: &str, source: Source) -> String {
        let mut placeholder = fill(":%0", &[stem]);
        while self.values.iter().any(|(taken, _)| *taken == placeholder) {
            placeholder.push('_');
        }
        self.values.push((placeholder.clone(), source));
        placeholder
    }

    /// The names as far as they are defined, in ElectroDB's order: of conditions, of keys, of collections, then the rest.
    pub(super) fn defined(&self) -> Vec<(&str, &str)> {
        let mut defined: Vec<(&str, &str)> = Vec::with_capacity(self.names.len());
        for scope in [Scope::Condition, Scope::Key, Scope::Collection, Scope::Projection, Scope::Update] {
            for name in &self.names {
                if name.scope == scope {
                    defined.push((&name.placeholder, &name.field));
                }
            }
        }
        defined
    }

    /// The content of `ExpressionAttributeNames`.
    #[must_use]
    pub fn names(&self) -> Vec<(String, Source)> {
        let mut names = Vec::with_capacity(self.names.len());
        for (placeholder, field) in self.defined() {
            names.push((placeholder.to_owned(), Source::Literal(field.to_owned())));
        }
        names
    }

    /// The content of `ExpressionAttributeValues`.
    #[must_use]
    pub fn values(&self) -> Vec<(String, Source)> {
        self.values.clone()
    }

    fn register(&mut self, scope: Scope, name: &str) -> usize {
        let known = self.registers.iter().position(|register| register.scope == scope && register.name == name);
        known.unwrap_or_else(|| {
            let stem = self.free_stem(scope, sanitise(name));
            self.registers.push(Register { scope, name: name.to_owned(), stem, next: 0 });
            self.registers.len() - 1
        })
    }

    fn free_stem(&self, scope: Scope, wanted: String) -> String {
        let mut stem = wanted.clone();
        let mut number = 1u32;
        while self.registers.iter().any(|register| register.scope == scope && register.stem == stem) {
            number += 1;
            stem = fill("%0_%1", &[&wanted, &integer(i64::from(number))]);
        }
        stem
    }
}

/// What of a name DynamoDB takes in a placeholder; `p` where that is nothing, as ElectroDB has it.
pub(super) fn sanitise(name: &str) -> String {
    let mut stem = String::new();
    for letter in name.chars() {
        if (letter.is_ascii_alphanumeric() || letter == '_') && stem.len() < LONGEST {
            stem.push(letter);
        }
    }
    if stem.is_empty() {
        stem.push('p');
    }
    stem
}
