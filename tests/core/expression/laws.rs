//! Laws that hold for every expression, tried on generated ones: placeholders are unambiguous and complete, and no clause escapes another.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use electroxide::call::SortOperator;
use electroxide::expression::{Conjunction, Existence, Placeholders, Scope, Update, compare, existence, where_clause};
use electroxide::request::Source;
use electroxide::schema::Dialect;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::decided::model;
use super::harness::{Numbers, actions, clause};

/// What an expression names: `#name` and `:value`, as DynamoDB reads them.
fn used(text: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut rest = text;
    while let Some(start) = rest.find(['#', ':']) {
        let (sign, after) = rest.split_at(start).1.split_at(1);
        let end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(after.len());
        let (name, left) = after.split_at(end);
        used.insert(format!("{sign}{name}"));
        rest = left;
    }
    used
}

/// A token of the recorded form on some attribute of the model.
fn token() -> impl Strategy<Value = Json> {
    let path = prop_oneof![
        Just(json!(["a"])),
        Just(json!(["a1"])),
        Just(json!(["a_u"])),
        Just(json!(["b"])),
        Just(json!(["pk"])),
        Just(json!(["x"])),
        Just(json!(["x.y"])),
        Just(json!(["constructor"])),
        Just(json!(["m", "x"])),
        Just(json!(["any", "x", 0, "a b"])),
        Just(json!(["any", "ab"])),
        Just(json!(["l", 1])),
    ];
    let operator = prop_oneof![
        Just("eq"),
        Just("begins"),
        Just("exists"),
        Just("eqOrNotExists"),
        Just("in"),
        Just("nested"),
        Just("escape"),
        Just("field")
    ];
    (path.clone(), path, operator, "[ab _.é#:-]{1,3}").prop_map(|(path, other, operator, text)| match operator {
        "exists" => json!(["exists", path]),
        "in" => json!(["in", path, text, "z"]),
        "nested" => json!(["eq", path, {"$token": ["name", other]}]),
        "escape" => json!(["eq", path, {"$token": ["escape", [], text]}]),
        "field" => json!(["eq", path, {"$token": ["field", [], text]}]),
        operator => json!([operator, path, text]),
    })
}

fn joined(tokens: &[Json]) -> Json {
    let mut text = vec![" AND "; tokens.len() + 1];
    text[0] = "";
    text[tokens.len()] = "";
    json!({ "text": text, "tokens": tokens })
}

/// A boolean clause of the user as pieces of text around tokens.
#[derive(Clone, Debug)]
enum Written {
    Test(u8),
    Not(Box<Written>),
    Group(Box<Written>),
    Pair(Box<Written>, &'static str, Box<Written>),
}

impl Written {
    fn write(&self, text: &mut Vec<String>, tokens: &mut Vec<Json>) {
        let add = |text: &mut Vec<String>, piece: &str| text.last_mut().unwrap().push_str(piece);
        match self {
            Self::Test(number) => {
                tokens.push(match number % 3 {
                    0 => json!(["eq", ["a"], number.to_string()]),
                    1 => json!(["begins", ["or"], number.to_string()]),
                    _ => json!(["eqOrNotExists", ["b"], number.to_string()]),
                });
                text.push(String::new());
            }
            Self::Not(inner) => {
                add(text, "NOT ");
                inner.write(text, tokens);
            }
            Self::Group(inner) => {
                add(text, "(");
                inner.write(text, tokens);
                add(text, ")");
            }
            Self::Pair(left, glue, right) => {
                left.write(text, tokens);
                add(text, glue);
                right.write(text, tokens);
            }
        }
    }

    fn form(&self) -> Json {
        let (mut text, mut tokens) = (vec![String::new()], Vec::new());
        self.write(&mut text, &mut tokens);
        json!({ "text": text, "tokens": tokens })
    }
}

fn written() -> impl Strategy<Value = Written> {
    let glue = prop_oneof![Just(" AND "), Just(" OR "), Just(" or "), Just("\nOR\n"), Just("\nand "), Just(" Or\n")];
    any::<u8>().prop_map(Written::Test).prop_recursive(4, 12, 2, move |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Written::Not(Box::new(inner))),
            inner.clone().prop_map(|inner| Written::Group(Box::new(inner))),
            (inner.clone(), glue.clone(), inner).prop_map(|(left, glue, right)| Written::Pair(Box::new(left), glue, Box::new(right))),
        ]
    })
}

/// Evaluates a condition as DynamoDB reads it: NOT before AND before OR. A test holds or not by a hash of its own text.
struct Evaluator<'a> {
    words: Vec<&'a str>,
    next: usize,
    seed: u64,
}

impl<'a> Evaluator<'a> {
    fn evaluate(text: &'a str, seed: u64) -> bool {
        let mut evaluator = Self { words: words(text), next: 0, seed };
        let answer = evaluator.either();
        assert_eq!(evaluator.next, evaluator.words.len(), "{text}");
        answer
    }

    fn is(&self, word: &str) -> bool {
        self.words.get(self.next).is_some_and(|next| next.eq_ignore_ascii_case(word))
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.next += usize::from(found);
        found
    }

    fn either(&mut self) -> bool {
        let mut answer = self.both();
        while self.take("OR") {
            answer |= self.both();
        }
        answer
    }

    fn both(&mut self) -> bool {
        let mut answer = self.single();
        while self.take("AND") {
            answer &= self.single();
        }
        answer
    }

    fn single(&mut self) -> bool {
        if self.take("NOT") {
            return !self.single();
        }
        if self.take("(") {
            let answer = self.either();
            assert!(self.take(")"));
            return answer;
        }
        let start = self.next;
        let mut depth = 0;
        while self.next < self.words.len() && (depth > 0 || !["AND", "OR", ")"].iter().any(|word| self.is(word))) {
            depth += i32::from(self.is("(")) - i32::from(self.is(")"));
            self.next += 1;
        }
        assert!(self.next > start, "a test is missing in {:?}", self.words);
        let mut hasher = DefaultHasher::new();
        (self.seed, &self.words[start..self.next]).hash(&mut hasher);
        hasher.finish().is_multiple_of(2)
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in text.split_whitespace() {
        let mut rest = part;
        while let Some(position) = rest.find(['(', ')']) {
            let (word, bracket) = rest.split_at(position);
            let (bracket, left) = bracket.split_at(1);
            words.extend([word, bracket]);
            rest = left;
        }
        words.push(rest);
    }
    words.retain(|word| !word.is_empty());
    words
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn placeholders_are_unambiguous(calls in prop::collection::vec((0..3usize, "[ab_ 0-9-]{0,4}", "[ab]{1,2}", any::<bool>()), 1..30)) {
        let scopes = [Scope::Condition, Scope::Key, Scope::Update];
        let mut placeholders = Placeholders::new();
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut values: Vec<String> = Vec::new();
        for (scope, name, field, is_value) in &calls {
            if *is_value {
                values.push(placeholders.value(scopes[*scope], name, Source::Integer(0)));
            } else {
                fields.push((placeholders.name(scopes[*scope], name, field), field.clone()));
            }
        }
        prop_assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len());
        for (placeholder, field) in &fields {
            prop_assert!(fields.iter().all(|(other, known)| other != placeholder || known == field));
        }
        for placeholder in values.iter().chain(fields.iter().map(|(placeholder, _)| placeholder)) {
            prop_assert_eq!(used(placeholder), BTreeSet::from([placeholder.clone()]));
        }
    }

    #[test]
    fn long_names_stay_within_dynamodbs_limit(length in 200..600usize) {
        let mut placeholders = Placeholders::new();
        let (one, other) = ("a".repeat(length), format!("{}b", "a".repeat(length)));
        let first = placeholders.name(Scope::Update, &one, &one);
        let second = placeholders.name(Scope::Update, &other, &other);
        let value = placeholders.value(Scope::Update, &other, Source::Integer(0));
        prop_assert!(first != second);
        prop_assert!(first.len() <= 255 && second.len() <= 255 && value.len() <= 255);
    }

    #[test]
    fn every_placeholder_is_used_and_defined(tokens in prop::collection::vec(token(), 1..12), main in any::<bool>()) {
        let schema = model(if main { Dialect::Electroxide } else { Dialect::Electrodb });
        let (mut numbers, mut placeholders) = (Numbers::default(), Placeholders::new());
        let mut text = existence(&mut placeholders, &["pk", "sk"], Existence::Present);
        let clause = clause(&schema, &mut numbers, &joined(&tokens));
        text = format!("{text} AND {}", where_clause(&schema, &mut placeholders, &clause).unwrap());
        let mut update = Update::new();
        let row = json!({"actions": [["set", {"a": "1", "b": "2", "any.ab": 3, "x.y": "4"}], ["append", {"l": ["x"]}], ["remove", ["m.x"]], ["subtract", {"n": 1}]]});
        for action in actions(&schema, &mut numbers, &row) {
            update.action(&schema, &mut placeholders, &action).unwrap();
        }
        text = format!("{text} {}", update.render());
        let defined: Vec<String> = placeholders.names().into_iter().chain(placeholders.values()).map(|(name, _)| name).collect();
        prop_assert_eq!(defined.iter().cloned().collect::<BTreeSet<_>>(), used(&text), "{}", text);
        prop_assert_eq!(defined.len(), used(&text).len());
    }

    #[test]
    fn no_clause_escapes_another(
        users in prop::collection::vec(written(), 1..5),
        exists in any::<bool>(),
        compared in 0..3usize,
        owned in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let definition = json!({
            "model": {"entity": "e", "version": "1", "service": "s"},
            "attributes": {"id": {"type": "string"}, "a": {"type": "string"}, "b": {"type": "string"}, "or": {"type": "string"}},
            "indexes": {"p": {"pk": {"field": "pk", "composite": ["id"]}}},
        });
        let schema = crate::support::schema(&definition, Dialect::Electroxide);
        let (mut numbers, mut placeholders, mut all) = (Numbers::default(), Placeholders::new(), Conjunction::new());
        let mut parts = Vec::new();
        if exists {
            parts.push(existence(&mut placeholders, &["pk", "or"], Existence::Absent));
            all.library(parts[0].clone());
        }
        for user in &users {
            let text = where_clause(&schema, &mut placeholders, &clause(&schema, &mut numbers, &user.form())).unwrap();
            parts.push(text.clone());
            all.user(text);
        }
        for _ in 0..compared {
            let text = compare(&mut placeholders, "or", SortOperator::Gt, Source::Integer(0));
            parts.push(text.clone());
            all.before(text);
        }
        if owned {
            parts.push("(#own = :own)".to_owned());
            all.after("(#own = :own)".to_owned());
        }
        let text = all.render().unwrap();
        let wanted = parts.iter().all(|part| Evaluator::evaluate(part, seed));
        prop_assert_eq!(Evaluator::evaluate(&text, seed), wanted, "{}", text);
    }
}
