//! Laws of keys for any values: they come back, they order, they never exceed their buffer. Particular keys are in keys.json.

use electroxide::call::{Given, Operation, Values};
use electroxide::key::{Half, Parsed, parse_key, primary_key};
use electroxide::request::{KeySource, Texts};
use electroxide::schema::{Casing, Dialect, Schema};
use electroxide::value::Value;
use proptest::prelude::*;
use serde_json::json;

use super::model;
use crate::support::schema;

/// A model whose table key keeps letter case.
fn cased(casing: &str, dialect: Dialect) -> Schema {
    let table = json!({"table": {
        "pk": {"field": "pk", "composite": ["a", "c"], "casing": casing},
        "sk": {"field": "sk", "composite": ["n", "t", "b"], "casing": casing},
    }});
    schema(&model(&table), dialect)
}

fn values<'a>(schema: &Schema, given: &[(&str, Value<'a>)]) -> Values<'a> {
    let mut values = Values::new();
    for (number, (name, value)) in (0..).zip(given) {
        values.insert(schema.slot(name).unwrap(), Given { number, value: *value });
    }
    values
}

/// The texts of the table's key.
fn keys(schema: &Schema, given: &[(&str, Value<'_>)]) -> (String, String, Vec<Casing>) {
    let (mut texts, mut keys) = (Texts::new(), Vec::new());
    primary_key(schema, Operation::Get, &values(schema, given), &mut texts, &mut keys).unwrap();
    let text = |at: usize| match keys[at].source {
        KeySource::Text(number) => texts.get(number).unwrap().to_owned(),
        ref other => panic!("{other:?}"),
    };
    (text(0), text(1), texts.parts().1.iter().map(|entry| entry.casing).collect())
}

proptest! {
    #[test]
    fn composites_without_separators_come_back(a in "[^#]{0,20}", c in "[^#]{0,20}", b in "[^#]{0,20}", n in any::<i32>(), t in any::<bool>()) {
        let schema = cased("none", Dialect::Electroxide);
        let given = [
            ("a", Value::String(&a)),
            ("c", Value::String(&c)),
            ("n", Value::Integer(i64::from(n))),
            ("t", Value::Boolean(t)),
            ("b", Value::String(&b)),
        ];
        let (pk, sk, _) = keys(&schema, &given);
        let index = &schema.indexes[0];
        let slot = |name: &str| schema.slot(name).unwrap();
        let found = parse_key(&schema, index, Half::Partition, &pk).unwrap();
        prop_assert_eq!(found, vec![(slot("a"), Parsed::String(a.as_str())), (slot("c"), Parsed::String(c.as_str()))]);
        let number = n.to_string();
        let found = parse_key(&schema, index, Half::Sort, &sk).unwrap();
        let expected = vec![(slot("n"), Parsed::Number(number.as_str())), (slot("t"), Parsed::Boolean(t)), (slot("b"), Parsed::String(b.as_str()))];
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_key_is_never_read_as_other_composites_than_it_was_made_of(a in ".{0,8}(#c_)?.{0,4}", c in ".{0,8}(#c_)?.{0,4}") {
        let schema = cased("none", Dialect::Electroxide);
        let given = [("a", Value::String(a.as_str())), ("c", Value::String(c.as_str())), ("n", Value::Integer(0)), ("t", Value::Boolean(true)), ("b", Value::String("b"))];
        let (pk, _, _) = keys(&schema, &given);
        if let Ok(found) = parse_key(&schema, &schema.indexes[0], Half::Partition, &pk) {
            let read: Vec<_> = found.iter().map(|(_, value)| *value).collect();
            prop_assert_eq!(read, vec![Parsed::String(a.as_str()), Parsed::String(c.as_str())]);
        }
    }

    #[test]
    fn letters_beyond_ascii_are_left_to_javascript(a in ".{0,20}", c in ".{0,20}") {
        let schema = cased("lower", Dialect::Electroxide);
        let given = [("a", Value::String(&a)), ("c", Value::String(&c)), ("n", Value::Integer(1)), ("t", Value::Boolean(true)), ("b", Value::String("B"))];
        let (pk, sk, casing) = keys(&schema, &given);
        let written = format!("$App#a_{a}#c_{c}");
        if written.is_ascii() {
            prop_assert_eq!(pk, written.to_ascii_lowercase());
            prop_assert_eq!(casing[0], Casing::None);
        } else {
            prop_assert_eq!(pk, written);
            prop_assert_eq!(casing[0], Casing::Lower);
        }
        prop_assert_eq!(sk, "$user_1#n_1#t_true#b_b");
    }

    #[test]
    fn padded_integers_of_one_length_keep_their_order(low in 0u32..100_000, high in 0u32..100_000) {
        let attributes = json!({"i": {"type": "string"}, "q": {"type": "number", "padding": {"length": 8, "char": "0"}}});
        let model = json!({"model": {"entity": "e", "version": "1", "service": "s"}, "attributes": attributes, "indexes": {
            "table": {"pk": {"field": "pk", "composite": ["i"]}, "sk": {"field": "sk", "composite": ["q"]}},
        }});
        let schema = schema(&model, Dialect::Electroxide);
        let sort = |number: u32| keys(&schema, &[("i", Value::String("x")), ("q", Value::Integer(i64::from(number)))]).1;
        prop_assert_eq!(low.cmp(&high), sort(low).cmp(&sort(high)));
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in ".{0,40}", half in any::<bool>()) {
        for dialect in [Dialect::Electroxide, Dialect::Electrodb] {
            let schema = cased("lower", dialect);
            let half = if half { Half::Partition } else { Half::Sort };
            if let Err(error) = parse_key(&schema, &schema.indexes[0], half, &text) {
                prop_assert_eq!(error.kind.code(dialect), 2007);
            }
        }
    }
}
