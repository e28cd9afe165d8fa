//! What a write may hold: types, required and unknown attributes at any depth, in both dialects, and what DynamoDB cannot store.

use electroxide::call::{Action, Given, Operand, Target, Values, Verb};
use electroxide::error::{Error, Kind};
use electroxide::item;
use electroxide::schema::{Dialect, Schema};
use electroxide::value::Value;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::{decode, encode, schema};

fn model() -> Json {
    json!({
        "model": {"entity": "task", "version": "1", "service": "app"},
        "attributes": {
            "id": {"type": "string"},
            "title": {"type": "string", "required": true},
            "points": {"type": "number"},
            "open": {"type": "boolean"},
            "state": {"type": ["new", "done", 3]},
            "extra": {"type": "any"},
            "place": {"type": "map", "properties": {
                "street": {"type": "string", "required": true}, "number": {"type": "number"}, "born": {"type": "string", "readOnly": true},
                "inner": {"type": "map", "properties": {"floor": {"type": "number"}}},
            }},
            "tags": {"type": "list", "items": {"type": "string"}},
            "steps": {"type": "list", "items": {"type": "map", "properties": {"text": {"type": "string", "required": true}}}},
            "names": {"type": "set", "items": "string"},
            "sizes": {"type": "set", "items": "number"},
            "born": {"type": "string", "readOnly": true},
        },
        "indexes": {"primary": {"pk": {"field": "pk", "composite": ["id"]}}},
    })
}

/// The refused paths and kinds of an item.
fn refused(item: &Json, dialect: Dialect) -> Vec<(String, Kind)> {
    let schema = schema(&model(), dialect);
    let bytes = encode(item);
    let Value::Map(map) = decode(&bytes) else { panic!() };
    let mut values = Values::new();
    let mut unknown = Vec::new();
    for (name, value) in map.iter() {
        match schema.slot(name) {
            Some(slot) => values.insert(slot, Given { number: 0, value }),
            None => unknown.push(name),
        }
    }
    fields(item::check_create(&schema, &values, None, &unknown))
}

fn fields(result: Result<(), Error>) -> Vec<(String, Kind)> {
    result.err().map(|error| error.fields.iter().map(|field| (field.path.clone(), field.kind)).collect()).unwrap_or_default()
}

fn item(name: &str, value: Json) -> Json {
    let mut item = json!({"id": "i", "title": "t"});
    item[name] = value;
    item
}

fn check_both(name: &str, value: Json, expected: &[(&str, Kind)]) {
    for dialect in [Dialect::Electroxide, Dialect::Electrodb] {
        let found = refused(&item(name, value.clone()), dialect);
        let found: Vec<(&str, Kind)> = found.iter().map(|(path, kind)| (path.as_str(), *kind)).collect();
        assert_eq!(found, expected, "{dialect:?} {name} {value}");
    }
}

#[test]
fn values_of_the_right_type_pass() {
    let right = [
        ("title", json!("")),
        ("points", json!(1.5)),
        ("points", json!({"$number": "-0"})),
        ("open", json!(false)),
        ("state", json!("done")),
        ("state", json!(3)),
        ("extra", json!({"a": [null, {"$set": [1, 2]}, {"$bytes": "AAE="}, {"$bigint": "9007199254740993"}]})),
        ("place", json!({"inner": {"floor": 2}, "street": "s", "number": {"$undefined": true}})),
        ("tags", json!([])),
        ("tags", json!(["a", {"$undefined": true}, "b"])),
        ("steps", json!([{"text": "a"}])),
        ("names", json!({"$set": ["a"]})),
        ("names", json!(["a", "b"])),
        ("names", json!("a")),
        ("sizes", json!(5)),
        ("points", json!({"$undefined": true})),
    ];
    for (name, value) in right {
        check_both(name, value, &[]);
    }
}

#[test]
fn values_of_a_wrong_type_are_refused_where_they_stand() {
    let wrong = [
        ("title", json!(1), "title"),
        ("title", json!(null), "title"),
        ("title", json!({"$date": "2026-01-01T00:00:00Z"}), "title"),
        ("points", json!("1"), "points"),
        ("points", json!({"$bigint": "1"}), "points"),
        ("open", json!("yes"), "open"),
        ("state", json!("NEW"), "state"),
        ("state", json!("3"), "state"),
        ("place", json!([]), "place"),
        ("place", json!(null), "place"),
        ("place", json!({"street": "s", "inner": {"floor": "2"}}), "place.inner.floor"),
        ("tags", json!("a"), "tags"),
        ("tags", json!(["a", 5]), "tags[*]"),
        ("tags", json!([null]), "tags[*]"),
        ("steps", json!(["a"]), "steps[*]"),
        ("names", json!({"a": 1}), "names"),
        ("names", json!(true), "names"),
        ("names", json!(5), "names[*]"),
        ("names", json!(["a", 5]), "names[*]"),
        ("sizes", json!({"$set": [1, "2"]}), "sizes[*]"),
    ];
    for (name, value, path) in wrong {
        check_both(name, value, &[(path, Kind::InvalidAttribute)]);
    }
}

#[test]
fn required_attributes_are_required_at_any_depth() {
    check_both("title", json!({"$undefined": true}), &[("title", Kind::MissingRequiredAttribute)]);
    check_both("place", json!({}), &[("place.street", Kind::MissingRequiredAttribute)]);
    check_both("steps", json!([{"text": "a"}, {}]), &[("steps[*].text", Kind::MissingRequiredAttribute)]);
    // The key's attributes are refused where keys are built in the drop-in.
    assert_eq!(refused(&json!({"title": "t"}), Dialect::Electroxide), [("id".to_owned(), Kind::MissingRequiredAttribute)]);
    assert_eq!(refused(&json!({"title": "t"}), Dialect::Electrodb), []);
}

#[test]
fn unknown_attributes_are_refused_by_the_main_entry_with_the_nearest_name() {
    let schema = schema(&model(), Dialect::Electroxide);
    let error = item::check_create(&schema, &Values::new(), None, &["pionts"]).unwrap_err();
    let field = error.fields.last().unwrap();
    assert_eq!((field.kind, &*field.path), (Kind::UnknownAttribute, "pionts"));
    assert!(field.reason.contains("`points`"), "{}", field.reason);
    let nested = json!({"street": "s", "numbr": 1, "left": {"$undefined": true}});
    assert_eq!(refused(&item("place", nested.clone()), Dialect::Electroxide), [("place.numbr".to_owned(), Kind::UnknownAttribute)]);
    assert_eq!(refused(&item("place", nested), Dialect::Electrodb), []);
    assert_eq!(refused(&item("zz", json!(1)), Dialect::Electrodb), []);
}

#[test]
fn the_main_entry_names_all_fields_and_the_drop_in_those_of_one_attribute() {
    let many = json!({"id": 1, "points": "x", "place": {"number": "q"}, "tags": [1, "a", 2]});
    let paths = |dialect| refused(&many, dialect).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(paths(Dialect::Electroxide), ["id", "title", "points", "place.street", "place.number", "tags[*]", "tags[*]"]);
    assert_eq!(paths(Dialect::Electrodb), ["id"]);
    let place = json!({"id": "i", "title": "t", "place": {"number": "q"}, "points": 1});
    assert_eq!(refused(&place, Dialect::Electrodb).len(), 2);
}

#[test]
fn what_dynamodb_cannot_store_is_refused_by_the_main_entry_only() {
    let mut deep = json!("x");
    for _ in 0..33 {
        deep = json!([deep]);
    }
    let lossy = [
        ("points", json!({"$number": "NaN"}), "points"),
        ("points", json!({"$number": "-Infinity"}), "points"),
        ("points", json!({"$number": "9007199254740992"}), "points"),
        ("points", json!({"$number": "1e+21"}), "points"),
        ("points", json!({"$number": "5e-324"}), "points"),
        ("title", json!({"$illFormed": "a\u{fffd}"}), "title"),
        ("names", json!([]), "names"),
        ("names", json!({"$set": []}), "names"),
        ("names", json!(["a", {"$undefined": true}]), "names[*]"),
        ("sizes", json!([{"$number": "NaN"}]), "sizes[*]"),
        ("extra", json!({"$function": 0}), "extra"),
        ("extra", json!({"a": [{"$date": "2026-01-01T00:00:00Z"}]}), "extra.a[*]"),
        ("extra", json!({"$set": ["a", 1]}), "extra[*]"),
        ("extra", json!({"$set": [true]}), "extra[*]"),
        ("extra", json!({"$bigint": "123456789012345678901234567890123456789"}), "extra"),
    ];
    for (name, value, path) in lossy {
        assert_eq!(
            refused(&item(name, value.clone()), Dialect::Electroxide),
            [(path.to_owned(), Kind::InvalidAttribute)],
            "{name} {value}"
        );
        assert_eq!(refused(&item(name, value), Dialect::Electrodb), []);
    }
    assert_eq!(refused(&item("extra", deep.clone()), Dialect::Electroxide).len(), 1);
    assert_eq!(refused(&item("extra", deep[0].clone()), Dialect::Electroxide), []);
    assert_eq!(refused(&item("points", json!({"$number": "1.5e-7"})), Dialect::Electroxide), []);
}

#[test]
fn types_are_checked_before_set_hooks_and_storage_after_them() {
    let schema = schema(&model(), Dialect::Electroxide);
    let (given, stored) = (encode(&json!({"$date": "2026-01-01T00:00:00Z"})), encode(&json!("2026")));
    let with = |schema: &Schema, extra: &'static [u8]| {
        let mut values = Values::new();
        for (name, bytes) in [("id", encode(&json!("i")).leak() as &[u8]), ("title", encode(&json!("t")).leak()), ("extra", extra)] {
            values.insert(schema.slot(name).unwrap(), Given { number: 0, value: decode(bytes) });
        }
        values
    };
    let (given, stored) = (with(&schema, given.leak()), with(&schema, stored.leak()));
    assert_eq!(fields(item::check_create(&schema, &stored, Some(&given), &[])), []);
    assert_eq!(fields(item::check_create(&schema, &given, Some(&stored), &[])), [("extra".to_owned(), Kind::InvalidAttribute)]);
}

#[test]
fn a_set_is_made_after_its_hooks_and_of_what_it_holds() {
    let (right, wrong) = (encode(&json!({"$set": [1]})), encode(&json!({"$set": ["a"]})));
    for dialect in [Dialect::Electroxide, Dialect::Electrodb] {
        let schema = schema(&model(), dialect);
        let slot = |name: &str| schema.slot(name).unwrap();
        let (mut given, mut made) = (Values::new(), Values::new());
        for values in [&mut given, &mut made] {
            values.insert(slot("id"), Given { number: 0, value: Value::String("i") });
            values.insert(slot("title"), Given { number: 0, value: Value::String("t") });
        }
        given.insert(slot("sizes"), Given { number: 0, value: decode(&right) });
        made.insert(slot("sizes"), Given { number: 0, value: decode(&wrong) });
        made.insert(slot("names"), Given { number: 0, value: Value::Undefined });
        let found = fields(item::check_create(&schema, &made, Some(&given), &[]));
        assert_eq!(found, [("sizes[*]".to_owned(), Kind::InvalidAttribute)], "{dialect:?}");
    }
}

/// The refusals of one action of an update.
fn change(verb: Verb, name: &str, value: &Json, dialect: Dialect) -> Vec<(String, Kind)> {
    let schema = schema(&model(), dialect);
    let bytes = encode(value);
    let target = schema.slot(name).map_or(Target::Text(name), Target::Slot);
    let operand = if verb == Verb::Remove { Operand::None } else { Operand::Value(Given { number: 0, value: decode(&bytes) }) };
    let action = Action { verb, target, operand, start: None, checked: None, from_data: false, from_hook: false };
    fields(item::check_update(&schema, &[action], &[]))
}

#[test]
fn an_update_changes_what_its_verb_can_change() {
    let right = [
        (Verb::Set, "title", json!("x")),
        (Verb::Set, "place.street", json!("x")),
        (Verb::Set, "tags[0]", json!("x")),
        (Verb::Set, "extra.any.thing", json!(1)),
        (Verb::Add, "points", json!(1)),
        (Verb::Add, "names", json!(["x"])),
        (Verb::Add, "extra", json!(1)),
        (Verb::Subtract, "place.inner.floor", json!(1)),
        (Verb::Append, "tags", json!(["x"])),
        (Verb::Delete, "names", json!(["x"])),
        (Verb::Remove, "points", json!(null)),
        (Verb::Remove, "tags[3]", json!(null)),
        (Verb::Remove, "extra.x", json!(null)),
        (Verb::IfNotExists, "points", json!(1)),
    ];
    let wrong = [
        (Verb::Set, "id", json!("x"), "id", Kind::ReadOnlyAttribute),
        (Verb::Set, "born", json!("x"), "born", Kind::ReadOnlyAttribute),
        (Verb::Set, "place.born", json!("x"), "place.born", Kind::ReadOnlyAttribute),
        (Verb::Set, "title", json!({"$undefined": true}), "title", Kind::MissingRequiredAttribute),
        (Verb::Set, "points", json!("x"), "points", Kind::InvalidAttribute),
        (Verb::Set, "place.number", json!("x"), "place.number", Kind::InvalidAttribute),
        (Verb::Set, "tags[0]", json!(5), "tags[0]", Kind::InvalidAttribute),
        (Verb::Set, "steps[1]", json!({}), "steps[1].text", Kind::MissingRequiredAttribute),
        (Verb::Set, "place.zz", json!(1), "place.zz", Kind::UnknownAttribute),
        (Verb::Set, "tags[x]", json!(1), "tags[x]", Kind::UnknownAttribute),
        (Verb::Set, "zz.x", json!(1), "zz.x", Kind::UnknownAttribute),
        (Verb::Add, "title", json!("x"), "title", Kind::InvalidAttribute),
        (Verb::Add, "tags", json!(["x"]), "tags", Kind::InvalidAttribute),
        (Verb::Subtract, "names", json!(["x"]), "names", Kind::InvalidAttribute),
        (Verb::Append, "names", json!(["x"]), "names", Kind::InvalidAttribute),
        (Verb::Append, "tags", json!([5]), "tags[*]", Kind::InvalidAttribute),
        (Verb::Delete, "tags", json!(["x"]), "tags", Kind::InvalidAttribute),
        (Verb::Remove, "id", json!(null), "id", Kind::ReadOnlyAttribute),
        (Verb::Remove, "born", json!(null), "born", Kind::ReadOnlyAttribute),
        (Verb::Remove, "title", json!(null), "title", Kind::MissingRequiredAttribute),
        (Verb::Remove, "steps[0].text", json!(null), "steps[0].text", Kind::MissingRequiredAttribute),
        (Verb::Remove, "zz", json!(null), "zz", Kind::UnknownAttribute),
    ];
    for dialect in [Dialect::Electroxide, Dialect::Electrodb] {
        for (verb, name, value) in &right {
            assert_eq!(change(*verb, name, value, dialect), [], "{dialect:?} {verb:?} {name}");
        }
        for (verb, name, value, path, kind) in &wrong {
            assert_eq!(change(*verb, name, value, dialect), [((*path).to_owned(), *kind)], "{dialect:?} {verb:?} {name}");
        }
    }
    assert_eq!(change(Verb::Set, "zz", &json!(1), Dialect::Electroxide), [("zz".to_owned(), Kind::UnknownAttribute)]);
    assert_eq!(change(Verb::Set, "zz", &json!(1), Dialect::Electrodb), []);
}

#[test]
fn a_watcher_may_change_what_the_user_may_not() {
    let schema = schema(&model(), Dialect::Electroxide);
    let bytes = encode(&json!("x"));
    let operand = Operand::Value(Given { number: 0, value: decode(&bytes) });
    let target = Target::Slot(schema.slot("born").unwrap());
    let action = Action { verb: Verb::Set, target, operand, start: None, checked: None, from_data: false, from_hook: true };
    assert_eq!(fields(item::check_update(&schema, &[action], &[])), []);
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "[a-z$\\[\\]\\.]{0,6}".prop_map(Json::from),
        Just(json!({"$undefined": true})),
        Just(json!({"$function": 1})),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|members| json!({"$set": members})),
            proptest::collection::vec(("(street|number|inner|floor|text|x)", inner), 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    /// What the main entry lets through, the drop-in does too, and no value can make a check fail otherwise than by a refusal.
    #[test]
    fn the_drop_in_refuses_no_more_than_the_main_entry(name in "(title|points|open|state|extra|place|tags|steps|names|sizes)", value in any_json()) {
        let item = item(&name, value);
        if refused(&item, Dialect::Electroxide).is_empty() {
            prop_assert_eq!(refused(&item, Dialect::Electrodb), vec![]);
        }
    }
}
