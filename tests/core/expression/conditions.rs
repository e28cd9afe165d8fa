//! The `conditions` option of writes: every form, and every mistake with its refusal.

use electroxide::error::{Error, Kind};
use electroxide::expression::{Existence, Placeholders, conditions, equality_values};
use electroxide::schema::{Dialect, Schema};
use electroxide::value::Value;
use serde_json::{Value as Json, json};

use super::decided::{model, resolved};
use super::harness::{Numbers, value};

type Clause = (Option<String>, Json, Json);

fn render_on(schema: &Schema, stated: &Json, standing: Option<Existence>) -> Result<Clause, Error> {
    let (mut numbers, mut placeholders) = (Numbers::default(), Placeholders::new());
    let given = numbers.give(&json!({"response": "none", "conditions": stated}));
    let Value::Map(options) = given.value else { panic!("options are a map") };
    let text = conditions(schema, &mut placeholders, given.number, options, standing)?;
    let (names, values) = resolved(schema, &numbers, &placeholders);
    Ok((text, names, values))
}

fn render(stated: &Json) -> Result<Clause, Error> {
    render_on(&model(Dialect::Electroxide), stated, None)
}

#[test]
fn attributes_equal_values() {
    let (text, names, values) = render(&json!({"a": "x", "b": null, "m.x": "y", "st": {"$set": ["z"]}})).unwrap();
    assert_eq!(text.unwrap(), "#a = :a0 AND #b = :b0 AND #m.#x = :x0 AND #st = :st0");
    assert_eq!(names, json!({"#a": "a", "#b": "bb", "#m": "m", "#x": "xx", "#st": "st"}));
    assert_eq!(values, json!({":a0": "x", ":b0": null, ":x0": "y", ":st0": {"$set": ["z"]}}));
}

#[test]
fn attributes_are_tested_with_every_operator() {
    for (form, wanted) in [
        (json!({"attr": "n", "eq": 1}), "#n = :n0"),
        (json!({"attr": "n", "ne": 1}), "#n <> :n0"),
        (json!({"attr": "n", "gt": 1, "lte": 2}), "#n > :n0 AND #n <= :n1"),
        (json!({"attr": "n", "gte": 1, "lt": 2}), "#n >= :n0 AND #n < :n1"),
        (json!({"attr": "n", "between": [1, 2]}), "(#n between :n0 and :n1)"),
        (json!({"attr": "m.x", "begins": "a"}), "begins_with(#m.#x, :x0)"),
        (json!({"attr": "l", "contains": "a"}), "contains(#l, :l0)"),
        (json!({"attr": "l[0]", "notContains": "a"}), "not contains(#l[0], :p0)"),
        (json!({"attr": "a", "in": ["a", "b", null]}), "#a in (:a0, :a1, :a2)"),
        (json!({"attr": "a", "exists": true}), "attribute_exists(#a)"),
        (json!({"attr": "any.deep", "exists": false}), "attribute_not_exists(#any.#deep)"),
        (json!({"attr": "a", "type": "S"}), "attribute_type(#a, :a0)"),
        (json!({"attr": "size", "size": 3}), "size(#size) = :size0"),
        (json!({"attr": "l", "size": {"gte": 1, "lt": 5}}), "size(#l) >= :l0 AND size(#l) < :l1"),
        (json!([{"a": "x"}, {"attr": "n", "gt": 0}, [{"b": "y"}]]), "#a = :a0 AND #n > :n0 AND #b = :b0"),
        (json!([{"attr": "n", "eq": 1}, {"n": 1}]), "#n = :n0 AND #n = :n1"),
    ] {
        assert_eq!(render(&form).unwrap().0.unwrap(), wanted, "{form}");
    }
}

#[test]
fn every_value_comes_from_its_place() {
    let (_, _, values) =
        render(&json!([{"a": "x"}, {"attr": "n", "between": [1, 2], "in": [7, 8]}, {"attr": "l", "size": {"gt": 4}}])).unwrap();
    assert_eq!(values, json!({":a0": "x", ":n0": 1, ":n1": 2, ":n2": 7, ":n3": 8, ":l0": 4}));
}

#[test]
fn existence_is_stated_once() {
    let schema = model(Dialect::Electroxide);
    let text = |stated: Json, standing| render_on(&schema, &stated, standing).unwrap().0;
    assert_eq!(text(json!({"exists": true}), None).unwrap(), "attribute_exists(#pk) AND attribute_exists(#sk)");
    assert_eq!(text(json!({"exists": false}), None).unwrap(), "attribute_not_exists(#pk) AND attribute_not_exists(#sk)");
    assert_eq!(text(json!({"exists": true}), Some(Existence::Present)), None);
    assert_eq!(text(json!([{"exists": false}, {"a": "x"}]), Some(Existence::Absent)).unwrap(), "#a = :a0");
    assert_eq!(text(json!([{"exists": true}, {"exists": true}]), None).unwrap(), "attribute_exists(#pk) AND attribute_exists(#sk)");
    for (stated, standing) in [
        (json!({"exists": true}), Some(Existence::Absent)),
        (json!({"exists": false}), Some(Existence::Present)),
        (json!([{"exists": false}, {"exists": true}]), None),
    ] {
        assert_eq!(render_on(&schema, &stated, standing).unwrap_err().kind, Kind::InvalidExpression, "{stated}");
    }
    assert_eq!(text(json!({"$undefined": true}), None), None);
}

#[test]
fn a_declared_attribute_wins_over_a_keyword() {
    let definition = json!({
        "model": {"entity": "e", "version": "1", "service": "s"},
        "attributes": {"id": {"type": "string"}, "attr": {"type": "string"}, "exists": {"type": "boolean"}},
        "indexes": {"p": {"pk": {"field": "pk", "composite": ["id"]}}},
    });
    let schema = crate::support::schema(&definition, Dialect::Electroxide);
    let text = render_on(&schema, &json!({"attr": "id", "exists": true}), None).unwrap().0.unwrap();
    assert_eq!(text, "#attr = :attr0 AND #exists = :exists0");
}

#[test]
fn conditions_that_state_nothing_or_nonsense_are_refused() {
    let undefined = json!({"$undefined": true});
    for form in [
        json!({}),
        json!([]),
        json!([{}]),
        json!([[]]),
        json!(null),
        json!("a = 1"),
        json!(5),
        json!({"a": undefined}),
        json!({"a": {"$function": 0}}),
        json!([{"a": "x"}, undefined]),
        json!({"n": {"gt": 5}}),
        json!({"a": ["x"]}),
        json!({"exists": "yes"}),
        json!({"exists": undefined}),
        json!({"attr": "n"}),
        json!({"attr": 5, "eq": 1}),
        json!({"attr": "n", "eq": undefined}),
        json!({"attr": "n", "equals": 1}),
        json!({"attr": "n", "between": [1]}),
        json!({"attr": "n", "between": 1}),
        json!({"attr": "n", "between": [1, undefined]}),
        json!({"attr": "n", "in": []}),
        json!({"attr": "n", "in": vec![1; 101]}),
        json!({"attr": "n", "in": {"$set": [1]}}),
        json!({"attr": "n", "exists": 1}),
        json!({"attr": "n", "type": 1}),
        json!({"attr": "l", "size": "1"}),
        json!({"attr": "l", "size": {}}),
        json!({"attr": "l", "size": {"begins": 1}}),
        json!({"attr": "l", "size": {"gt": "1"}}),
    ] {
        assert_eq!(render(&form).unwrap_err().kind, Kind::InvalidExpression, "{form}");
    }
    for form in [json!({"zzz": 1}), json!({"attr": "zzz", "eq": 1}), json!({"m.zzz": 1})] {
        assert_eq!(render(&form).unwrap_err().kind, Kind::UnknownAttribute, "{form}");
    }
    assert!(render(&json!({"attr": "n", "equal": 1})).unwrap_err().message.contains("`eq"));
}

fn equalities(stated: &Json) -> Result<Vec<(String, Vec<String>)>, Error> {
    let schema = model(Dialect::Electroxide);
    let values = equality_values(&schema, value(stated))?;
    Ok(values.into_iter().map(|(slot, path)| (schema.attribute(slot).unwrap().name.to_string(), path)).collect())
}

#[test]
fn equality_values_are_found_in_every_form() {
    let stated =
        json!([{"a": "x", "m.x": "no", "exists": true}, [{"attr": "n", "eq": 1, "gt": 0}], {"attr": "any.deep", "eq": 2}, {"a": "x"}]);
    let found: Json = equalities(&stated).unwrap().into_iter().map(|(name, path)| json!([name, path])).collect();
    assert_eq!(found, json!([["a", ["0", "a"]], ["n", ["1", "0", "eq"]]]));
    assert_eq!(equalities(&json!({"$undefined": true})).unwrap(), vec![]);
}

#[test]
fn two_values_of_one_attribute_are_refused() {
    for (left, right) in [
        (json!(1), json!(2)),
        (json!("1"), json!(1)),
        (json!(null), json!(1)),
        (json!({"q": [1]}), json!({"q": [2]})),
        (json!({"q": 1}), json!({"r": 1})),
        (json!({"$set": ["a"]}), json!({"$set": ["b"]})),
    ] {
        let stated = json!([{"any": left}, {"attr": "any", "eq": right}]);
        assert_eq!(equalities(&stated).unwrap_err().kind, Kind::InvalidExpression, "{stated}");
        assert!(equalities(&json!([{"any": left}, {"any": left}])).is_ok(), "{stated}");
    }
    assert_eq!(equalities(&json!({"attr": "n", "type": "X"})).unwrap_err().kind, Kind::InvalidExpression);
}
