//! The table that models imply, and models that cannot be those of one table.

use electroxide::error::Error;
use electroxide::schema::{Dialect, Schema};
use electroxide::table;
use electroxide::value::Writer;
use serde_json::{Value as Json, json};

use crate::support::{decode, schema, to_json};

fn model(entity: &str, indexes: Json) -> Json {
    json!({
        "model": {"entity": entity, "version": "1", "service": "app"},
        "attributes": {
            "id": {"type": "string"},
            "team": {"type": "string", "field": "t"},
            "rank": {"type": "number"},
            "open": {"type": "boolean"},
            "state": {"type": ["a", "b"]},
            "expiresAt": {"type": "number", "field": "ttl"},
        },
        "indexes": indexes,
    })
}

fn primary() -> Json {
    json!({"pk": {"field": "pk", "composite": ["id"]}, "sk": {"field": "sk", "composite": []}})
}

fn definition(models: &[Json], ttl: Option<&str>) -> Result<Json, Error> {
    let schemas: Vec<Schema> = models.iter().map(|model| schema(model, Dialect::Electroxide)).collect();
    let mut writer = Writer::new();
    table::definition(&schemas.iter().collect::<Vec<_>>(), "app", ttl, &mut writer)?;
    let bytes = writer.into_bytes();
    Ok(to_json(decode(&bytes)))
}

#[test]
fn every_form_of_key_becomes_its_part_of_the_table() {
    let found = definition(
        &[model(
            "task",
            json!({
                "primary": primary(),
                "byTeam": {"index": "gsi1", "pk": {"field": "gsi1pk", "composite": ["team"]}, "sk": {"field": "gsi1sk", "composite": ["rank"]}, "projection": "keys_only"},
                "byRank": {"index": "lsi1", "pk": {"field": "pk", "composite": ["id"]}, "sk": {"field": "rank", "composite": ["rank"]}, "projection": ["open", "rank"]},
                "several": {"index": "multi", "type": "composite", "pk": {"composite": ["team", "state"]}, "sk": {"composite": ["rank"]}},
                "reversed": {"index": "gsi2", "pk": {"field": "sk", "composite": []}, "sk": {"field": "pk", "composite": ["id"]}},
            }),
        )],
        Some("expiresAt"),
    )
    .unwrap();
    assert_eq!(
        found,
        json!({
            "createTable": {
                "TableName": "app",
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [
                    {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
                    {"AttributeName": "gsi1pk", "AttributeType": "S"}, {"AttributeName": "gsi1sk", "AttributeType": "S"},
                    {"AttributeName": "rank", "AttributeType": "N"},
                    {"AttributeName": "t", "AttributeType": "S"}, {"AttributeName": "state", "AttributeType": "S"},
                ],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
                "GlobalSecondaryIndexes": [
                    {
                        "IndexName": "gsi1",
                        "KeySchema": [{"AttributeName": "gsi1pk", "KeyType": "HASH"}, {"AttributeName": "gsi1sk", "KeyType": "RANGE"}],
                        "Projection": {"ProjectionType": "KEYS_ONLY"},
                    },
                    {
                        "IndexName": "multi",
                        "KeySchema": [
                            {"AttributeName": "t", "KeyType": "HASH"}, {"AttributeName": "state", "KeyType": "HASH"},
                            {"AttributeName": "rank", "KeyType": "RANGE"},
                        ],
                        "Projection": {"ProjectionType": "ALL"},
                    },
                    {
                        "IndexName": "gsi2",
                        "KeySchema": [{"AttributeName": "sk", "KeyType": "HASH"}, {"AttributeName": "pk", "KeyType": "RANGE"}],
                        "Projection": {"ProjectionType": "ALL"},
                    },
                ],
                "LocalSecondaryIndexes": [
                    {
                        "IndexName": "lsi1",
                        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "rank", "KeyType": "RANGE"}],
                        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["open", "__edb_e__", "__edb_v__"]},
                    },
                ],
            },
            "updateTimeToLive": {"TableName": "app", "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true}},
        })
    );
}

#[test]
fn a_table_without_sort_key_and_without_ttl_is_the_input_itself() {
    let found = definition(&[model("task", json!({"primary": {"pk": {"field": "id", "composite": ["id"]}}}))], None).unwrap();
    assert_eq!(found["KeySchema"], json!([{"AttributeName": "id", "KeyType": "HASH"}]));
    assert_eq!(found.get("GlobalSecondaryIndexes"), None);
}

#[test]
fn projections_of_entities_are_merged() {
    let with = |entity: &str, projection: Json| {
        let index = json!({"index": "gsi1", "projection": projection, "pk": {"field": "g", "composite": ["team"]}, "sk": {"field": "h", "composite": []}});
        model(entity, json!({"primary": primary(), "byTeam": index}))
    };
    let projection = |models: &[Json]| definition(models, None).unwrap()["GlobalSecondaryIndexes"][0]["Projection"].clone();
    assert_eq!(projection(&[with("a", json!("keys_only")), with("b", json!("all"))]), json!({"ProjectionType": "ALL"}));
    assert_eq!(
        projection(&[with("a", json!(["rank"])), with("b", json!("keys_only")), with("c", json!(["open", "rank"]))])["NonKeyAttributes"],
        json!(["rank", "__edb_e__", "__edb_v__", "open"])
    );
}

#[test]
fn models_that_contradict_each_other_are_refused() {
    let gsi = |pk: Json, sk: Json| {
        let mut index = json!({"index": "gsi1", "pk": pk});
        if !sk.is_null() {
            index["sk"] = sk;
        }
        json!({"primary": primary(), "other": index})
    };
    let key = |field: &str, composite: Json| json!({"field": field, "composite": composite});
    let base = || model("a", gsi(key("g", json!(["team"])), key("h", json!(["rank"]))));
    let own_key = json!({"primary": {"pk": {"field": "hash", "composite": ["id"]}, "sk": {"field": "sk", "composite": []}}});
    let cases = [
        ("another table key", model("b", own_key), "`hash`"),
        ("another key of one index", model("b", gsi(key("x", json!(["team"])), key("h", json!(["rank"])))), "`gsi1`"),
        ("an index without its sort key", model("b", gsi(key("g", json!(["team"])), Json::Null)), "without a sort key"),
        (
            "a number where text was",
            model("b", gsi(key("g", json!(["team"])), json!({"field": "h", "composite": ["rank"], "cast": "number"}))),
            "`h`",
        ),
    ];
    for (what, other, named) in cases {
        let error = definition(&[base(), other], None).unwrap_err();
        assert_eq!(error.kind.code(Dialect::Electroxide), 1009, "{what}");
        assert!(error.message.contains(named), "{what}: {error}");
    }
    let mut attribute = base();
    attribute["model"]["entity"] = json!("b");
    attribute["attributes"]["open"]["field"] = json!("g2");
    let other = model("c", json!({"primary": primary(), "more": {"index": "gsi2", "pk": key("g2", json!(["team"]))}}));
    assert!(definition(&[attribute, other], None).unwrap_err().message.contains("`open`"));
    let mut boolean = base();
    boolean["indexes"]["several"] = json!({"index": "multi", "type": "composite", "pk": {"composite": ["open"]}});
    assert!(definition(&[boolean], None).unwrap_err().message.contains("boolean"));
}

#[test]
fn the_time_to_live_needs_a_declared_number() {
    let base = || model("a", json!({"primary": primary()}));
    assert!(definition(&[base()], Some("expireAt")).unwrap_err().message.contains("`expiresAt`"));
    assert!(definition(&[base()], Some("team")).unwrap_err().message.contains("string"));
    let mut other = base();
    other["attributes"]["expiresAt"]["field"] = json!("end");
    assert!(definition(&[base(), other], Some("expiresAt")).unwrap_err().message.contains("`end`"));
}
