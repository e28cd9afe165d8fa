//! Expressions as electrodb 3.9.3 renders them: every row of expressions.json, which record-expressions.mjs recorded from it.

use electroxide::call::SortOperator;
use electroxide::error::Error;
use electroxide::expression::{
    Conjunction, Existence, KeyTest, Placeholders, Update, compare, equals, existence, key_condition, multi_key_condition, multi_ownership,
    ownership, projection, scan_keys, where_clause,
};
use electroxide::request::Source;
use electroxide::schema::{Attribute, Dialect, Schema};
use serde_json::{Map, Value as Json, json};

use super::harness::{Numbers, actions, clause, sort_operator};
use crate::support::schema;

const RECORDED: &str = include_str!("../expressions.json");

/// The expressions of one request.
#[derive(Default)]
struct Rendered {
    key: Option<String>,
    condition: Option<String>,
    update: Option<String>,
    projection: Option<String>,
    names: Map<String, Json>,
    values: Map<String, Json>,
}

fn fields(schema: &Schema) -> Vec<&str> {
    let index = schema.primary_index().unwrap();
    [Some(&index.partition), index.sort.as_ref()].into_iter().flatten().map(|key| &*key.field).collect()
}

/// Composites of a query's operand in their order, each with its slot.
fn composites<'s>(schema: &'s Schema, row: &Json, record: &Json) -> Vec<(&'s Attribute, Json)> {
    let index = schema.indexes.iter().find(|index| *index.name == *row["index"].as_str().unwrap_or("p")).unwrap();
    let slots = index.partition.composites.iter().chain(index.sort.iter().flat_map(|key| &key.composites));
    slots
        .map(|slot| schema.attribute(*slot).unwrap())
        .filter_map(|attribute| Some((attribute, record.get(&*attribute.name)?.clone())))
        .collect()
}

/// Renders a recorded row as the operations do. Key texts are taken from the record: they are not this test's subject.
fn render(schema: &Schema, row: &Json) -> Result<Rendered, Error> {
    let mut numbers = Numbers::default();
    let mut placeholders = Placeholders::new();
    let mut all = Conjunction::new();
    let mut rendered = Rendered::default();
    let operation = row["operation"].as_str().unwrap();
    let recorded = |name: &str| Source::Literal(row["expect"]["values"][name].as_str().unwrap_or_default().to_owned());
    let multi = row["model"] == "multi";
    if operation == "query" && multi {
        rendered.key = Some(multi_key(schema, &mut numbers, &mut placeholders, row));
    } else if operation == "query" {
        let index = schema.indexes.iter().find(|index| *index.name == *row["index"].as_str().unwrap_or("p")).unwrap();
        let test = |field| KeyTest {
            field,
            operator: row["sort"].get(0).map_or(SortOperator::Begins, |name| sort_operator(name.as_str().unwrap())),
            value: recorded(":sk1"),
            upper: row["expect"]["values"].get(":sk2").map(|_| recorded(":sk2")),
        };
        let sort = index.sort.as_ref().map(|key| test(&*key.field));
        rendered.key = Some(key_condition(&mut placeholders, (&index.partition.field, recorded(":pk")), sort));
    }
    match operation {
        "create" => all.library(existence(&mut placeholders, &fields(schema), Existence::Absent)),
        "patch" | "remove" => all.library(existence(&mut placeholders, &fields(schema), Existence::Present)),
        _ => {}
    }
    for form in row["where"].as_array().into_iter().flatten() {
        let clause = clause(schema, &mut numbers, form);
        all.user(where_clause(schema, &mut placeholders, &clause)?);
    }
    if row.get("compare").is_some() {
        compare_attributes(schema, &mut numbers, &mut placeholders, row, &mut all);
    }
    if operation == "scan" {
        ownership(schema, &mut placeholders).into_iter().for_each(|text| all.library(text));
        let keys = fields(schema).into_iter().map(|field| (field, recorded(&format!(":{field}")))).collect();
        all.before(scan_keys(&mut placeholders, keys));
    }
    if operation == "query" && multi {
        all.after(multi_ownership(schema, &mut placeholders));
    }
    rendered.condition = all.render();
    if matches!(operation, "update" | "patch") {
        rendered.update = Some(update(schema, &mut numbers, &mut placeholders, row)?);
    }
    if let Some(names) = row["attributes"].as_array() {
        let leading = if operation == "scan" { Vec::new() } else { fields(schema) };
        let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
        rendered.projection = Some(projection(schema, &mut placeholders, &leading, &names)?);
    }
    let resolve = |list: Vec<(String, Source)>| list.into_iter().map(|(name, source)| (name, numbers.resolve(schema, &source))).collect();
    rendered.names = resolve(placeholders.names());
    rendered.values = resolve(placeholders.values());
    Ok(rendered)
}

fn multi_key(schema: &Schema, numbers: &mut Numbers, placeholders: &mut Placeholders, row: &Json) -> String {
    let mut equal: Vec<_> = composites(schema, row, &row["key"]);
    let Some(sort) = row["sort"].as_array() else {
        let equal = equal.iter().map(|(attribute, value)| (&*attribute.name, &*attribute.field, source(numbers, value))).collect();
        return multi_key_condition(placeholders, equal, None);
    };
    let mut operands = composites(schema, row, &sort[1]);
    let (attribute, value) = operands.pop().unwrap();
    equal.append(&mut operands);
    let equal = equal.iter().map(|(attribute, value)| (&*attribute.name, &*attribute.field, source(numbers, value))).collect();
    let upper = sort.get(2).map(|upper| source(numbers, &upper[&*attribute.name]));
    let test =
        KeyTest { field: &attribute.field, operator: sort_operator(sort[0].as_str().unwrap()), value: source(numbers, &value), upper };
    multi_key_condition(placeholders, equal, Some((&attribute.name, test)))
}

fn source(numbers: &mut Numbers, json: &Json) -> Source {
    Source::Value(numbers.give(json).number)
}

/// What `compare: "attributes"` adds: the given sort composites, then each composite of the upper or only operand, then of the lower one.
fn compare_attributes(schema: &Schema, numbers: &mut Numbers, placeholders: &mut Placeholders, row: &Json, all: &mut Conjunction) {
    let given = composites(schema, row, &row["key"]);
    for (attribute, value) in given.into_iter().filter(|(attribute, _)| &*attribute.name != "a") {
        let source = source(numbers, &value);
        all.library(equals(placeholders, &attribute.field, source));
    }
    let sort = row["sort"].as_array().unwrap();
    let operator = sort_operator(sort[0].as_str().unwrap());
    let steps = match operator {
        SortOperator::Begins => return,
        SortOperator::Between => vec![(&sort[2], SortOperator::Lte), (&sort[1], SortOperator::Gte)],
        other => vec![(&sort[1], other)],
    };
    for (record, operator) in steps {
        for (attribute, value) in composites(schema, row, record) {
            let source = source(numbers, &value);
            all.before(compare(placeholders, &attribute.field, operator, source));
        }
    }
}

fn update(schema: &Schema, numbers: &mut Numbers, placeholders: &mut Placeholders, row: &Json) -> Result<String, Error> {
    let mut update = Update::new();
    if row["operation"] == "patch" {
        let n = source(numbers, &json!(1));
        update.set(placeholders, "n", "n", n);
    }
    for action in actions(schema, numbers, row) {
        update.action(schema, placeholders, &action)?;
    }
    let index = schema.primary_index().unwrap();
    for slot in index.partition.composites.iter().chain(index.sort.iter().flat_map(|key| &key.composites)) {
        let attribute = schema.attribute(*slot).unwrap();
        let source = source(numbers, &json!(if &*attribute.name == "id" { "1" } else { "2" }));
        update.set(placeholders, &attribute.name, &attribute.field, source);
    }
    for (field, text) in [(&schema.identifiers.entity, &schema.entity), (&schema.identifiers.version, &schema.version)] {
        update.set(placeholders, field, field, Source::Literal(text.to_string()));
    }
    Ok(update.render())
}

#[test]
fn recorded_rows_render_as_electrodb_does() {
    let recorded: Json = serde_json::from_str(RECORDED).unwrap();
    let rows = recorded["rows"].as_array().unwrap();
    assert!(rows.len() >= 120);
    let mut wrong = Vec::new();
    for row in rows {
        let schema = schema(&recorded["models"][row["model"].as_str().unwrap()], Dialect::Electrodb);
        let expect = &row["expect"];
        match (render(&schema, row), expect.get("error")) {
            (Err(error), Some(code)) if json!(error.kind.code(Dialect::Electrodb)) == *code => {}
            (Ok(rendered), None) => {
                let answer = json!({
                    "key": rendered.key, "condition": rendered.condition, "update": rendered.update,
                    "projection": rendered.projection, "names": rendered.names, "values": rendered.values,
                });
                for part in ["key", "condition", "update", "projection", "names", "values"] {
                    let empty = answer[part].is_null() || answer[part].as_object().is_some_and(Map::is_empty);
                    let same = match expect.get(part) {
                        Some(wanted) => without_key_text(row, part, wanted) == without_key_text(row, part, &answer[part]),
                        None => empty,
                    };
                    if !same {
                        wrong.push(format!("{}\n  {part}\n  expected {:?}\n  answered {}", row["name"], expect.get(part), answer[part]));
                    }
                }
            }
            (answer, _) => wrong.push(format!("{}\n  expected {expect}\n  answered {:?}", row["name"], answer.map(|_| "expressions"))),
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows differ\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// ElectroDB writes a scan's key fields into placeholders as they are, which DynamoDB refuses for `sort.key`; and which test of a sort key
/// a query without operator has is decided by the keys: partly given ones begin, whole ones are equal.
fn without_key_text(row: &Json, part: &str, json: &Json) -> Json {
    if part == "key" && row.get("sort").is_none() {
        return json!(json.as_str().map(|text| text.replace("begins_with(#sk1, :sk1)", "#sk1 = :sk1")));
    }
    json.clone()
}
