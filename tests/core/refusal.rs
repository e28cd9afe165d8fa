//! Broken models: each with ElectroDB's code for that very mistake and a message that names its place; no model can make the compiler fail otherwise.

use electroxide::error::Error;
use electroxide::schema::Dialect;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::compile;

const BOTH: [Dialect; 2] = [Dialect::Electroxide, Dialect::Electrodb];

fn model() -> Json {
    json!({
        "model": {"entity": "task", "version": "1", "service": "app"},
        "attributes": {
            "id": {"type": "string"},
            "team": {"type": "string"},
            "due": {"type": "string"},
            "points": {"type": "number"},
            "place": {"type": "map", "properties": {"street": {"type": "string"}, "lines": {"type": "list", "items": {"type": "string"}}}},
        },
        "indexes": {
            "primary": {"pk": {"field": "pk", "composite": ["id"]}, "sk": {"field": "sk", "composite": []}},
            "byTeam": {"index": "gsi1", "pk": {"field": "gsi1pk", "composite": ["team"]}, "sk": {"field": "gsi1sk", "composite": ["due"]}},
        },
    })
}

/// A right model with one part put in place, or taken out.
fn broken(pointer: &str, part: &Json) -> Json {
    let mut model = model();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = model.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if *part == json!({"$undefined": true}) {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), part.clone());
    }
    model
}

fn refusal(model: &Json, dialect: Dialect) -> Error {
    compile(model, dialect).err().unwrap_or_else(|| panic!("{dialect:?} accepts {model}"))
}

fn check(cases: &[(&str, Json, u16, &str)], dialects: &[Dialect]) {
    for (pointer, part, code, named) in cases {
        for dialect in dialects {
            let error = refusal(&broken(pointer, part), *dialect);
            assert_eq!(error.kind.code(*dialect), *code, "{dialect:?} {pointer} {part}: {error}");
            assert!(error.message.contains(named), "{pointer} {part}: {error}");
        }
    }
}

fn none() -> Json {
    json!({"$undefined": true})
}

#[test]
fn mistakes_in_the_model_and_its_attributes() {
    let attribute = "/attributes/extra";
    let nested = "/attributes/place/properties/street";
    check(
        &[
            ("/model", none(), 1009, "`model`"),
            ("/model/entity", json!(3), 1009, "`model.entity`"),
            ("/model/entity", json!(""), 1009, "`model.entity`"),
            ("/model/service", none(), 1009, "`model.service`"),
            ("/model/version", json!(null), 1009, "`model.version`"),
            ("/attributes", json!(["id"]), 1009, "`attributes`"),
            ("/indexes", json!({}), 1009, "`indexes`"),
            (attribute, json!({"required": true}), 1009, "`extra`"),
            (attribute, json!(null), 1009, "`extra`"),
            (attribute, json!({"type": "strng"}), 1008, "`string`"),
            (attribute, json!({"type": 5}), 1009, "`type`"),
            (attribute, json!({"type": "map"}), 1008, "`properties`"),
            (attribute, json!({"type": "set"}), 1008, "`items`"),
            (attribute, json!({"type": "set", "items": "any"}), 1008, "`extra`"),
            (attribute, json!({"type": "string", "get": "x"}), 1009, "`get`"),
            (attribute, json!({"type": "string", "validate": 5}), 1009, "`validate`"),
            (attribute, json!({"type": "string", "required": "yes"}), 1009, "`required`"),
            (attribute, json!({"type": "string", "cast": "boolean"}), 1009, "`cast`"),
            (attribute, json!({"type": "string", "padding": {"length": 5}}), 1009, "`padding.char`"),
            (attribute, json!({"type": "string", "field": "team"}), 1008, "`team`"),
            (attribute, json!({"type": "string", "watch": ["taem"]}), 1016, "`team`"),
            (attribute, json!({"type": "string", "watch": ["extra"]}), 1016, "`extra`"),
            (attribute, json!({"type": "string", "watch": "team"}), 1016, "`[\"team\"]`"),
            (attribute, json!({"type": "string", "watch": [5]}), 1009, "`watch`"),
            (nested, json!({"type": "strin"}), 1008, "`place.street`"),
            (nested, json!({"type": "string", "set": 1}), 1008, "`place.street`"),
            (nested, json!({"type": "string", "field": "lines"}), 1008, "`lines`"),
            (nested, json!({"type": "string", "watch": ["team"]}), 1016, "`place`"),
            ("/attributes/place/properties/lines/items", json!({"type": "map"}), 1008, "`place.lines[*]`"),
            ("/attributes/team", json!({"type": "map", "properties": {}}), 1008, "`team`"),
        ],
        &BOTH,
    );
}

#[test]
fn mistakes_in_indexes() {
    let other = |change: Json| {
        let mut index =
            json!({"index": "gsi2", "pk": {"field": "gsi2pk", "composite": ["due"]}, "sk": {"field": "gsi2sk", "composite": []}});
        index.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        index
    };
    check(
        &[
            ("/indexes/primary", none(), 1007, "table"),
            ("/indexes/byTeam/index", none(), 1004, "`byTeam`"),
            ("/indexes/other", other(json!({"index": "gsi1"})), 1004, "`gsi1`"),
            ("/indexes/byTeam/pk", none(), 1009, "`byTeam`"),
            ("/indexes/byTeam/sk", json!(null), 1009, "`sk`"),
            ("/indexes/byTeam/pk/field", none(), 1026, "`field`"),
            ("/indexes/byTeam/pk/composite", none(), 1009, "`composite`"),
            ("/indexes/byTeam/pk/composite", json!([5]), 1009, "`composite`"),
            ("/indexes/byTeam/pk/composite", json!(["taem"]), 1003, "`team`"),
            ("/indexes/byTeam/pk/template", json!("x#${due}"), 1017, "`due`"),
            ("/indexes/byTeam/sk/composite", json!(["due", "team"]), 1015, "`team`"),
            ("/indexes/byTeam/sk/field", json!("gsi1pk"), 1014, "`gsi1pk`"),
            ("/indexes/byTeam/sk/field", json!("sk"), 1014, "`primary`"),
            ("/indexes/byTeam/pk/field", json!("pk"), 1024, "`primary`"),
            ("/indexes/other", other(json!({"pk": {"field": "pk", "composite": ["id"], "casing": "upper"}})), 1020, "`upper`"),
            ("/indexes/other", other(json!({"pk": {"field": "pk", "template": "${id}"}})), 1017, "`template`"),
            ("/indexes/byTeam/pk/casing", json!("uper"), 1009, "`upper`"),
            ("/indexes/byTeam/pk/cast", json!("boolean"), 1009, "`cast`"),
            ("/indexes/byTeam/type", json!("cluster"), 1009, "`clustered`"),
            ("/indexes/byTeam/type", json!("composite"), 1026, "`field`"),
            ("/indexes/primary/type", json!("composite"), 1026, "`primary`"),
            ("/indexes/primary/condition", json!({"$hook": "x"}), 2011, "`condition`"),
            ("/indexes/byTeam/condition", json!("yes"), 1009, "`condition`"),
            ("/indexes/several", json!({"index": "g", "type": "composite", "scope": "x", "pk": {"composite": ["team"]}}), 2011, "`scope`"),
            ("/indexes/byTeam/projection", json!(["poins"]), 1025, "`points`"),
            ("/indexes/byTeam/projection", json!([]), 1025, "empty"),
            ("/indexes/byTeam/collection", json!(["board", "board"]), 1006, "`board`"),
            ("/indexes/byTeam/collection", json!(5), 1009, "`collection`"),
            (
                "/indexes/other",
                json!({"index": "gsi2", "collection": "board", "pk": {"field": "gsi2pk", "composite": ["due"]}}),
                1005,
                "`sk`",
            ),
            ("/indexes/byTeam/sk", json!({"field": "due", "composite": ["due", "points"]}), 1018, "`due`"),
        ],
        &BOTH,
    );
}

#[test]
fn what_electrodb_reads_as_something_else_is_refused_by_the_main_entry_only() {
    let cases = [
        ("/attributes/extra", json!({"type": "list"}), 1008, "`items`"),
        ("/attributes/extra", json!({"type": "list", "items": "number"}), 1008, "`items`"),
        ("/attributes/extra", json!({"type": "set", "items": "boolean"}), 1008, "`items`"),
        ("/attributes/extra", json!({"type": "map", "properties": {"a": "number"}}), 1008, "`extra.a`"),
        ("/attributes/extra", json!({"type": []}), 1008, "`extra`"),
        ("/attributes/place/properties/street", json!({"type": "string", "required": "yes"}), 1008, "`place.street`"),
        ("/indexes/byTeam/scope", json!(5), 1009, "`scope`"),
        ("/indexes/byTeam/project", json!(["nope"]), 1025, "`nope`"),
    ];
    check(&cases, &[Dialect::Electroxide]);
    for (pointer, part, ..) in cases {
        assert!(compile(&broken(pointer, &part), Dialect::Electrodb).is_ok(), "{pointer} {part}");
    }
}

#[test]
fn the_form_before_1_0_is_read() {
    let mut old = model();
    old.as_object_mut().unwrap().remove("model");
    for name in ["entity", "service", "version"] {
        old[name] = json!("x");
    }
    old["indexes"]["byTeam"]["pk"] = json!({"field": "gsi1pk", "facets": ["team"]});
    for dialect in BOTH {
        let schema = compile(&old, dialect).unwrap();
        assert!(schema.legacy);
        assert_eq!(&*schema.indexes[0].partition.template.head, "$x_x");
        assert_eq!(&*schema.indexes[0].sort.as_ref().unwrap().template.head, "$x");
    }
}

#[test]
fn names_of_prototypes_are_names_like_others() {
    assert_eq!(
        refusal(&broken("/attributes/__proto__", &json!({"type": "string"})), Dialect::Electroxide).kind.code(Dialect::Electroxide),
        1008
    );
    let mut model = model();
    model["attributes"]["__proto__"] = json!({"type": "string", "field": "proto"});
    for name in ["constructor", "toString", "a.b", "has space", ""] {
        model["attributes"][name] = json!({"type": "string"});
    }
    for dialect in BOTH {
        let schema = compile(&model, dialect).unwrap();
        assert_eq!(schema.slot("__proto__"), Some(5));
        assert_eq!(schema.slot("valueOf"), None);
    }
}

#[test]
fn a_model_without_end_is_refused() {
    let mut deep = json!({"type": "string"});
    for _ in 0..120 {
        deep = json!({"type": "list", "items": deep});
    }
    for dialect in BOTH {
        assert_eq!(refusal(&broken("/attributes/extra", &deep), dialect).kind.code(dialect), 1008);
    }
}

fn any_part() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "(string|number|map|list|set|any|enum|\\*|id|team|pk|all|upper|composite|\\$\\{id\\}|x#\\$\\{team|.{0,5})".prop_map(Json::from),
        Just(json!({"$hook": "f"})),
        Just(json!({"$regexp": "a"})),
        Just(json!({"$undefined": true})),
        Just(json!({"$set": ["a"]})),
    ];
    let name = "(model|attributes|indexes|entity|version|service|type|items|properties|pk|sk|field|composite|template|watch|id|team|x)";
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::vec((name, inner), 0..4).prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// The places in a model that a part can stand in.
const PLACES: [&str; 20] = [
    "/model",
    "/model/entity",
    "/attributes",
    "/attributes/id",
    "/attributes/id/type",
    "/attributes/id/field",
    "/attributes/team/watch",
    "/attributes/team/padding",
    "/attributes/place/properties",
    "/attributes/place/properties/lines/items",
    "/indexes",
    "/indexes/primary",
    "/indexes/byTeam",
    "/indexes/byTeam/pk",
    "/indexes/byTeam/pk/field",
    "/indexes/byTeam/pk/composite",
    "/indexes/byTeam/sk/template",
    "/indexes/byTeam/sk/cast",
    "/indexes/byTeam/collection",
    "/indexes/byTeam/projection",
];

proptest! {
    #[test]
    fn anything_is_compiled_or_refused(model in any_part()) {
        for dialect in BOTH {
            if let Err(error) = compile(&model, dialect) {
                prop_assert!((1002..=2011).contains(&error.kind.code(dialect)), "{}", error);
            }
        }
    }

    #[test]
    fn the_drop_in_accepts_what_the_main_entry_accepts(place in proptest::sample::select(&PLACES[..]), part in any_part()) {
        let model = broken(place, &part);
        match (compile(&model, Dialect::Electroxide), compile(&model, Dialect::Electrodb)) {
            // ElectroDB looks for an attribute of the field's name where one of another name is stored in it.
            (Ok(_), Err(error)) => prop_assert_eq!(error.kind.code(Dialect::Electrodb), 5001, "{}", error),
            (_, Err(error)) => prop_assert!(!error.message.is_empty() && error.fields.is_empty()),
            _ => {}
        }
    }
}
