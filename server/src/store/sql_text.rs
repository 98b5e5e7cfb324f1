//! A statement put together from what is asked for: pieces that stand in this program, and
//! placeholders for everything else.

use super::transaction::Value;

#[derive(Debug, Default)]
pub(super) struct SqlText {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl From<&'static str> for SqlText {
    fn from(text: &'static str) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }
}

impl SqlText {
    pub(super) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A placeholder, and its value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }
}
