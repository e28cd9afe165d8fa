//! Where electroxide renders otherwise than electrodb 3.9.3 on purpose, and what the main entry refuses.

use electroxide::error::{Error, Kind};
use electroxide::expression::{
    AttributePath, Conjunction, Existence, Placeholders, Update, check_overlaps, existence, key_condition, projection, scan_keys,
    where_clause,
};
use electroxide::request::Source;
use electroxide::schema::{Dialect, Schema};
use electroxide::value::path::{Step, parse};
use serde_json::{Map, Value as Json, json};

use super::harness::{Numbers, actions, clause, one};
use crate::support::schema;

const BOTH: [Dialect; 2] = [Dialect::Electroxide, Dialect::Electrodb];

pub fn model(dialect: Dialect) -> Schema {
    let model = json!({
        "model": {"entity": "e", "version": "1", "service": "s"},
        "attributes": {
            "id": {"type": "string"},
            "a": {"type": "string"},
            "a1": {"type": "string"},
            "a_u": {"type": "string"},
            "b": {"type": "string", "field": "bb"},
            "n": {"type": "number"},
            "size": {"type": "number"},
            "pk": {"type": "string", "field": "other"},
            "constructor": {"type": "string"},
            "x": {"type": "string"},
            "x.y": {"type": "string"},
            "any": {"type": "any"},
            "m": {"type": "map", "properties": {"x": {"type": "string", "field": "xx"}, "y": {"type": "map", "properties": {}}}},
            "l": {"type": "list", "items": {"type": "string"}},
            "st": {"type": "set", "items": "string"},
        },
        "indexes": {"p": {"pk": {"field": "pk", "composite": ["id"]}, "sk": {"field": "sk", "composite": []}}},
    });
    schema(&model, dialect)
}

/// The text of some clauses, with the names and values it uses.
fn clauses(schema: &Schema, forms: &[Json]) -> Result<(String, Json, Json), Error> {
    let (mut numbers, mut placeholders, mut all) = (Numbers::default(), Placeholders::new(), Conjunction::new());
    for form in forms {
        all.user(where_clause(schema, &mut placeholders, &clause(schema, &mut numbers, form))?);
    }
    let (names, values) = resolved(schema, &numbers, &placeholders);
    Ok((all.render().unwrap_or_default(), names, values))
}

pub fn resolved(schema: &Schema, numbers: &Numbers, placeholders: &Placeholders) -> (Json, Json) {
    let resolve = |list: Vec<(String, Source)>| -> Map<String, Json> {
        list.into_iter().map(|(name, source)| (name, numbers.resolve(schema, &source))).collect()
    };
    (Json::Object(resolve(placeholders.names())), Json::Object(resolve(placeholders.values())))
}

/// The text of some actions, with the names and values it uses.
fn update(schema: &Schema, row: &Json) -> Result<(String, Json, Json), Error> {
    let (mut numbers, mut placeholders, mut update) = (Numbers::default(), Placeholders::new(), Update::new());
    let all = actions(schema, &mut numbers, row);
    for action in &all {
        update.action(schema, &mut placeholders, action)?;
    }
    check_overlaps(schema, std::iter::empty(), &all)?;
    let (names, values) = resolved(schema, &numbers, &placeholders);
    Ok((update.render(), names, values))
}

fn kinds(refused: impl Fn(&Schema) -> Error) -> [Kind; 2] {
    BOTH.map(|dialect| refused(&model(dialect)).kind)
}

#[test]
fn a_placeholder_stands_for_one_name() {
    for dialect in BOTH {
        let schema = model(dialect);
        let (text, names, _) = clauses(&schema, &[one(json!(["eq", ["m", "x"], "1"])), one(json!(["eq", ["x"], "2"]))]).unwrap();
        assert_eq!(text, "(#m.#x = :x0) AND #x_2 = :x1");
        assert_eq!(names, json!({"#m": "m", "#x": "xx", "#x_2": "x"}));

        let (mut numbers, mut placeholders) = (Numbers::default(), Placeholders::new());
        key_condition(&mut placeholders, ("pk", Source::Text(0)), None);
        let clause = clause(&schema, &mut numbers, &one(json!(["eq", ["pk"], "1"])));
        assert_eq!(where_clause(&schema, &mut placeholders, &clause).unwrap(), "#pk_2 = :pk0");
    }
}

#[test]
fn a_placeholder_stands_for_one_value() {
    for dialect in BOTH {
        let schema = model(dialect);
        let mut forms: Vec<Json> = (0..11).map(|number| one(json!(["eq", ["a"], number.to_string()]))).collect();
        forms.push(one(json!(["eq", ["a1"], "other"])));
        let (_, _, values) = clauses(&schema, &forms).unwrap();
        assert_eq!((&values[":a10"], &values[":a11"]), (&json!("10"), &json!("other")));

        let (mut numbers, mut placeholders) = (Numbers::default(), Placeholders::new());
        let clause = clause(&schema, &mut numbers, &one(json!(["eq", ["a_u"], "old"])));
        where_clause(&schema, &mut placeholders, &clause).unwrap();
        let mut update = Update::new();
        update.set(&mut placeholders, "a", "a", Source::Literal("new".into()));
        assert_eq!(update.render(), "SET #a = :a_u1");

        let (_, names, values) =
            clauses(&schema, &[one(json!(["eq", ["constructor"], "1"])), one(json!(["ne", ["constructor"], "2"]))]).unwrap();
        assert_eq!(names, json!({"#constructor": "constructor"}));
        assert_eq!(values, json!({":constructor0": "1", ":constructor1": "2"}));
    }
}

#[test]
fn what_no_expression_uses_is_not_sent() {
    for dialect in BOTH {
        let schema = model(dialect);
        let unused = json!({"text": ["", ""], "tokens": [["eq", ["a"], {"$token": ["value", ["b"], "x"]}]]});
        let (text, names, _) = clauses(&schema, &[unused]).unwrap();
        assert_eq!((text.as_str(), names), ("#a = :b0", json!({"#a": "a"})));
    }
    // An operator that was called and left out of the text.
    let schema = model(Dialect::Electrodb);
    let mut numbers = Numbers::default();
    let mut callback = clause(&schema, &mut numbers, &json!({"text": ["", "", ""], "tokens": [["eq", ["a"], "1"], ["eq", ["n"], 2]]}));
    callback.text = "\u{1}1\u{2}";
    let mut placeholders = Placeholders::new();
    assert_eq!(where_clause(&schema, &mut placeholders, &callback).unwrap(), "#n = :n0");
    assert_eq!(placeholders.values().len(), 1);
    // Surplus operands.
    let (text, _, values) = clauses(&schema, &[one(json!(["exists", ["a"], "x"]))]).unwrap();
    assert_eq!((text.as_str(), values), ("attribute_exists(#a)", json!({})));
}

#[test]
fn a_value_that_looks_like_a_placeholder_is_a_value() {
    let schema = model(Dialect::Electrodb);
    let (text, _, values) =
        clauses(&schema, &[one(json!(["eq", ["a"], {"$token": ["name", ["b"]]}])), one(json!(["eq", ["a"], "#b"]))]).unwrap();
    assert_eq!((text.as_str(), values), ("(#a = #b) AND #a = :a0", json!({":a0": "#b"})));
}

#[test]
fn operands_may_be_attributes_and_sizes() {
    for dialect in BOTH {
        let schema = model(dialect);
        let text = |form: Json| clauses(&schema, &[one(form)]).unwrap().0;
        assert_eq!(text(json!(["eq", ["a"], {"$path": ["b"]}])), "#a = #b");
        assert_eq!(text(json!(["lt", ["n"], {"$token": ["size", ["l"]]}])), "#n < size(#l)");
        assert_eq!(text(json!(["between", ["n"], {"$path": ["m", "x"]}, 5])), "(#n between #m.#x and :n0)");
        assert_eq!(text(json!(["in", ["a"], ["x", "y"]])), "#a in (:a0, :a1)");
        assert_eq!(text(json!(["in", ["a"], "x", {"$path": ["b"]}])), "#a in (:a0, #b)");
        assert_eq!(text(json!(["eq", ["m", "y", "free"], 1])), "#m.#y.#free = :y0");
    }
}

#[test]
fn clauses_that_state_no_condition_are_refused() {
    let wrong = [
        json!({"text": ["banana"], "tokens": []}),
        json!({"text": ["  "], "tokens": []}),
        json!({"text": ["(", ""], "tokens": [["exists", ["a"]]]}),
        json!({"text": ["", ") OR (", ""], "tokens": [["exists", ["a"]], ["exists", ["b"]]]}),
        json!({"text": ["", "\u{1}"], "tokens": [["exists", ["a"]]]}),
        one(json!(["eq", ["a"], {"$token": ["exists", ["b"]]}])),
        one(json!(["begins", ["a"], {"$token": ["size", ["b"]]}])),
        one(json!(["in", ["a"], []])),
        one(json!(["in", ["n"], vec![1; 101]])),
        one(json!(["in", ["n"], [1, {"$undefined": true}]])),
        one(json!(["escape", [], {"$undefined": true}])),
        one(json!(["ifNotExists", ["a"], "x"])),
        one(json!(["eq", [], "a", "x"])),
    ];
    for form in &wrong {
        assert_eq!(kinds(|schema| clauses(schema, std::slice::from_ref(form)).unwrap_err()), [Kind::InvalidExpression; 2], "{form}");
    }
}

#[test]
fn an_unknown_attribute_of_a_callback_is_refused() {
    for steps in [json!(["aa"]), json!(["m", "z"]), json!(["a", "z"]), json!(["l", "z"]), json!(["st", 0])] {
        let refused = kinds(|schema| clauses(schema, &[one(json!(["exists", steps]))]).unwrap_err());
        assert_eq!(refused, [Kind::UnknownAttribute, Kind::InvalidExpression], "{steps}");
    }
    let message = clauses(&model(Dialect::Electroxide), &[one(json!(["exists", ["sizee"]]))]).unwrap_err().to_string();
    assert!(message.contains("`sizee`") && message.contains("`size`"), "{message}");
}

#[test]
fn the_main_entry_refuses_operands_that_cannot_be_meant() {
    let wrong = [
        one(json!(["eq", ["a"], {"$undefined": true}])),
        one(json!(["between", ["n"], 1])),
        one(json!(["exists", ["a"], "x"])),
        one(json!(["eq", ["a"], ["x"]])),
        one(json!(["eq", ["n"], {"$function": 0}])),
    ];
    for form in &wrong {
        assert_eq!(clauses(&model(Dialect::Electroxide), std::slice::from_ref(form)).unwrap_err().kind, Kind::InvalidExpression, "{form}");
        assert!(clauses(&model(Dialect::Electrodb), std::slice::from_ref(form)).is_ok(), "{form}");
    }
    let (_, _, values) = clauses(&model(Dialect::Electroxide), &[one(json!(["eq", ["a"], null]))]).unwrap();
    assert_eq!(values, json!({":a0": null}));
}

#[test]
fn line_breaks_leave_words_apart() {
    for dialect in BOTH {
        let form =
            json!({"text": ["\n", "\n AND\r\n", "\nAND\n", " \n"], "tokens": [["exists", ["a"]], ["exists", ["b"]], ["exists", ["n"]]]});
        let text = clauses(&model(dialect), &[form]).unwrap().0;
        assert_eq!(text, "attribute_exists(#a) AND attribute_exists(#b) AND attribute_exists(#n)");
    }
}

#[test]
fn an_or_stays_within_its_clause() {
    let or = |before: &str, between: &str, after: &str| json!({"text": [before, between, after], "tokens": [["eq", ["a"], "1"], ["eq", ["n"], 2]]});
    for dialect in BOTH {
        let schema = model(dialect);
        let text = |forms: &[Json]| clauses(&schema, forms).unwrap().0;
        let exists = one(json!(["exists", ["b"]]));
        assert_eq!(text(&[or("", " OR ", "")]), "#a = :a0 OR #n = :n0");
        assert_eq!(text(&[exists.clone(), or("", " oR ", "")]), "attribute_exists(#b) AND (#a = :a0 oR #n = :n0)");
        assert_eq!(text(&[or("(", ") OR (", ")"), exists.clone()]), "((#a = :a0) OR (#n = :n0)) AND attribute_exists(#b)");
        assert_eq!(text(&[or("", "\nOR\n", ""), exists.clone()]), "(#a = :a0 OR #n = :n0) AND attribute_exists(#b)");
        assert_eq!(text(&[or("(", " OR ", ")"), exists.clone()]), "(#a = :a0 OR #n = :n0) AND attribute_exists(#b)");

        let (mut numbers, mut placeholders, mut all) = (Numbers::default(), Placeholders::new(), Conjunction::new());
        all.library(existence(&mut placeholders, &["pk", "sk"], Existence::Absent));
        all.user(where_clause(&schema, &mut placeholders, &clause(&schema, &mut numbers, &or("", " OR ", ""))).unwrap());
        let created = "attribute_not_exists(#pk) AND attribute_not_exists(#sk) AND (#a = :a0 OR #n = :n0)";
        assert_eq!(all.render().unwrap(), created);
        all.before("(own)".into());
        all.after("(last)".into());
        assert_eq!(all.render().unwrap(), format!("(own) AND {created} AND (last)"));
    }
}

#[test]
fn expressions_of_data_callbacks_are_stored_as_expressions() {
    for dialect in BOTH {
        let schema = model(dialect);
        let text = |step: Json| update(&schema, &json!({"data": [step]})).unwrap().0;
        let sum = json!({"$clause": {"text": ["", " + ", ""], "tokens": [["name", ["n"]], ["value", ["n"], 1]]}});
        assert_eq!(text(json!(["set", ["n"], sum])), "SET #n = #n + :n_u0");
        let fallback = json!({"$token": ["ifNotExists", ["b"], {"$token": ["name", ["a"]]}]});
        assert_eq!(text(json!(["set", ["a"], fallback])), "SET #a = if_not_exists(#b, #a)");
        let list = json!({"$clause": {"text": ["list_append(", ", ", ")"], "tokens": [["name", ["l"]], ["value", ["l"], ["x"]]]}});
        assert_eq!(text(json!(["set", ["l"], list])), "SET #l = list_append(#l, :l_u0)");
        assert_eq!(text(json!(["add", ["any"], 5, 6])), "SET #any = (if_not_exists(#any, :any_u1) + :any_u0)");
        assert_eq!(text(json!(["add", ["n"], {"$token": ["name", ["size"]]}, 6])), "SET #n = (if_not_exists(#n, :n_u0) + #size)");
        assert_eq!(text(json!(["append", ["l"], ["x"], ["y"]])), "SET #l = list_append(if_not_exists(#l, :l_u1), :l_u0)");
    }
}

#[test]
fn updates_that_cannot_be_rendered_are_refused() {
    let wrong = [
        json!(["set", ["a"], {"$clause": {"text": ["hello ", ""], "tokens": [["name", ["b"]]]}}]),
        json!(["set", ["a"], {"$clause": {"text": ["", ", ", ""], "tokens": [["name", ["b"]], ["name", ["x"]]]}}]),
        json!(["set", ["a"], {"$clause": {"text": ["(", ""], "tokens": [["name", ["b"]]]}}]),
        json!(["set", ["n"], {"$token": ["size", ["l"]]}]),
        json!(["add", ["st"], ["x"], ["y"]]),
        json!(["delete", ["st"], {"$token": ["name", ["st"]]}]),
        json!(["set", ["a"]]),
    ];
    for step in &wrong {
        let row = json!({"data": [step]});
        assert_eq!(kinds(|schema| update(schema, &row).unwrap_err()), [Kind::InvalidExpression; 2], "{step}");
    }
    for action in
        [json!(["add", {"a": "x"}]), json!(["subtract", {"st": ["x"]}]), json!(["append", {"n": [1]}]), json!(["delete", {"l": ["x"]}])]
    {
        let row = json!({"actions": [action]});
        assert_eq!(kinds(|schema| update(schema, &row).unwrap_err()), [Kind::InvalidAttribute; 2], "{action}");
    }
}

#[test]
fn an_update_of_unknown_names_is_refused_or_leaves_them_out() {
    let dropped = json!({"actions": [["set", {"zzz": 1}]]});
    assert_eq!(update(&model(Dialect::Electrodb), &dropped).unwrap().0, "");
    assert_eq!(update(&model(Dialect::Electroxide), &dropped).unwrap_err().fields[0].kind, Kind::UnknownAttribute);
    for action in [json!(["remove", ["zzz"]]), json!(["set", {"m.zzz": 1}]), json!(["set", {"l[-1]": "x"}]), json!(["set", {"a.b": "x"}])] {
        let row = json!({"actions": [action]});
        assert_eq!(kinds(|schema| update(schema, &row).unwrap_err()), [Kind::UnknownAttribute; 2], "{action}");
    }
}

#[test]
fn the_main_entry_refuses_two_changes_of_one_path() {
    let twice = [
        json!([["set", {"a": "1"}], ["remove", ["a"]]]),
        json!([["set", {"m": {}, "m.x": "1"}]]),
        json!([["set", {"any.x[0]": 1}], ["set", {"any.x": 2}]]),
    ];
    for actions in &twice {
        let row = json!({"actions": actions});
        assert_eq!(update(&model(Dialect::Electroxide), &row).unwrap_err().kind, Kind::InvalidExpression, "{actions}");
        assert!(update(&model(Dialect::Electrodb), &row).is_ok(), "{actions}");
    }
    let apart = json!({"actions": [["set", {"any.x": 1, "any.xx": 2, "a": "1", "a1": "2"}]]});
    assert!(update(&model(Dialect::Electroxide), &apart).is_ok());
}

#[test]
fn a_declared_name_wins_over_a_path() {
    let schema = model(Dialect::Electrodb);
    assert_eq!(update(&schema, &json!({"actions": [["set", {"x.y": "1"}]]})).unwrap().1, json!({"#xy": "x.y"}));
    assert_eq!(AttributePath::of_text(&schema, "any.x").unwrap().node().unwrap().name, "any".into());
    assert_eq!(update(&schema, &json!({"actions": [["remove", ["any.x"]]]})).unwrap().0, "REMOVE #any.#x");
}

#[test]
fn a_projection_names_no_field_twice_and_no_unknown_attribute() {
    for dialect in BOTH {
        let schema = model(dialect);
        let (mut numbers, mut placeholders) = (Numbers::default(), Placeholders::new());
        where_clause(&schema, &mut placeholders, &clause(&schema, &mut numbers, &one(json!(["exists", ["b"]])))).unwrap();
        assert_eq!(projection(&schema, &mut placeholders, &["pk", "sk"], &["b", "pk", "a", "a"]).unwrap(), "#b, #pk, #sk, #other, #a");
    }
    let refused = projection(&model(Dialect::Electroxide), &mut Placeholders::new(), &[], &["a", "zzz"]).unwrap_err();
    assert_eq!((refused.kind, refused.fields[0].path.as_str()), (Kind::UnknownAttribute, "zzz"));
}

#[test]
fn scans_write_odd_key_fields_into_placeholders_that_dynamodb_takes() {
    let mut placeholders = Placeholders::new();
    let text = scan_keys(&mut placeholders, vec![("part-key", Source::Text(0)), ("sort.key", Source::Text(1))]);
    assert_eq!(text, "begins_with(#partkey, :partkey) AND begins_with(#sortkey, :sortkey)");
}

#[test]
fn paths_are_read_from_texts() {
    assert_eq!(parse("a"), Some(("a", vec![])));
    assert_eq!(parse("a.b[0].c"), Some(("a", vec![Step::Property("b"), Step::Index(0), Step::Property("c")])));
    assert_eq!(parse("a.0[1][b c]"), Some(("a", vec![Step::Index(0), Step::Index(1), Step::Property("b c")])));
    assert_eq!(parse("a[-1].007"), Some(("a", vec![Step::Property("-1"), Step::Property("007")])));
    for wrong in ["", ".a", "[0]", "a.", "a..b", "a[", "a[]", "a[0", "a[0]b"] {
        assert_eq!(parse(wrong), None, "{wrong}");
    }
}
