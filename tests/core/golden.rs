//! Runs the golden cases of tests/golden natively: each call goes straight into the core, as the wrapper would send it after its hooks.

mod call;
mod resolve;

use std::fs;
use std::path::{Path, PathBuf};

use electroxide::error::Error;
use electroxide::operation::{self, Scratch, Shapes};
use electroxide::schema::{Dialect, Schema};
use serde_json::{Value as Json, json};

use super::support;

#[test]
fn the_core_answers_every_golden_case_as_its_file_says() {
    let mut wrong = Vec::new();
    let mut played = 0;
    for file in files(&root().join("tests/golden")) {
        let case: Json = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        if case["only"] == "package" {
            continue;
        }
        played += 1;
        let answer = play(&case);
        let expected = expected(&case);
        if plain(&answer) != plain(&expected) {
            wrong.push(format!("{}\n  answered {answer}\n  expected {expected}", file.strip_prefix(root()).unwrap().display()));
        }
    }
    assert!(played >= 150, "only {played} golden cases run natively");
    assert!(wrong.is_empty(), "{} of {played} golden cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn dialect(case: &Json) -> Dialect {
    if case["dialect"] == "electrodb" { Dialect::Electrodb } else { Dialect::Electroxide }
}

/// What the case expects of the core: of a refusal its code only, since defaults and validators, which run in the wrapper, decide what stands
/// beside it.
fn expected(case: &Json) -> Json {
    let expect = &case["expect"];
    match &expect["error"] {
        Json::Null => expect.clone(),
        error => json!({"error": error["code"]}),
    }
}

/// The refusal as the case tells it: where several attributes are refused, by the code that the case expects, if it is among theirs.
fn refusal(case: &Json, error: &Error) -> Json {
    let dialect = dialect(case);
    let expected = case["expect"]["error"]["code"].as_u64();
    let codes = error.fields.iter().map(|field| field.kind.code(dialect));
    let code = codes.filter(|code| Some(u64::from(*code)) == expected).chain([error.kind.code(dialect)]).next();
    json!({"error": code})
}

fn play(case: &Json) -> Json {
    let dialect = dialect(case);
    if case["operation"] == "model" {
        return support::compile(&case["definition"], dialect)
            .map_or_else(|error| refusal(case, &error), |_| json!({"result": "accepted"}));
    }
    match case["operation"].as_str() {
        Some("collection") => return collection(case, dialect),
        Some("transaction") => return transaction(case, dialect),
        _ => {}
    }
    let model = model(case["model"].as_str().unwrap());
    run(&compiled(&model, dialect), &model, case)
}

fn model(name: &str) -> Json {
    let file = root().join("tests/models").join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// A query of the members as if they were one entity.
fn collection(case: &Json, dialect: Dialect) -> Json {
    let names = case["members"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let models: Vec<(&str, Json)> = names.map(|name| (name, model(name))).collect();
    let schemas = models.iter().map(|(name, model)| (*name, compiled(model, dialect))).collect();
    let name = case["index"].as_str().unwrap();
    let schema = electroxide::service::collection(name, schemas).unwrap();
    let index = schema.indexes.iter().find(|index| index.collections.iter().any(|own| **own == *name)).unwrap();
    let mut query = case.clone();
    query["operation"] = json!("query");
    query["index"] = json!(*index.name);
    run(&schema, &models[0].1, &query)
}

/// The requests of all items in one.
fn transaction(case: &Json, dialect: Dialect) -> Json {
    let mut actions = Vec::new();
    for item in case["items"].as_array().unwrap() {
        let model = model(item["entity"].as_str().unwrap());
        let mut item = item.clone();
        item["committed"] = json!(true);
        for member in ["dialect", "expect"] {
            item[member] = case[member].clone();
        }
        let answer = run(&compiled(&model, dialect), &model, &item);
        if answer.get("error").is_some() {
            return answer;
        }
        let action = match item["operation"].as_str().unwrap() {
            "get" => "Get",
            "put" | "create" => "Put",
            "update" | "patch" | "upsert" => "Update",
            "delete" | "remove" => "Delete",
            _ => "ConditionCheck",
        };
        actions.push(json!({action: answer["params"]}));
    }
    let mut params = json!({"TransactItems": actions});
    if let Some(token) = case["options"].get("token") {
        params["ClientRequestToken"] = token.clone();
    }
    json!({"params": params})
}

fn run(schema: &Schema, model: &Json, case: &Json) -> Json {
    let written = call::write(schema, &model["definition"], case);
    let (mut shapes, mut scratch) = (Shapes::default(), Scratch::default());
    let answered = operation::run(schema, &written.bytes(true), &mut shapes, &mut scratch);
    let answer = match answered {
        Ok(answer) => resolve::params(schema, &answer.fresh.unwrap(), &written.values, &scratch.texts, case),
        Err(error) => return refusal(case, &error),
    };
    let again = operation::run(schema, &written.bytes(false), &mut shapes, &mut scratch).unwrap();
    assert_eq!((again.shape, again.fresh.is_none()), (0, true), "the same call has another shape the second time");
    json!({"params": answer})
}

fn compiled(model: &Json, dialect: Dialect) -> Schema {
    let definition = support::encode(&model["definition"]);
    let identifiers = support::encode(model.get("identifiers").unwrap_or(&json!({"$undefined": true})));
    electroxide::schema::compile_identified(support::decode(&definition), support::decode(&identifiers), dialect).unwrap()
}

/// JSON with every number as a float and without members that are `undefined`.
fn plain(json: &Json) -> Json {
    match json {
        Json::Number(number) => json!(number.as_f64()),
        Json::Array(members) => members.iter().map(plain).collect(),
        Json::Object(members) => members
            .iter()
            .filter(|(_, value)| value.get("$undefined").is_none())
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect(),
        other => other.clone(),
    }
}
