//! Models: which compile, into what, and with which code a broken one is refused.

use electroxide::schema::{AttributeKind, Casing, Dialect, IndexKind, Projection, Watch};
use serde_json::{Value as Json, json};

use crate::support::{compile, schema};

const BOTH: [Dialect; 2] = [Dialect::Electroxide, Dialect::Electrodb];

/// A model of scalar attributes and one index.
fn model() -> Json {
    json!({
        "model": {"entity": "task", "version": "1", "service": "app"},
        "attributes": {
            "id": {"type": "string", "required": true},
            "team": {"type": "string"},
            "name": {"type": "string"},
            "rank": {"type": "number"},
            "open": {"type": "boolean"},
        },
        "indexes": {
            "primary": {"pk": {"field": "pk", "composite": ["id"]}, "sk": {"field": "sk", "composite": ["team"]}},
        },
    })
}

#[test]
fn every_type_of_attribute_is_read_at_any_depth() {
    let mut model = model();
    model["attributes"]["status"] = json!({"type": ["open", "done", 3], "default": "open"});
    model["attributes"]["extra"] = json!({"type": "any", "hidden": true, "field": "x"});
    model["attributes"]["custom"] = json!({"type": {"$custom": "opaque"}});
    model["attributes"]["address"] = json!({
        "type": "map",
        "properties": {
            "lines": {"type": "list", "items": {"type": "map", "properties": {"text": {"type": "string", "required": true}}}},
            "tags": {"type": "set", "items": "string", "field": "t"},
        },
    });
    model["attributes"]["stamp"] = json!({
        "type": "string", "watch": ["team", "name"], "readOnly": true, "default": {"$hook": "now"}, "set": {"$hook": "now"}, "validate": {"$regexp": "^2"},
        "padding": {"length": 5, "char": "0"}, "label": "s", "cast": "string",
    });
    for dialect in BOTH {
        let schema = schema(&model, dialect);
        let attribute = |name: &str| schema.attribute(schema.slot(name).unwrap()).unwrap();
        assert!(matches!(&attribute("status").kind, AttributeKind::Enum(members) if members.len() == 3));
        assert!(attribute("extra").hidden);
        assert_eq!(&*attribute("extra").field, "x");
        assert!(matches!(attribute("custom").kind, AttributeKind::Custom));
        let AttributeKind::Map(properties) = &attribute("address").kind else { panic!() };
        let AttributeKind::List(items) = &properties[0].kind else { panic!() };
        let AttributeKind::Map(inner) = &items.kind else { panic!() };
        assert!(inner[0].required);
        assert!(matches!(&properties[1].kind, AttributeKind::Set(members) if matches!(members.kind, AttributeKind::String)));
        assert_eq!(&*properties[1].field, "t");
        // Nodes are counted from the outside in.
        let nodes = [attribute("address").node, properties[0].node, items.node, inner[0].node, properties[1].node, attribute("stamp").node];
        assert_eq!(nodes, [8, 9, 10, 11, 12, 14]);
        let stamp = attribute("stamp");
        assert!(stamp.read_only);
        assert_eq!(stamp.watch, Watch::Slots(vec![1, 2]));
        assert_eq!((stamp.set, stamp.validate), (Some(1), Some(2)));
        assert_eq!(stamp.padding.as_ref().map(|padding| (padding.length, &*padding.text)), Some((5, "0")));
    }
}

#[test]
fn every_form_of_index_is_read() {
    let mut model = model();
    model["indexes"] = json!({
        "byName": {
            "index": "gsi1", "type": "clustered", "collection": ["work", "tasks"], "scope": "x", "condition": {"$hook": "has"}, "projection": ["rank"],
            "pk": {"field": "gsi1pk", "composite": ["name"], "casing": "upper"},
            "sk": {"field": "gsi1sk", "template": "rank#${rank}", "casing": "none"},
        },
        "primary": {"pk": {"field": "pk", "composite": ["id"]}},
        "local": {"index": "lsi", "projection": "keys_only", "pk": {"field": "pk", "composite": ["id"]}, "sk": {"field": "lsk", "composite": ["rank"], "cast": "number"}},
        "several": {"index": "multi", "type": "composite", "pk": {"composite": ["name", "team"]}, "sk": {"composite": ["rank"]}},
        "constant": {"index": "gsi2", "pk": {"field": "gsi2pk", "composite": [], "template": "ALL"}, "sk": {"field": "gsi2sk", "composite": ["open"]}},
    });
    for dialect in BOTH {
        let schema = schema(&model, dialect);
        assert_eq!(schema.primary, 1);
        let names: Vec<&str> = schema.indexes.iter().map(|index| &*index.name).collect();
        assert_eq!(names, ["byName", "primary", "local", "several", "constant"]);
        let by_name = &schema.indexes[0];
        assert_eq!((by_name.kind, by_name.scope.as_deref(), by_name.condition), (IndexKind::Clustered, Some("x"), Some(0)));
        assert_eq!(by_name.collections, ["work".into(), "tasks".into()]);
        assert_eq!(by_name.projection, Projection::Include(vec![3]));
        assert_eq!((by_name.partition.casing, by_name.sort.as_ref().unwrap().casing), (Casing::Upper, Casing::None));
        assert_eq!(by_name.sort.as_ref().unwrap().composites, [3]);
        assert!(schema.indexes[1].sort.is_none());
        assert!(schema.indexes[2].local && !schema.indexes[0].local && !schema.indexes[1].local);
        assert_eq!(schema.indexes[3].partition.composites, [2, 1]);
        assert!(schema.indexes[4].partition.composites.is_empty());
    }
}

#[test]
fn a_shared_field_may_be_reversed() {
    let mut model = model();
    model["indexes"]["reversed"] =
        json!({"index": "gsi1", "pk": {"field": "sk", "composite": ["team"]}, "sk": {"field": "pk", "composite": ["id"]}});
    for dialect in BOTH {
        assert!(compile(&model, dialect).is_ok());
    }
}

#[test]
fn the_plan_tells_the_wrapper_what_to_run_and_to_shape() {
    let mut model = model();
    model["attributes"]["stamp"] = json!({"type": "string", "watch": "*", "set": {"$hook": "now"}, "default": {"$hook": "now"}});
    model["attributes"]["title"] = json!({"type": "string", "set": {"$hook": "trim"}, "default": "none"});
    model["attributes"]["bag"] =
        json!({"type": "map", "properties": {"tags": {"type": "set", "items": ["a", 2], "get": {"$hook": "sorted"}, "hidden": true}}});
    model["indexes"]["primary"]["pk"]["casing"] = json!("upper");
    let schema = schema(&model, Dialect::Electroxide);
    let mut writer = electroxide::value::Writer::new();
    electroxide::schema::write_plan(&schema, &mut writer);
    let bytes = writer.into_bytes();
    let plan = crate::support::to_json(crate::support::decode(&bytes));
    assert_eq!(plan["identifiers"], json!({"entity": "__edb_e__", "version": "__edb_v__"}));
    assert_eq!((&plan["attributes"][5]["watch"], &plan["attributes"][5]["default"]), (&json!("*"), &json!({"hook": 1})));
    assert_eq!((&plan["attributes"][6]["default"], &plan["attributes"][6]["hasDefault"]), (&json!(1), &json!(true)));
    let bag = &plan["attributes"][7];
    assert_eq!(
        (&bag["shaped"], &bag["hasHidden"], &bag["hidden"], &bag["slot"], &bag["node"]),
        (&json!(true), &json!(true), &json!(false), &json!(7), &json!(7))
    );
    assert_eq!(bag["properties"][0]["items"]["enum"], json!(["a", 2]));
    assert_eq!(
        plan["indexes"][0]["partition"],
        json!({
            "field": "pk", "composites": [0], "numeric": false, "cased": true, "casing": "upper",
            "head": "$app", "labels": ["#id_"], "tail": ""
        })
    );
    assert_eq!(plan["indexes"][0]["sort"]["head"], "$task_1");
}
