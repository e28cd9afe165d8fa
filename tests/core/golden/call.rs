//! A golden case as the call that the wrapper would send (src/call/read.rs reads it); the values stay tagged JSON beside it.

use electroxide::key::choose_index;
use electroxide::schema::{Index, Schema, Slot};
use electroxide::value::Writer;
use serde_json::{Map, Value as Json, json};

use super::super::support;

/// A call: its structure, its values as they cross, and the values that a request may refer to.
pub struct Written {
    structure: Vec<u8>,
    crossing: Vec<u8>,
    pub values: Vec<Json>,
}

impl Written {
    /// The bytes of an entity's first call, or of one more of the same structure.
    pub fn bytes(&self, first: bool) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.word(if first { 1 << 31 } else { 0 }).word(u32::try_from(self.crossing.len()).unwrap());
        let mut bytes = [writer.into_bytes(), self.crossing.clone()].concat();
        if first {
            let mut length = Writer::new();
            length.word(u32::try_from(self.structure.len()).unwrap());
            bytes.extend([length.into_bytes(), self.structure.clone()].concat());
        }
        bytes
    }
}

const SECTION: u32 = 1 << 24;
const FROM_DATA: u32 = 0x10;
const HAS_START: u32 = 0x20;

/// The class of a value, by its tag.
const CLASSES: [u32; 18] = [0, 1, 2, 2, 3, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 11, 12, 3];
const LIST_CLASS: u32 = 7;

const OPERATIONS: [&str; 10] = ["put", "create", "get", "update", "patch", "upsert", "delete", "remove", "query", "scan"];
const SORTS: [&str; 7] = ["", "begins", "between", "gt", "gte", "lt", "lte"];
const VERBS: [&str; 7] = ["set", "add", "subtract", "append", "delete", "remove", "ifNotExists"];
const OPERATORS: [&str; 22] = [
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
    "is",
];
const NO_SLOT: u32 = 0xffff;
/// The operator of what `composite()` states.
const HOLDS: u32 = 22;
/// A condition on an item that is not written.
const CHECK: u32 = 12;
/// Beside an operation: it is part of a transaction.
const COMMITTED: u32 = 0x80;
/// A query whose index was chosen by what `find` or `match` was given.
const SEARCH: u32 = 13;

/// Writes the call of a case on a model.
pub fn write(schema: &Schema, definition: &Json, case: &Json) -> Written {
    let searched = matches!(case["operation"].as_str(), Some("find" | "match"));
    let (operation, index) = if searched { search(schema, case) } else { named(schema, case) };
    let mut call = CallWriter { schema, structure: Writer::new(), crossing: Vec::new(), values: Vec::new() };
    let mark = if case["committed"] == true { COMMITTED } else { 0 };
    call.structure.word(operation | mark | number(index) << 8);
    match case["operation"].as_str().unwrap() {
        "put" | "create" => call.item(case, None),
        "upsert" => call.item(case, case["actions"].as_array()),
        "query" => call.query(&schema.indexes[index], case),
        "find" | "match" if operation == SEARCH => call.key(&case["attributes"], &slots(&schema.indexes[index])),
        "find" | "match" => {}
        "scan" => {}
        _ => call.key(&case["key"], &slots(&schema.indexes[schema.primary])),
    }
    call.actions(case);
    call.index_conditions(definition, case);
    if let Some(options) = case.get("options") {
        call.section(8, 0);
        call.given(options, 0);
    }
    if case["operation"] == "match" {
        call.filter(case);
    }
    call.stated(case);
    for clause in case["where"].as_array().into_iter().flatten() {
        call.clause(clause);
    }
    call.section(0, 0);
    Written { structure: call.structure.into_bytes(), crossing: call.crossing, values: call.values }
}

fn named(schema: &Schema, case: &Json) -> (u32, usize) {
    let index = case["index"].as_str().map(|name| schema.indexes.iter().position(|index| &*index.name == name).unwrap());
    let operation = case["operation"].as_str().unwrap();
    (if operation == "check" { CHECK } else { position(&OPERATIONS, operation) }, index.unwrap_or(schema.primary))
}

/// The query or scan that `find` and `match` come to.
fn search(schema: &Schema, case: &Json) -> (u32, usize) {
    let given: Vec<Slot> = sought(schema, case).iter().filter_map(|(name, _)| schema.slot(name)).collect();
    choose_index(schema, &given, case["operation"] == "match")
        .map_or_else(|| (position(&OPERATIONS, "scan"), schema.primary), |index| (SEARCH, index))
}

fn sought<'c>(schema: &Schema, case: &'c Json) -> Vec<(&'c String, &'c Json)> {
    case["attributes"].as_object().unwrap().iter().filter(|(name, value)| schema.slot(name).is_some() && !is_undefined(value)).collect()
}

fn position(names: &[&str], name: &str) -> u32 {
    number(names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{name} is not known")))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

fn slots(index: &Index) -> Vec<Slot> {
    index.partition.composites.iter().chain(index.sort.iter().flat_map(|key| &key.composites)).copied().collect()
}

fn is_undefined(value: &Json) -> bool {
    value.get("$undefined").is_some()
}

struct CallWriter<'s> {
    schema: &'s Schema,
    structure: Writer,
    crossing: Vec<u8>,
    values: Vec<Json>,
}

impl CallWriter<'_> {
    fn section(&mut self, section: u32, count: usize) {
        self.structure.word(SECTION | section | number(count) << 8);
    }

    /// A value, whose class stands beside something else; answers the class.
    fn given(&mut self, value: &Json, beside: u32) -> u32 {
        self.values.push(value.clone());
        let bytes = support::encode(value);
        let class = CLASSES[usize::from(bytes[0])];
        self.structure.word(beside | class);
        self.crossing.extend(bytes);
        class
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
        for (slot, value) in there {
            self.given(value, u32::from(slot) << 4);
        }
    }

    fn key(&mut self, key: &Json, slots: &[Slot]) {
        self.section(1, 0);
        self.record(key.as_object().unwrap_or(&Map::new()), slots);
    }

    fn filter(&mut self, case: &Json) {
        let tokens: Vec<Json> = sought(self.schema, case).into_iter().map(|(name, value)| json!(["is", [name], value])).collect();
        if !tokens.is_empty() {
            let text = (0..tokens.len()).map(|number| format!("\u{1}{number}\u{2}")).collect::<Vec<_>>().join(" AND ");
            self.section(7, tokens.len());
            self.tokens(&text, &tokens);
        }
    }

    /// The conditions of what `composite()` states of the composites of indexes.
    fn stated(&mut self, case: &Json) {
        let all: Vec<Slot> = self.schema.indexes.iter().flat_map(slots).collect();
        for record in case["actions"].as_array().into_iter().flatten().filter_map(|action| action["composite"].as_object()) {
            for (slot, attribute) in (0u16..).zip(&self.schema.attributes) {
                let Some(value) = record.get(&*attribute.name).filter(|_| all.contains(&slot)) else { continue };
                self.section(7, 1);
                self.structure.text("\u{1}0\u{2}").word(HOLDS | 2 << 8);
                self.structure.word(0).word(NO_SLOT).text(&attribute.field);
                self.argument(value, "holds");
            }
        }
    }

    fn query(&mut self, index: &Index, case: &Json) {
        self.key(&case["composite"], &slots(index));
        let Some((name, bounds)) = case["sort"].as_object().and_then(|sort| sort.iter().next()) else { return };
        let composites = index.sort.as_ref().map(|key| key.composites.clone()).unwrap_or_default();
        self.structure.word(SECTION | 2 | position(&SORTS, name) << 8);
        match bounds {
            Json::Array(bounds) => {
                self.record(bounds[0].as_object().unwrap(), &composites);
                self.section(11, 0);
                self.record(bounds[1].as_object().unwrap(), &composites);
            }
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
        self.section(3, 0);
        self.record(&attributes, &all);
        if !unknown.is_empty() && self.schema.dialect.refuses_unknown_names() {
            self.section(9, unknown.len());
            unknown.iter().for_each(|name| {
                self.structure.text(name);
            });
        }
    }

    fn actions(&mut self, case: &Json) {
        let upsert = case["operation"] == "upsert";
        let mut hooked = pairs(&case["afterHooks"]);
        let (mut before, mut count) = (std::mem::take(&mut self.structure), 0);
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
        let body = std::mem::take(&mut self.structure).into_bytes();
        if count > 0 {
            before.word(SECTION | 4 | count << 8);
        }
        self.structure = before;
        body.iter().for_each(|byte| {
            self.structure.byte(*byte);
        });
        if !composite.is_empty() {
            let all: Vec<Slot> = (0..u16::try_from(self.schema.attributes.len()).unwrap()).collect();
            self.section(5, 0);
            self.record(&composite, &all);
        }
    }

    fn named(&mut self, verb: &str, name: &str, value: Option<&Json>) {
        let said = position(&VERBS, verb) | u32::from(value.is_some()) << 10;
        match self.schema.slot(name) {
            Some(slot) => self.structure.word(said | u32::from(slot) << 12),
            None => self.structure.word(said | 1 << 8).text(name),
        };
        if let Some(value) = value {
            self.given(value, 0);
        }
    }

    fn data(&mut self, token: &Json) {
        let start = token.get(3);
        let verb = if token[0] == "del" { "delete" } else { token[0].as_str().unwrap() };
        let operand = token.get(2);
        let inner = operand.and_then(|operand| operand.get("$token"));
        let kind = match (operand, inner) {
            (None, _) => 0,
            (_, None) => 1,
            _ => 2,
        };
        let start_flag = if start.is_some() { HAS_START } else { 0 };
        self.structure.word(position(&VERBS, verb) | FROM_DATA | start_flag | 2 << 8 | kind << 10);
        self.path(&token[1]);
        match (operand, inner) {
            (None, _) => {}
            (_, Some(inner)) => {
                self.structure.word(number(with_inner(inner).len()) << 8);
                self.tokens("\u{1}0\u{2}", std::slice::from_ref(inner));
            }
            (Some(operand), None) => _ = self.given(operand, 0),
        }
        if let Some(start) = start {
            self.given(start, 0);
        }
    }

    fn clause(&mut self, clause: &Json) {
        let tokens = clause["tokens"].as_array().unwrap();
        let pieces = clause["text"].as_array().unwrap();
        let mut text = pieces[0].as_str().unwrap().to_owned();
        let mut next = 0;
        for (token, piece) in tokens.iter().zip(&pieces[1..]) {
            next += inner_tokens(token);
            text.push_str(&format!("\u{1}{next}\u{2}{}", piece.as_str().unwrap()));
            next += 1;
        }
        self.section(7, tokens.iter().flat_map(with_inner).count());
        self.tokens(&text, tokens);
    }

    /// Writes a clause's body; tokens within a token are called, and so numbered, before it.
    fn tokens(&mut self, text: &str, tokens: &[Json]) {
        let all: Vec<&Json> = tokens.iter().flat_map(with_inner).collect();
        self.structure.text(text);
        for (at, token) in all.iter().enumerate() {
            let parts = token.as_array().unwrap();
            let operator = parts[0].as_str().unwrap();
            let pathless = matches!(operator, "escape" | "field");
            let count = parts.len() - if pathless { 2 } else { 1 };
            self.structure.word(position(&OPERATORS, operator) | number(count) << 8);
            let (arguments, mut inner) = match operator {
                "field" => {
                    self.structure.word(0).word(NO_SLOT).text(parts[2].as_str().unwrap());
                    continue;
                }
                _ => (&parts[2..], at - inner_tokens(token)),
            };
            if !pathless {
                self.structure.word(0);
                self.path(&parts[1]);
            }
            for argument in arguments {
                match argument.get("$token") {
                    Some(_) => {
                        self.structure.word(2 | number(inner) << 2);
                        inner += 1;
                    }
                    None => self.argument(argument, operator),
                }
            }
        }
    }

    /// A value of an operator: of a list, how many it holds is said, too, and a value that names its placeholder is repeated.
    fn argument(&mut self, value: &Json, operator: &str) {
        self.structure.word(1);
        let class = self.given(value, 0);
        if operator == "escape" {
            self.structure.text(&value.to_string());
        } else if class == LIST_CLASS {
            self.structure.word(number(value.as_array().unwrap().len()));
        }
    }

    fn path(&mut self, path: &Json) {
        let steps = path.as_array().unwrap();
        let name = steps[0].as_str().unwrap();
        let slot = self.schema.slot(name).map_or(NO_SLOT, u32::from);
        self.structure.word(slot | number(steps.len() - 1) << 16).text(name);
        for step in &steps[1..] {
            match step {
                Json::String(name) => self.structure.word(0).text(name),
                position => self.structure.word(1).word(u32::try_from(position.as_u64().unwrap()).unwrap()),
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
                answers.push(u32::try_from(number).unwrap() << 1 | u32::from(answer == true));
            }
        }
        if !answers.is_empty() {
            self.section(6, answers.len());
            answers.iter().for_each(|answer| {
                self.structure.word(*answer);
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
