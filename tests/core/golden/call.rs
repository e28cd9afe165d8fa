//! A golden case as the call that the wrapper would send (src/call/read.rs reads it); the values stay tagged JSON beside it.

use electroxide::schema::{Index, Schema, Slot};
use electroxide::value::Writer;
use serde_json::{Map, Value as Json};

use super::super::support;

/// A call's bytes, and the values that a request may refer to.
pub struct Written {
    pub bytes: Vec<u8>,
    pub values: Vec<Json>,
}

const OPERATIONS: [&str; 10] = ["put", "create", "get", "update", "patch", "upsert", "delete", "remove", "query", "scan"];
const SORTS: [&str; 7] = ["", "begins", "between", "gt", "gte", "lt", "lte"];
const VERBS: [&str; 7] = ["set", "add", "subtract", "append", "delete", "remove", "ifNotExists"];
const OPERATORS: [&str; 21] = [
    "eq",
    "ne",
    "gt",
    "gte",
    "lt",
    "lte",
    "between",
    "begins",
    "contains",
    "notContains",
    "in",
    "exists",
    "notExists",
    "eqOrNotExists",
    "type",
    "size",
    "value",
    "name",
    "field",
    "escape",
    "ifNotExists",
];
const NO_SLOT: u16 = u16::MAX;

/// Writes the call of a case on a model.
pub fn write(schema: &Schema, definition: &Json, case: &Json) -> Written {
    let operation = position(&OPERATIONS, case["operation"].as_str().unwrap());
    let index = match case["index"].as_str() {
        Some(name) => schema.indexes.iter().position(|index| &*index.name == name).unwrap(),
        None => schema.primary,
    };
    let mut call = CallWriter { schema, writer: Writer::new(), values: Vec::new() };
    call.writer.byte(operation).byte(u8::try_from(index).unwrap());
    match case["operation"].as_str().unwrap() {
        "put" | "create" => call.item(case, None),
        "upsert" => call.item(case, case["actions"].as_array()),
        "query" => call.query(&schema.indexes[index], case),
        "scan" => {}
        _ => call.key(&case["key"], &slots(&schema.indexes[schema.primary])),
    }
    call.actions(case);
    call.index_conditions(definition, case);
    for clause in case["where"].as_array().into_iter().flatten() {
        call.clause(clause);
    }
    if let Some(options) = case.get("options") {
        call.writer.byte(8);
        call.given(options);
    }
    call.writer.byte(0);
    Written { bytes: call.writer.into_bytes(), values: call.values }
}

fn position(names: &[&str], name: &str) -> u8 {
    u8::try_from(names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{name} is not known"))).unwrap()
}

fn slots(index: &Index) -> Vec<Slot> {
    index.partition.composites.iter().chain(index.sort.iter().flat_map(|key| &key.composites)).copied().collect()
}

fn is_undefined(value: &Json) -> bool {
    value.get("$undefined").is_some()
}

struct CallWriter<'s> {
    schema: &'s Schema,
    writer: Writer,
    values: Vec<Json>,
}

impl CallWriter<'_> {
    fn given(&mut self, value: &Json) {
        self.values.push(value.clone());
        self.append(&support::encode(value));
    }

    fn append(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| {
            self.writer.byte(*byte);
        });
    }

    fn name(&self, slot: Slot) -> String {
        self.schema.attributes[usize::from(slot)].name.to_string()
    }

    fn record(&mut self, record: &Map<String, Json>, slots: &[Slot]) {
        let there: Vec<(Slot, &Json)> = slots
            .iter()
            .filter_map(|slot| Some((*slot, record.get(&self.name(*slot))?)))
            .filter(|(_, value)| !is_undefined(value))
            .collect();
        self.writer.short(u16::try_from(there.len()).unwrap());
        for (slot, value) in there {
            self.writer.short(slot);
            self.given(value);
        }
    }

    fn key(&mut self, key: &Json, slots: &[Slot]) {
        self.writer.byte(1);
        self.record(key.as_object().unwrap_or(&Map::new()), slots);
    }

    fn query(&mut self, index: &Index, case: &Json) {
        self.key(&case["composite"], &slots(index));
        let Some((name, bounds)) = case["sort"].as_object().and_then(|sort| sort.iter().next()) else { return };
        let composites = index.sort.as_ref().map(|key| key.composites.clone()).unwrap_or_default();
        self.writer.byte(2).byte(position(&SORTS, name));
        match bounds {
            Json::Array(bounds) => bounds.iter().for_each(|bound| self.record(bound.as_object().unwrap(), &composites)),
            bound => self.record(bound.as_object().unwrap(), &composites),
        }
    }

    /// The attributes after their hooks; an upsert's `set` is part of them, and what its other verbs change is not.
    fn item(&mut self, case: &Json, actions: Option<&Vec<Json>>) {
        let mut attributes = case["attributes"].as_object().unwrap().clone();
        let unknown: Vec<String> = attributes.keys().filter(|name| self.schema.slot(name).is_none()).cloned().collect();
        let after = pairs(&case["afterHooks"]);
        if !after.is_empty() {
            attributes = after.into_iter().collect();
        }
        for action in actions.into_iter().flatten() {
            for (verb, record) in action.as_object().unwrap() {
                for (name, value) in record.as_object().unwrap() {
                    if verb == "set" {
                        attributes.entry(name.clone()).or_insert_with(|| value.clone());
                    } else {
                        attributes.remove(name);
                    }
                }
            }
        }
        let all: Vec<Slot> = (0..u16::try_from(self.schema.attributes.len()).unwrap()).collect();
        self.writer.byte(3);
        self.record(&attributes, &all);
        if !unknown.is_empty() && self.schema.dialect.refuses_unknown_names() {
            self.writer.byte(9).short(u16::try_from(unknown.len()).unwrap());
            unknown.iter().for_each(|name| {
                self.writer.text(name);
            });
        }
    }

    fn actions(&mut self, case: &Json) {
        let upsert = case["operation"] == "upsert";
        let mut hooked = pairs(&case["afterHooks"]);
        let (mut writer, mut count) = (std::mem::take(&mut self.writer), 0u16);
        let mut composite = Map::new();
        for action in case["actions"].as_array().into_iter().flatten() {
            for (verb, operand) in action.as_object().unwrap() {
                match (verb.as_str(), operand) {
                    ("composite", record) => composite.extend(record.as_object().unwrap().clone()),
                    ("data", Json::Array(tokens)) => {
                        for token in tokens {
                            self.data(token);
                            count += 1;
                        }
                    }
                    ("remove", Json::Array(names)) => {
                        for name in names {
                            self.named("remove", name.as_str().unwrap(), None);
                            count += 1;
                        }
                    }
                    (verb, record) => {
                        for (name, value) in record.as_object().unwrap().iter().filter(|(_, value)| !is_undefined(value)) {
                            if upsert && verb == "set" && self.schema.slot(name).is_some() {
                                continue;
                            }
                            let after = hooked.iter().position(|(hooked, _)| verb == "set" && hooked == name).map(|at| hooked.remove(at).1);
                            self.named(verb, name, Some(&after.unwrap_or_else(|| value.clone())));
                            count += 1;
                        }
                    }
                }
            }
        }
        if matches!(case["operation"].as_str(), Some("update" | "patch")) {
            let touched = case["actions"].to_string();
            for (name, value) in hooked.iter().filter(|(name, _)| !touched.contains(&format!("[\"set\",[\"{name}\"]"))) {
                self.named("set", name, Some(value));
                count += 1;
            }
        }
        let body = std::mem::take(&mut self.writer).into_bytes();
        if count > 0 {
            writer.byte(4).short(count);
        }
        self.writer = writer;
        self.append(&body);
        if !composite.is_empty() {
            let all: Vec<Slot> = (0..u16::try_from(self.schema.attributes.len()).unwrap()).collect();
            self.writer.byte(5);
            self.record(&composite, &all);
        }
    }

    fn named(&mut self, verb: &str, name: &str, value: Option<&Json>) {
        self.writer.byte(position(&VERBS, verb)).byte(0);
        match self.schema.slot(name) {
            Some(slot) => self.writer.byte(0).short(slot),
            None => self.writer.byte(1).text(name),
        };
        match value {
            Some(value) => {
                self.writer.byte(1);
                self.given(value);
            }
            None => _ = self.writer.byte(0),
        }
    }

    fn data(&mut self, token: &Json) {
        let start = token.get(3);
        let verb = if token[0] == "del" { "delete" } else { token[0].as_str().unwrap() };
        self.writer.byte(position(&VERBS, verb)).byte(1 | if start.is_some() { 2 } else { 0 }).byte(2);
        self.path(&token[1]);
        match token.get(2) {
            None => _ = self.writer.byte(0),
            Some(operand) => match operand.get("$token") {
                Some(inner) => {
                    self.writer.byte(2);
                    self.tokens("\u{1}0\u{2}", std::slice::from_ref(inner));
                }
                None => {
                    self.writer.byte(1);
                    self.given(operand);
                }
            },
        }
        if let Some(start) = start {
            self.given(start);
        }
    }

    fn clause(&mut self, clause: &Json) {
        let tokens = clause["tokens"].as_array().unwrap();
        let pieces = clause["text"].as_array().unwrap();
        let mut text = pieces[0].as_str().unwrap().to_owned();
        let mut number = 0;
        for (token, piece) in tokens.iter().zip(&pieces[1..]) {
            number += inner_tokens(token);
            text.push_str(&format!("\u{1}{number}\u{2}{}", piece.as_str().unwrap()));
            number += 1;
        }
        self.writer.byte(7);
        self.tokens(&text, tokens);
    }

    /// Writes a clause's body; tokens within a token are called, and so numbered, before it.
    fn tokens(&mut self, text: &str, tokens: &[Json]) {
        let all: Vec<&Json> = tokens.iter().flat_map(with_inner).collect();
        self.writer.text(text).short(u16::try_from(all.len()).unwrap());
        for (number, token) in all.iter().enumerate() {
            let parts = token.as_array().unwrap();
            let operator = parts[0].as_str().unwrap();
            let pathless = matches!(operator, "escape" | "field");
            self.writer.byte(position(&OPERATORS, operator)).byte(u8::try_from(parts.len() - if pathless { 2 } else { 1 }).unwrap());
            let (arguments, mut inner) = match operator {
                "field" => {
                    self.writer.byte(0).short(NO_SLOT).text(parts[2].as_str().unwrap()).byte(0);
                    continue;
                }
                _ => (&parts[2..], number - inner_tokens(token)),
            };
            if !pathless {
                self.writer.byte(0);
                self.path(&parts[1]);
            }
            for argument in arguments {
                match argument.get("$token") {
                    Some(_) => {
                        self.writer.byte(2).short(u16::try_from(inner).unwrap());
                        inner += 1;
                    }
                    None => {
                        self.writer.byte(1);
                        self.given(argument);
                    }
                }
            }
        }
    }

    fn path(&mut self, path: &Json) {
        let steps = path.as_array().unwrap();
        let name = steps[0].as_str().unwrap();
        self.writer.short(self.schema.slot(name).unwrap_or(NO_SLOT)).text(name).byte(u8::try_from(steps.len() - 1).unwrap());
        for step in &steps[1..] {
            match step {
                Json::String(name) => self.writer.byte(0).text(name),
                position => self.writer.byte(1).word(u32::try_from(position.as_u64().unwrap()).unwrap()),
            };
        }
    }

    /// The wrapper asks the conditions of those indexes of whose composites all are known.
    fn index_conditions(&mut self, definition: &Json, case: &Json) {
        let mut known = Map::new();
        let records = case["actions"].as_array().into_iter().flatten().flat_map(|action| action.as_object().unwrap().iter());
        for record in records.filter(|(verb, _)| *verb != "remove").map(|(_, record)| record).chain([&case["attributes"], &case["key"]]) {
            known.extend(record.as_object().cloned().unwrap_or_default());
        }
        known.extend(pairs(&case["afterHooks"]));
        let mut answers = Vec::new();
        for (number, index) in self.schema.indexes.iter().enumerate() {
            let answer = &case["indexConditions"][&*index.name];
            let all = slots(index).iter().all(|slot| known.get(&self.name(*slot)).is_some_and(|value| !is_undefined(value)));
            if definition["indexes"][&*index.name].get("condition").is_some() && all && answer.is_boolean() {
                answers.push((u8::try_from(number).unwrap(), u8::from(answer == true)));
            }
        }
        if !answers.is_empty() {
            self.writer.byte(6).byte(u8::try_from(answers.len()).unwrap());
            answers.iter().for_each(|(number, held)| {
                self.writer.byte(*number).byte(*held);
            });
        }
    }
}

fn pairs(list: &Json) -> Vec<(String, Json)> {
    list.as_array().into_iter().flatten().map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].clone())).collect()
}

fn inner_tokens(token: &Json) -> usize {
    token.as_array().unwrap().iter().filter(|argument| argument.get("$token").is_some()).count()
}

fn with_inner(token: &Json) -> Vec<&Json> {
    token.as_array().unwrap().iter().filter_map(|argument| argument.get("$token")).chain([token]).collect()
}
