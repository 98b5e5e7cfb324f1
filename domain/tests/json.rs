//! Our derive reads what serde's derive reads, and refuses what it refuses: the same
//! types twice, and documents that are nearly right.

use domain::json;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The same types, by one derive or the other.
macro_rules! types {
    ($name:ident, $derive:path) => {
        mod $name {
            use $derive as Deserialize;

            #[derive(Debug, serde::Serialize, Deserialize)]
            pub struct Whole {
                pub number: u64,
                pub small: i16,
                pub text: String,
                pub yes: bool,
                #[serde(rename = "zh-Hans", default)]
                pub renamed: Box<str>,
                #[serde(default)]
                pub maybe: Option<i64>,
                pub option: Option<u32>,
                #[serde(default)]
                pub filled: Filled,
                pub list: Vec<Plain>,
                pub pair: [i32; 2],
                pub point: Pair,
                pub code: Code,
                pub tagged: Box<Tagged>,
                pub outside: Outside,
                pub inside: Inside,
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            #[serde(default)]
            pub struct Filled {
                pub a: u16,
                pub b: Vec<i32>,
            }

            impl Default for Filled {
                fn default() -> Self {
                    Self { a: 7, b: vec![1, 2] }
                }
            }

            #[derive(Clone, Copy, Debug, serde::Serialize, Deserialize)]
            #[serde(from = "[i32; 2]", into = "[i32; 2]")]
            pub struct Pair(i32, i32);

            impl From<[i32; 2]> for Pair {
                fn from([a, b]: [i32; 2]) -> Self {
                    Self(a, b)
                }
            }

            impl From<Pair> for [i32; 2] {
                fn from(pair: Pair) -> Self {
                    [pair.0, pair.1]
                }
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct Code(Box<str>);

            #[derive(Debug, serde::Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            pub enum Plain {
                One,
                TwoWords,
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            #[serde(tag = "what", rename_all = "snake_case")]
            pub enum Tagged {
                Bare,
                Holds(Filled),
                Named {
                    text: String,
                    #[serde(default)]
                    maybe: Option<u32>,
                },
                #[serde(other)]
                Later,
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            pub enum Outside {
                Bare,
                Holds(Code),
                Named { a: u32 },
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            pub struct Inside {
                pub own: u32,
                #[serde(flatten)]
                pub tagged: Tagged,
                #[serde(flatten)]
                pub of: Of,
                #[serde(flatten)]
                pub filled: Deep,
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            pub enum Of {
                Zone(Code),
                Point(u32),
            }

            #[derive(Debug, serde::Serialize, Deserialize)]
            pub struct Deep {
                pub from: Option<u32>,
                #[serde(default)]
                pub until: Option<u32>,
            }
        }
    };
}
types!(ours, domain::json::Deserialize);
types!(serdes, serde::Deserialize);

/// Any value, and often one that fits somewhere.
fn anything() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-3i64..70_000).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(bare|one|two_words|later|text|名|\"\n)".prop_map(Value::from),
        Just(json!({ "what": "bare" })),
        Just(json!({ "what": "named", "text": "x" })),
        Just(json!({ "what": "of a later version", "text": 1 })),
        Just(json!({ "holds": "c" })),
        Just(json!({ "holds": "c", "more": 1 })),
        Just(json!({ "named": { "a": 1 } })),
        Just(json!({})),
    ];
    plain.prop_recursive(2, 8, 3, |inner| prop::collection::vec(inner, 0..3).prop_map(Value::from))
}

fn whole() -> Value {
    json!({
        "number": u64::MAX, "small": -5, "text": "a\"b", "yes": true, "zh-Hans": "名",
        "maybe": i64::MIN, "option": null, "filled": { "a": 1 }, "list": ["one", "two_words"],
        "pair": [1, -2], "point": [3, 4], "code": "c", "tagged": { "what": "holds", "b": [3] },
        "outside": "bare",
        "inside": { "own": 1, "what": "named", "text": "t", "zone": "z", "until": 9 },
    })
}

/// The fields of an object that are to be taken out, and what is put in instead.
fn changed(mut value: Value, changes: &[(usize, bool, Option<Value>)]) -> Value {
    for (at, inner, new) in changes {
        let Value::Object(fields) = &mut value else { return value };
        let inside = inner.then(|| fields.get_mut("inside").and_then(Value::as_object_mut));
        let fields: &mut Map<_, _> = match inside {
            Some(Some(inside)) => inside,
            _ => match value.as_object_mut() {
                Some(fields) => fields,
                None => return value,
            },
        };
        let Some(name) = fields.keys().nth(at % fields.len().max(1)).cloned() else { continue };
        match new {
            // Read by serde and not by us: see below.
            Some(Value::Array(_)) if matches!(&*name, "filled" | "tagged") => {}
            Some(Value::Number(_)) if name == "what" => {}
            Some(new) => drop(fields.insert(name, new.clone())),
            None => drop(fields.remove(&name)),
        }
    }
    value
}

fn agree(text: &str) -> Result<bool, TestCaseError> {
    let ours = json::from_str::<ours::Whole>(text);
    let serdes = serde_json::from_str::<serdes::Whole>(text);
    prop_assert_eq!(ours.is_ok(), serdes.is_ok(), "{}\n{:?}\n{:?}", text, ours, serdes);
    let Ok((ours, serdes)) = ours.and_then(|ours| Ok((ours, serdes?))) else { return Ok(false) };
    prop_assert_eq!(format!("{ours:?}"), format!("{serdes:?}"));
    prop_assert_eq!(serde_json::to_string(&ours).ok(), serde_json::to_string(&serdes).ok());
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_nearly_right_is_read_as_serde_reads_it(
        changes in prop::collection::vec(
            (0usize..20, any::<bool>(), prop::option::of(anything())), 0..4,
        ),
    ) {
        agree(&changed(whole(), &changes).to_string())?;
    }

    #[test]
    fn bytes_that_are_broken_are_refused_as_serde_refuses_them(
        at in 0usize..600, letter in "[0-9a-z{}\\[\\],:\"\\\\ .-]",
    ) {
        let mut text = whole().to_string();
        let at = at % text.len();
        if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
            text.replace_range(at..=at, &letter);
        }
        agree(&text)?;
    }
}

#[test]
fn a_whole_document_is_read() {
    assert!(agree(&whole().to_string()).unwrap());
}

#[test]
fn a_field_that_is_there_twice_is_refused_wherever_it_stands() {
    let whole = whole().to_string();
    for (once, twice) in [
        (r#""yes":true"#, r#""yes":true,"yes":true"#),
        (r#""what":"named""#, r#""what":"named","what":"named""#),
        (r#""until":9"#, r#""until":9,"until":9"#),
        (r#""a":1"#, r#""a":1,"a":1"#),
    ] {
        assert!(whole.contains(once), "{once}");
        assert!(!agree(&whole.replacen(once, twice, 1)).unwrap(), "{twice}");
    }
    // What nobody asks for may be there as often as it likes.
    let unknown = whole.replacen(r#""yes":true"#, r#""yes":true,"new":1,"new":[{}]"#, 1);
    assert!(agree(&unknown).unwrap());
}

#[test]
fn depth_is_refused_before_it_can_overflow_the_stack() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        assert!(json::parse(&deep(100)).is_ok());
        assert!(json::parse(&deep(1_000_000)).is_err());
    }
}

#[test]
fn forms_that_nobody_writes_are_refused() {
    let number = serde_json::from_str::<serdes::Plain>("0").is_ok();
    assert!(!number);
    for text in ["0", r#"{"one":null}"#, "[]"] {
        assert!(json::from_str::<ours::Plain>(text).is_err(), "{text}");
    }
    assert!(json::from_str::<ours::Filled>("[1,[2]]").is_err());
}

#[test]
fn what_is_wrong_is_said_with_the_field() {
    for (from, to, expected) in [
        (r#""yes":true"#, r#""yes":1"#, "yes is not true or false"),
        (r#""yes":true,"#, "", "yes is missing"),
        (r#""until":9"#, r#""until":-9"#, "until is not a whole number in range"),
        (r#""what":"named""#, r#""what":null"#, "what is not a text"),
    ] {
        let text = whole().to_string().replacen(from, to, 1);
        let text = text.replace(",}", "}");
        assert_eq!(json::from_str::<ours::Whole>(&text).unwrap_err().to_string(), expected);
    }
}
