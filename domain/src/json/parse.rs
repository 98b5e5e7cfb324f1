//! JSON text → [`Node`], by RFC 8259. `serde_json` reads the same, and works out what numbers
//! with a fraction are, with tables of powers of ten: 4 KB on their way to a phone, for what
//! nothing here has. A property test holds one against the other.
//!
//! Never: looks at what the document means, or goes deeper than `serde_json` does.

use std::borrow::Cow;

use serde::de::Error as _;

use super::{Node, Object};

/// Lists and objects inside each other.
const DEEPEST: u8 = 127;

/// A document, not yet read.
///
/// # Errors
/// What was expected, and where: line and column as `serde_json` counts them.
pub fn parse(text: &str) -> Result<Node<'_>, serde_json::Error> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    parser.document().map_err(|expected| {
        let before = text.as_bytes().get(..parser.at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        serde_json::Error::custom(format_args!(
            "expected {expected} at line {line} column {column}"
        ))
    })
}

struct Parser<'t> {
    text: &'t str,
    /// Bytes that are read.
    at: usize,
    depth: u8,
}

/// What stands there instead of what is expected is not said: it may be a secret.
type Expected = &'static str;

impl<'t> Parser<'t> {
    fn document(&mut self) -> Result<Node<'t>, Expected> {
        let node = self.value()?;
        self.space();
        if self.at == self.text.len() { Ok(node) } else { Err("the end") }
    }

    fn value(&mut self) -> Result<Node<'t>, Expected> {
        self.space();
        match self.peek() {
            Some(b'"') => self.string().map(Node::Text),
            Some(b'[') => self.deeper(Self::list),
            Some(b'{') => self.deeper(Self::object),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Node::Bool(true)),
            Some(b'f') => self.word("false", Node::Bool(false)),
            Some(b'n') => self.word("null", Node::Null),
            _ => Err("a value"),
        }
    }

    fn deeper(
        &mut self,
        read: impl Fn(&mut Self) -> Result<Node<'t>, Expected>,
    ) -> Result<Node<'t>, Expected> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("less depth");
        }
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn list(&mut self) -> Result<Node<'t>, Expected> {
        let mut list = Vec::new();
        while self.has_another(b']', list.is_empty())? {
            let node = self.value()?;
            if list.is_empty() {
                // Most lists are coordinates, by far.
                list.reserve_exact(2);
            }
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn object(&mut self) -> Result<Node<'t>, Expected> {
        let mut fields = Vec::new();
        while self.has_another(b'}', fields.is_empty())? {
            self.space();
            if self.peek() != Some(b'"') {
                return Err("a name");
            }
            let name = self.string()?;
            self.space();
            if !self.eat(b':') {
                return Err("a colon");
            }
            fields.push((name, self.value()?));
        }
        Ok(Node::Object(Object::new(fields)))
    }

    /// Whether something comes before the `end`; behind the first, a comma does.
    fn has_another(&mut self, end: u8, is_first: bool) -> Result<bool, Expected> {
        self.space();
        if self.eat(end) {
            Ok(false)
        } else if is_first || self.eat(b',') {
            Ok(true)
        } else {
            Err("a comma, or the end of it")
        }
    }

    fn number(&mut self) -> Result<Node<'t>, Expected> {
        let is_negative = self.eat(b'-');
        let starts_with_zero = self.peek() == Some(b'0');
        let (digits, value) = self.digits()?;
        if starts_with_zero && digits > 1 {
            return Err("a number without a zero before it");
        }
        let mut is_whole = true;
        if self.eat(b'.') {
            self.digits()?;
            is_whole = false;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _either = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
            is_whole = false;
        }
        let value = value.filter(|_| is_whole);
        Ok(match value {
            None => Node::Float,
            Some(0) if is_negative => Node::Float,
            Some(value) if is_negative => {
                0_i64.checked_sub_unsigned(value).map_or(Node::Float, Node::Integer)
            }
            Some(value) => i64::try_from(value).map_or(Node::Large(value), Node::Integer),
        })
    }

    /// How many there are, at least one, and their number unless it is too large.
    fn digits(&mut self) -> Result<(usize, Option<u64>), Expected> {
        let start = self.at;
        let mut value = Some(0_u64);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value =
                value.and_then(|value| value.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
            self.at += 1;
        }
        if self.at == start { Err("a digit") } else { Ok((self.at - start, value)) }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Expected> {
        self.at += 1;
        let mut whole = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let is_end = |byte: u8| byte == b'"' || byte == b'\\' || byte < 0x20;
            let length = rest.bytes().position(is_end).ok_or("a quote")?;
            let plain = rest.get(..length).unwrap_or_default();
            self.at += length;
            if self.eat(b'"') {
                return Ok(if whole.is_empty() {
                    Cow::Borrowed(plain)
                } else {
                    Cow::Owned(whole + plain)
                });
            }
            if !self.eat(b'\\') {
                return Err("no control character");
            }
            whole.push_str(plain);
            whole.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, Expected> {
        let letter = self.peek().ok_or("an escape")?;
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return Err("an escape"),
        })
    }

    /// Four digits, or twice four for what lies beyond them.
    fn unicode(&mut self) -> Result<char, Expected> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) {
            let low = if self.eat(b'\\') && self.eat(b'u') { self.hex()? } else { 0 };
            if !(0xdc00..0xe000).contains(&low) {
                return Err("the second half of a letter");
            }
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).ok_or("the first half of a letter")
    }

    fn hex(&mut self) -> Result<u32, Expected> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            value = value * 16 + digit.ok_or("a hexadecimal digit")?;
            self.at += 1;
        }
        Ok(value)
    }

    fn word(&mut self, word: &'static str, node: Node<'t>) -> Result<Node<'t>, Expected> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(node)
        } else {
            Err(word)
        }
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Both read the same, or neither reads it.
    fn check(text: &str) -> Result<(), TestCaseError> {
        let (ours, theirs) = (parse(text), serde_json::from_str::<Node<'_>>(text));
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs, "{}", text),
            // Beyond what a fraction can be.
            (Ok(_), Err(why)) if why.to_string().starts_with("number out of range") => {}
            (ours, theirs) => {
                prop_assert!(ours.is_err() && theirs.is_err(), "{text}: {ours:?}, {theirs:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn what_a_standard_has_corners_for() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let texts = [
            "",
            " ",
            "null",
            " true\r\n",
            "fals",
            "nulls",
            "0",
            "-0",
            "-",
            "01",
            "-01",
            "1.",
            ".5",
            "1.5",
            "1e",
            "1e+",
            "1E-7",
            "-1e400",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "18446744073709551615",
            "18446744073709551616",
            "[]",
            "[ ]",
            "[,]",
            "[1,]",
            "[1 2]",
            "[1",
            "{}",
            "{\"a\":1}",
            "{\"a\" : 1 , \"a\":2}",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "{1:1}",
            "{\"a\":}",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\x\"",
            "\"\\/\\b\\f\\n\\r\\t\"",
            "\"\t\"",
            "\"占道\\u5360é\"",
            "\"\\u12\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\n\"",
            "\"\\ud83d\\u0041\"",
            "\"\u{7f}\"",
            "\u{feff}1",
            "1 x",
            "[1]]",
        ];
        for text in texts.map(str::to_owned).into_iter().chain([nested(127), nested(128)]) {
            check(&text).unwrap();
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let error = parse("{\n  \"a\": [1, x]\n}").unwrap_err();
        assert_eq!((error.line(), error.column()), (2, 12));
        assert!(error.to_string().contains("a value"), "{error}");
    }

    proptest! {
        #[test]
        fn it_reads_what_the_library_reads(text in "[\\[\\]{},:\"\\\\/ubnte0-9.+ \\-占😀]{0,24}") {
            check(&text)?;
        }

        #[test]
        fn also_what_was_whole_and_is_cut_or_changed(
            names in prop::collection::vec(".{0,6}", 0..4),
            numbers in prop::collection::vec(any::<i64>(), 0..4),
            at in any::<prop::sample::Index>(),
            letter in "[\\[\\]{},:\"\\\\0-9]",
        ) {
            let whole = serde_json::json!({ "names": names, "numbers": numbers, "none": null });
            let text = whole.to_string();
            check(&text)?;
            check(&serde_json::to_string_pretty(&whole).unwrap())?;
            let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            let (before, behind) = text.split_at(*at.get(&places));
            check(before)?;
            check(&format!("{before}{letter}{behind}"))?;
        }
    }
}
