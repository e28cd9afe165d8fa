//! The main entry's index-key rule, and what both entries do better than electrodb. What they do as electrodb is in keys.json.

use electroxide::schema::Dialect;
use serde_json::{Value as Json, json};

use super::{attribute_keys, code, outcome};

const BOTH: [Dialect; 2] = [Dialect::Electroxide, Dialect::Electrodb];

/// The table's key and one more index.
fn indexes(other: Json) -> Json {
    json!({"table": {"pk": {"field": "pk", "composite": ["a"]}, "sk": {"field": "sk", "composite": ["b"]}}, "other": other})
}

fn gsi(pk: Json, sk: Json) -> Json {
    json!({"index": "g1", "pk": with_field(pk, "g1pk"), "sk": with_field(sk, "g1sk")})
}

fn with_field(mut key: Json, field: &str) -> Json {
    if key.is_array() {
        key = json!({"composite": key});
    }
    key["field"] = field.into();
    key
}

fn conditional(mut index: Json, hook: &str) -> Json {
    index["condition"] = json!({"$hook": hook});
    index
}

/// Runs calls on one index in one dialect: each gives what is expected, or the code of its refusal.
fn check(dialect: Dialect, index: &Json, calls: &[(Json, Json)]) {
    for (call, expected) in calls {
        let row = json!({"indexes": indexes(index.clone()), "call": call});
        let made = outcome(&row, dialect).unwrap_or_else(|error| code(&error, dialect));
        assert_eq!(&made, expected, "{dialect:?} {index} {call}");
    }
}

fn put(mut item: Json) -> Json {
    item["a"] = "A".into();
    item["b"] = "B".into();
    json!({"operation": "put", "item": item})
}

fn upsert(item: Json) -> Json {
    let mut call = put(item);
    call["operation"] = "upsert".into();
    call
}

fn update(set: Json, removed: Json, stated: Json) -> Json {
    json!({"operation": "update", "key": {"a": "A", "b": "B"}, "set": set, "removed": removed, "stated": stated})
}

fn set(fields: Json) -> Json {
    json!({"set": fields, "removed": []})
}

fn removed(fields: Json) -> Json {
    json!({"set": {}, "removed": fields})
}

fn refused(code: u16) -> Json {
    json!({"code": code})
}

#[test]
fn a_put_leaves_an_item_out_of_an_index_whose_partition_it_cannot_name() {
    let index = gsi(json!(["c", "f"]), json!(["d", "n"]));
    check(
        Dialect::Electroxide,
        &index,
        &[
            (put(json!({})), json!({})),
            (put(json!({"c": "C"})), json!({})),
            (put(json!({"d": "D"})), json!({})),
            (put(json!({"c": "C", "d": "D"})), json!({})),
            // The sort key waits for the update that completes the partition key.
            (put(json!({"d": "D", "n": 1})), json!({"g1sk": "$user_1#d_d#n_1"})),
            (put(json!({"c": "C", "d": "D", "n": 1})), json!({"g1sk": "$user_1#d_d#n_1"})),
            (put(json!({"c": "C", "f": "F"})), json!({"g1pk": "$app#c_c#f_f", "g1sk": "$user_1#d_"})),
            (put(json!({"c": "C", "f": "F", "d": "D"})), refused(2002)),
            (put(json!({"c": "C", "f": "F", "n": 1})), refused(2002)),
            (put(json!({"c": "C", "f": "F", "d": "D", "n": 0})), json!({"g1pk": "$app#c_c#f_f", "g1sk": "$user_1#d_d#n_0"})),
        ],
    );
}

#[test]
fn an_update_writes_a_key_that_it_knows_and_refuses_one_that_it_half_knows() {
    let index = gsi(json!(["c", "f"]), json!(["d", "n"]));
    let none = || json!([]);
    check(
        Dialect::Electroxide,
        &index,
        &[
            (update(json!({"m": 1}), none(), json!({})), set(json!({}))),
            (update(json!({"c": "C", "f": "F"}), none(), json!({})), set(json!({"g1pk": "$app#c_c#f_f"}))),
            (update(json!({"c": "C"}), none(), json!({})), refused(2002)),
            (update(json!({"c": "C"}), none(), json!({"f": "F"})), set(json!({"g1pk": "$app#c_c#f_f"}))),
            (update(json!({"d": "D"}), none(), json!({"f": "F"})), refused(2002)),
            (update(json!({}), json!(["c"]), json!({})), removed(json!(["g1pk"]))),
            (update(json!({"f": "F"}), json!(["c"]), json!({})), removed(json!(["g1pk"]))),
            (update(json!({}), json!(["c", "n"]), json!({"c": "C"})), removed(json!(["g1pk", "g1sk"]))),
            (upsert(json!({})), set(json!({}))),
            (upsert(json!({"c": "C"})), refused(2002)),
            (upsert(json!({"c": "C", "f": "F"})), set(json!({"g1pk": "$app#c_c#f_f"}))),
            (upsert(json!({"d": "D", "n": 1})), set(json!({"g1sk": "$user_1#d_d#n_1"}))),
        ],
    );
}

#[test]
fn an_upsert_stores_what_the_tables_key_alone_tells() {
    let index = gsi(json!(["a"]), json!(["d"]));
    check(
        Dialect::Electroxide,
        &index,
        &[
            (update(json!({"m": 1}), json!([]), json!({})), set(json!({}))),
            (upsert(json!({"m": 1})), set(json!({"g1pk": "$app#a_a"}))),
            (put(json!({})), json!({"g1pk": "$app#a_a", "g1sk": "$user_1#d_"})),
        ],
    );
    // What it does not give is unknown, so a key that needs it is left as it is.
    let mixed = gsi(json!(["a", "c"]), json!(["b", "d"]));
    check(
        Dialect::Electroxide,
        &mixed,
        &[
            (upsert(json!({})), set(json!({}))),
            (upsert(json!({"c": "C"})), set(json!({"g1pk": "$app#a_a#c_c"}))),
            (upsert(json!({"d": "D"})), set(json!({"g1sk": "$user_1#b_b#d_d"}))),
        ],
    );
}

#[test]
fn a_value_that_only_dynamodb_will_know_is_in_no_key() {
    let index = gsi(json!(["c"]), json!(["n"]));
    let mut call = update(json!({"c": "C"}), json!([]), json!({"n": 5}));
    call["uncertain"] = json!({"n": 1});
    check(Dialect::Electroxide, &index, &[(call.clone(), refused(2002))]);
    check(Dialect::Electrodb, &index, &[(call, set(json!({"g1pk": "$app#c_c", "g1sk": "$user_1#n_1"})))]);
}

#[test]
fn a_constant_partition_holds_exactly_the_items_with_every_sort_composite() {
    let index = gsi(json!({"template": "POSTS"}), json!(["d", "n"]));
    let both = || json!({"g1pk": "posts", "g1sk": "$user_1#d_d#n_1"});
    check(
        Dialect::Electroxide,
        &index,
        &[
            (put(json!({})), json!({})),
            (put(json!({"d": "D"})), json!({})),
            (put(json!({"d": "D", "n": 1})), both()),
            (update(json!({"d": "D", "n": 1}), json!([]), json!({})), set(both())),
            (update(json!({"d": "D"}), json!([]), json!({"n": 1})), set(both())),
            (update(json!({"d": "D"}), json!([]), json!({})), refused(2002)),
            (update(json!({}), json!(["d"]), json!({})), removed(json!(["g1sk"]))),
            (update(json!({"m": 1}), json!([]), json!({})), set(json!({}))),
            (upsert(json!({"d": "D", "n": 1})), set(both())),
            (upsert(json!({})), set(json!({}))),
        ],
    );
    let constant = gsi(json!({"template": "ALL"}), json!({"template": "ONE"}));
    let both = || json!({"g1pk": "all", "g1sk": "one"});
    check(
        Dialect::Electroxide,
        &constant,
        &[(put(json!({})), both()), (upsert(json!({})), set(both())), (update(json!({"m": 1}), json!([]), json!({})), set(json!({})))],
    );
}

#[test]
fn a_condition_decides_where_every_composite_is_known() {
    for (hook, kept) in [("held", true), ("failed", false)] {
        let index = conditional(gsi(json!(["c"]), json!(["d"])), hook);
        let keys = || json!({"g1pk": "$app#c_c", "g1sk": "$user_1#d_d"});
        let changed = || if kept { set(keys()) } else { removed(json!(["g1pk", "g1sk"])) };
        check(
            Dialect::Electroxide,
            &index,
            &[
                (put(json!({"c": "C", "d": "D"})), if kept { keys() } else { json!({}) }),
                (put(json!({"c": "C"})), refused(2012)),
                (put(json!({})), json!({})),
                (update(json!({"c": "C"}), json!([]), json!({"d": "D"})), changed()),
                (update(json!({"m": 1}), json!([]), json!({"c": "C", "d": "D"})), changed()),
                (update(json!({"c": "C"}), json!([]), json!({})), refused(2012)),
                (update(json!({}), json!(["c"]), json!({})), removed(json!(["g1pk"]))),
                (upsert(json!({"c": "C", "d": "D"})), changed()),
            ],
        );
    }
}

#[test]
fn an_attribute_alone_leaves_its_key_with_an_empty_text() {
    let index = gsi(json!({"template": "${c}"}), json!({"template": "${n}"}));
    check(
        Dialect::Electroxide,
        &index,
        &[
            (put(json!({"c": "", "n": 0})), json!({"g1sk": 0.0})),
            (update(json!({"c": ""}), json!([]), json!({})), removed(json!(["g1pk"]))),
        ],
    );
}

#[test]
fn zero_is_a_number_and_static_text_is_a_key_in_updates_too() {
    for dialect in BOTH {
        let numbers = gsi(json!({"template": "${n}"}), json!({"template": "${m}"}));
        check(dialect, &numbers, &[(update(json!({"n": 0}), json!([]), json!({})), set(json!({"g1pk": 0.0})))]);
        let constant = gsi(json!(["c"]), json!({"template": "Stat"}));
        check(dialect, &constant, &[(update(json!({"c": "C"}), json!([]), json!({})), set(json!({"g1pk": "$app#c_c", "g1sk": "stat"})))]);
    }
}

#[test]
fn no_field_is_changed_twice_and_the_tables_never() {
    for dialect in BOTH {
        let local = conditional(
            json!({"index": "l1", "pk": {"field": "pk", "composite": ["a"]}, "sk": {"field": "l1sk", "composite": ["d"]}}),
            "failed",
        );
        check(dialect, &local, &[(upsert(json!({"d": "D"})), removed(json!(["l1sk"])))]);
        let all = json!({
            "table": {"pk": {"field": "pk", "composite": ["a"]}, "sk": {"field": "sk", "composite": ["b"]}},
            "left": conditional(gsi(json!(["c"]), json!(["d"])), "failed"),
            "kept": conditional(json!({"index": "g2", "pk": {"field": "g1pk", "composite": ["c"]}, "sk": {"field": "g2sk", "composite": ["n"]}}), "held"),
        });
        let row = json!({"indexes": all, "call": update(json!({"c": "C", "d": "D", "n": 1}), json!([]), json!({}))});
        let expected = json!({"set": {"g1pk": "$app#c_c", "g2sk": "$user_1#n_1"}, "removed": ["g1sk"]});
        assert_eq!(outcome(&row, dialect).unwrap(), expected);
    }
}

#[test]
fn a_query_with_a_gap_or_without_an_operand_is_refused_by_the_main_entry() {
    let index = gsi(json!(["c"]), json!(["d", "n"]));
    let query =
        |key: Json, operator: &str, operand: Json| json!({"operation": "query", "key": key, "operator": operator, "operand": operand});
    let partition = || json!({"c": "C"});
    let calls = [
        (query(json!({"c": "C", "n": 1}), "", json!({})), 2002),
        (query(partition(), "begins", json!({"n": 1})), 2002),
        (query(partition(), "gt", json!({})), 2002),
        (query(json!({}), "", json!({})), 2002),
    ];
    for (call, number) in calls {
        check(Dialect::Electroxide, &index, &[(call, refused(number))]);
    }
    let mut bare = index.clone();
    bare.as_object_mut().unwrap().remove("sk");
    for dialect in BOTH {
        check(dialect, &bare, &[(query(partition(), "gt", json!({"d": "D"})), refused(1012))]);
    }
    let numbers = gsi(json!(["c"]), json!({"template": "${n}"}));
    check(Dialect::Electroxide, &numbers, &[(query(partition(), "begins", json!({"n": 1})), refused(1012))]);
    let themselves = json!({"index": "g1", "type": "composite", "pk": {"composite": ["c"]}, "sk": {"composite": ["d", "n"]}});
    let mut between = query(partition(), "between", json!({"d": "D", "n": 1}));
    between["upper"] = json!({"d": "E", "n": 2});
    for dialect in BOTH {
        check(dialect, &themselves, &[(between.clone(), refused(2013))]);
    }
}

#[test]
fn values_that_no_key_can_tell_apart_are_refused() {
    let index = gsi(json!(["c"]), json!(["d"]));
    let get = |value: Json| json!({"operation": "get", "key": {"a": value, "b": "B"}});
    let odd = [
        json!(null),
        json!({"x": 1}),
        json!([1]),
        json!({"$set": ["x"]}),
        json!({"$number": "NaN"}),
        json!({"$number": "Infinity"}),
        json!({"$bytes": "AAA="}),
        json!({"$date": "2020"}),
    ];
    for value in odd {
        check(Dialect::Electroxide, &index, &[(get(value), refused(4002))]);
    }
    for value in [json!({"$illFormed": "\u{FFFD}"}), json!({"$date": "2020"}), json!({"$function": 0}), json!({"$symbol": "x"})] {
        check(Dialect::Electroxide, &index, &[(get(value.clone()), refused(4002))]);
        check(Dialect::Electrodb, &index, &[(get(value), refused(3001))]);
    }
    let big = json!({"$bigint": "9007199254740993"});
    check(Dialect::Electroxide, &index, &[(get(big), json!({"pk": "$app#a_9007199254740993", "sk": "$user_1#b_b"}))]);
}

#[test]
fn every_missing_composite_of_a_table_key_is_named() {
    let row = |operation: &str| json!({"indexes": indexes(gsi(json!(["c"]), json!(["d"]))), "call": {"operation": operation, "key": {}}});
    let error = outcome(&row("get"), Dialect::Electroxide).unwrap_err();
    assert_eq!(error.kind.code(Dialect::Electroxide), 2002);
    for name in ["`a`", "`b`", "`table`", "`User`"] {
        assert!(error.message.contains(name), "{}", error.message);
    }
    let error = outcome(&row("create"), Dialect::Electroxide).unwrap_err();
    assert_eq!(error.kind.code(Dialect::Electroxide), 4001);
    assert_eq!(error.fields.iter().map(|field| field.path.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(outcome(&row("create"), Dialect::Electrodb).unwrap_err().kind.code(Dialect::Electrodb), 2002);
}

#[test]
fn definitions_that_would_lose_an_attribute_are_refused_by_the_main_entry() {
    let definitions = [
        (json!({"index": "g1", "pk": {"field": "c", "template": "X${c}"}}), 1018),
        (json!({"index": "g1", "pk": {"field": "c", "template": "${d}"}}), 1018),
        (json!({"index": "g1", "pk": {"field": "g1pk", "template": "x#${c"}}), 1003),
    ];
    for (index, number) in definitions {
        check(Dialect::Electroxide, &index, &[(json!({"operation": "define"}), refused(number))]);
        check(Dialect::Electrodb, &index, &[(json!({"operation": "define"}), json!({}))]);
    }
    let index = json!({"index": "g1", "pk": {"field": "g1pk", "composite": ["c"]}, "sk": {"field": "ff", "composite": ["f"]}});
    check(Dialect::Electroxide, &index, &[(json!({"operation": "define"}), json!({}))]);
}

#[test]
fn an_ambiguous_key_is_read_by_the_drop_in_only() {
    let index = gsi(json!(["c", "f"]), json!(["d"]));
    let call = json!({"operation": "parse", "pk": "$app#c_a#f_b#f_c", "sk": "$user_1#d_d"});
    check(Dialect::Electroxide, &index, &[(call.clone(), refused(2007))]);
    check(Dialect::Electrodb, &index, &[(call, json!({"c": "a#f_b", "f": "c", "d": "d"}))]);
    let upper = json!({
        "index": "g1",
        "pk": {"field": "g1pk", "composite": ["c"], "casing": "upper"},
        "sk": {"field": "g1sk", "composite": ["t"], "casing": "upper"},
    });
    let call = json!({"operation": "parse", "pk": "$APP#C_C", "sk": "$USER_1#T_TRUE"});
    for dialect in BOTH {
        check(dialect, &upper, &[(call.clone(), json!({"c": "C", "t": true}))]);
    }
}

#[test]
fn keys_follow_the_order_in_which_indexes_name_the_attributes_that_are_touched() {
    let index = |name: &str, pk: Json, sk: Json| json!({"index": name, "pk": {"field": format!("{name}pk"), "composite": pk}, "sk": {"field": format!("{name}sk"), "composite": sk}});
    let all = json!({
        "table": {"pk": {"field": "pk", "composite": ["a"]}, "sk": {"field": "sk", "composite": ["b"]}},
        "one": index("g1", json!(["c", "d"]), json!(["e"])),
        "two": index("g2", json!(["e"]), json!(["l"])),
        "three": index("g3", json!(["l"]), json!(["c"])),
    });
    for dialect in BOTH {
        let call = update(json!({"l": "4", "e": "U", "d": "2", "c": "1"}), json!([]), json!({}));
        let made = outcome(&json!({"indexes": all, "call": call}), dialect).unwrap();
        let fields: Vec<&str> = made["set"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["g1pk", "g1sk", "g3pk", "g3sk", "g2pk", "g2sk"]);
        let call = update(json!({}), json!(["l", "e", "d", "c"]), json!({}));
        let made = outcome(&json!({"indexes": all, "call": call}), dialect).unwrap();
        assert_eq!(made["removed"], json!(["g1pk", "g1sk", "g3sk", "g3pk", "g2pk", "g2sk"]));
    }
}

#[test]
fn an_attribute_that_is_a_key_is_cased_in_updates() {
    for (hook, casing, main, drop_in) in [
        ("held", "upper", Some("ABC"), Some("ABC")),
        ("failed", "upper", Some("ABC"), Some("ABC")),
        ("held", "default", Some("abc"), None),
        ("held", "none", None, None),
    ] {
        let index = json!({"index": "g1", "condition": {"$hook": hook}, "pk": {"field": "c", "template": "${c}", "casing": casing}});
        let row = json!({"indexes": indexes(index), "call": update(json!({"c": "Abc"}), json!([]), json!({}))});
        for (dialect, expected) in [(Dialect::Electroxide, main), (Dialect::Electrodb, drop_in)] {
            let made = attribute_keys(&row, dialect);
            assert_eq!(made.get("c").and_then(Json::as_str), expected, "{dialect:?} {hook} {casing}");
        }
    }
}
