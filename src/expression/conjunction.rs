//! Joins the clauses of a condition or filter by AND so that no OR of a user's clause reaches beyond it (the OR rule). It renders no clause.

use crate::text::fill;

/// The clauses of one condition or filter.
#[derive(Debug, Default)]
pub struct Conjunction {
    /// The clauses in their order, each with whether it is the user's.
    clauses: Vec<(String, bool)>,
    before: Vec<String>,
    after: Vec<String>,
}

impl Conjunction {
    /// No clauses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a clause of electroxide's own; it must not hold an OR outside of brackets.
    pub fn library(&mut self, clause: String) {
        self.clauses.push((clause, false));
    }

    /// Adds a clause whose text a user wrote.
    pub fn user(&mut self, clause: String) {
        self.clauses.push((clause, true));
    }

    /// Puts a clause of electroxide's own in front of all that is there and will be there.
    pub fn before(&mut self, clause: String) {
        self.before.push(clause);
    }

    /// Puts a clause of electroxide's own behind all others.
    pub fn after(&mut self, clause: String) {
        self.after.push(clause);
    }

    /// The text of all clauses; none where there are none.
    #[must_use]
    pub fn render(&self) -> Option<String> {
        let alone = self.clauses.len() + self.before.len() + self.after.len() == 1;
        let mut all = String::new();
        for (clause, of_user) in &self.clauses {
            if *of_user && !alone && is_loose(clause) {
                all = join(&all, &fill("(%0)", &[clause]));
            } else {
                all = join(&all, clause);
            }
        }
        for clause in &self.before {
            all = if all.is_empty() { clause.clone() } else { join(clause, &all) };
        }
        for clause in &self.after {
            // ElectroDB does not bracket what stands before this clause; the OR rule has bracketed what needs it.
            all = if all.is_empty() { clause.clone() } else { fill("%0 AND %1", &[&all, clause]) };
        }
        Some(all).filter(|all| !all.is_empty())
    }
}

/// Joins two texts as ElectroDB does, to the byte.
fn join(existing: &str, next: &str) -> String {
    if existing.is_empty() {
        next.to_owned()
    } else if existing.starts_with('(') || existing.ends_with(')') {
        fill("%0 AND %1", &[existing, next])
    } else {
        fill("(%0) AND %1", &[existing, next])
    }
}

/// Whether the word OR stands outside of all brackets. `#or`, `:or0` and `a.or` are no words.
fn is_loose(clause: &str) -> bool {
    let mut depth = 0i32;
    // How many letters the word has, and whether they are those of OR.
    let (mut length, mut matches) = (0usize, true);
    // What stands before a word decides whether it is one.
    let mut bound = false;
    for byte in clause.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii() {
            matches &= b"or".get(length) == Some(&byte.to_ascii_lowercase());
            length += 1;
            continue;
        }
        if depth == 0 && !bound && matches && length == 2 {
            return true;
        }
        (length, matches) = (0, true);
        bound = matches!(byte, b'#' | b':' | b'.');
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    false
}
