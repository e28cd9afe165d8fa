//! Joins the clauses of a condition or filter by AND so that no OR of a user's clause reaches beyond it (the OR rule). It renders no clause.

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
        let mut all: Option<String> = None;
        for (clause, of_user) in &self.clauses {
            let clause = if *of_user && !alone && is_loose(clause) { format!("({clause})") } else { clause.clone() };
            all = Some(match all {
                Some(existing) => join(&existing, &clause),
                None => clause,
            });
        }
        for clause in &self.before {
            all = Some(match all {
                Some(rest) => join(clause, &rest),
                None => clause.clone(),
            });
        }
        for clause in &self.after {
            all = Some(match all {
                // ElectroDB does not bracket what stands before this clause; the OR rule has bracketed what needs it.
                Some(existing) => format!("{existing} AND {clause}"),
                None => clause.clone(),
            });
        }
        all
    }
}

/// Joins two texts as ElectroDB does, to the byte.
fn join(existing: &str, next: &str) -> String {
    if existing.starts_with('(') || existing.ends_with(')') { format!("{existing} AND {next}") } else { format!("({existing}) AND {next}") }
}

/// Whether the word OR stands outside of all brackets. `#or`, `:or0` and `a.or` are no words.
fn is_loose(clause: &str) -> bool {
    let mut depth = 0i32;
    let mut word = String::new();
    // What stands before the word decides whether it is one.
    let mut bound = false;
    for letter in clause.chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        if depth == 0 && !bound && word.eq_ignore_ascii_case("or") {
            return true;
        }
        word.clear();
        bound = matches!(letter, '#' | ':' | '.');
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
    }
    false
}
