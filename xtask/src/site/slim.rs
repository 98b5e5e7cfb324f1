//! Scripts and styles without what only people read: comments that fill whole lines, empty
//! lines, and the space before a line.
//!
//! Never: changes what stands within a line or within a text of several lines, or any other
//! kind of file.

/// Leaves a file alone that is no text.
pub fn without_comments(name: &str, content: &mut Vec<u8>) {
    let (is_script, is_style) = (name.ends_with(".js"), name.ends_with(".css"));
    let Some(text) = std::str::from_utf8(content).ok().filter(|_| is_script || is_style) else {
        return;
    };
    let mut slim = String::with_capacity(text.len());
    let mut is_comment = false;
    // A text between backticks may go on over lines, and has its own space.
    let mut is_in_text = false;
    for line in text.lines() {
        let words = line.trim();
        let begins = words.starts_with("/*");
        let ends = words.ends_with("*/");
        // What goes on behind a comment on its line is code.
        let is_whole = !words.contains("*/") || (ends && words.matches("*/").count() == 1);
        if !is_in_text {
            if is_comment || (begins && is_whole) {
                is_comment = !ends;
                continue;
            }
            if words.is_empty() || (is_script && words.starts_with("//")) {
                continue;
            }
        }
        slim.push_str(if is_in_text { line } else { line.trim_start() });
        slim.push('\n');
        is_in_text ^= is_script && line.matches('`').count() % 2 == 1;
    }
    *content = slim.into_bytes();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_people_read_is_taken_out() {
        let code = "/** Says\n * this. */\nlet a = \"/* b */\"; // c\n\n  // d\n/* e */ f();\n";
        let kept = "let a = \"/* b */\"; // c\n/* e */ f();\n";
        let style = "/* The look. */\na { color: red; } /* b */\n";
        for (name, content, expected) in [
            ("a.js", code, kept),
            ("a.html", code, code),
            ("a.js", "f(`\n  // b\n\n`);\n  g(`c`);\n", "f(`\n  // b\n\n`);\ng(`c`);\n"),
            ("a.css", style, "a { color: red; } /* b */\n"),
            ("a.css", "a {\n  color: red;\n}\n", "a {\ncolor: red;\n}\n"),
            ("a.css", "// is none here\n", "// is none here\n"),
        ] {
            let mut bytes = content.as_bytes().to_vec();
            without_comments(name, &mut bytes);
            assert_eq!(String::from_utf8(bytes).unwrap(), expected, "{name}");
        }
        let mut picture = vec![0xff, 0xd8];
        without_comments("a.js", &mut picture);
        assert_eq!(picture, [0xff, 0xd8]);
    }
}
