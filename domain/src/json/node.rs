//! A parsed document. Texts without escapes are borrowed from it.

use std::{borrow::Cow, fmt};

use serde::de;

use super::{Bad, Read};

#[derive(Clone, Debug, PartialEq)]
pub enum Node<'de> {
    Null,
    Bool(bool),
    Integer(i64),
    /// Beyond what an `i64` holds.
    Large(u64),
    /// Nothing that is read has a fraction; kept to be told from nothing.
    Float,
    Text(Cow<'de, str>),
    List(Vec<Node<'de>>),
    Object(Object<'de>),
}

/// Fields in the order they were written.
#[derive(Clone, Debug, PartialEq)]
pub struct Object<'de>(Vec<(Cow<'de, str>, Node<'de>)>);

impl<'de> Node<'de> {
    /// # Errors
    /// When it is something else.
    pub const fn object(&self) -> Result<&Object<'de>, Bad> {
        match self {
            Self::Object(object) => Ok(object),
            _ => Err(Bad::OBJECT),
        }
    }

    /// # Errors
    /// When it is something else.
    pub fn list(&self) -> Result<&[Self], Bad> {
        match self {
            Self::List(list) => Ok(list),
            _ => Err(Bad::LIST),
        }
    }

    /// # Errors
    /// When it is something else.
    pub fn text(&self) -> Result<&str, Bad> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(Bad::TEXT),
        }
    }

    /// # Errors
    /// When it is something else, or beyond an `i64`.
    pub const fn integer(&self) -> Result<i64, Bad> {
        match self {
            Self::Integer(value) => Ok(*value),
            _ => Err(Bad::INTEGER),
        }
    }

    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Which of `names` it is.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn name_of(&self, names: &[&str]) -> Result<usize, Bad> {
        let text = self.text()?;
        names.iter().position(|name| *name == text).ok_or(Bad::VARIANT)
    }
}

impl<'de> Object<'de> {
    pub(super) const fn new(fields: Vec<(Cow<'de, str>, Node<'de>)>) -> Self {
        Self(fields)
    }

    /// # Errors
    /// When it is missing, there twice or of another type.
    pub fn field<T: Read>(&self, name: &'static str) -> Result<T, Bad> {
        match self.find(name)? {
            Some(node) => T::read(node).map_err(|bad| bad.within(name)),
            None => T::missing().ok_or(Bad::MISSING.within(name)),
        }
    }

    /// # Errors
    /// When it is there twice or of another type.
    pub fn field_or_default<T: Read + Default>(&self, name: &'static str) -> Result<T, Bad> {
        match self.find(name)? {
            Some(node) => T::read(node).map_err(|bad| bad.within(name)),
            None => Ok(T::default()),
        }
    }

    /// # Errors
    /// When it is there twice or of another type.
    pub fn field_or<T: Read>(&self, name: &'static str, otherwise: T) -> Result<T, Bad> {
        match self.find(name)? {
            Some(node) => T::read(node).map_err(|bad| bad.within(name)),
            None => Ok(otherwise),
        }
    }

    /// Which of `names` stands in the field `tag`; their number for any other name.
    ///
    /// # Errors
    /// When there is no such field, or no name in it.
    pub fn tag(&self, tag: &'static str, names: &[&str]) -> Result<usize, Bad> {
        let node = self.find(tag)?.ok_or(Bad::MISSING.within(tag))?;
        let name = node.text().map_err(|bad| bad.within(tag))?;
        Ok(names.iter().position(|known| *known == name).unwrap_or(names.len()))
    }

    /// The first field whose name is one of `names`, and which.
    ///
    /// # Errors
    /// When there is none.
    pub fn first_of(&self, names: &[&str]) -> Result<(usize, &Node<'de>), Bad> {
        self.0
            .iter()
            .find_map(|(key, node)| Some((names.iter().position(|name| name == key)?, node)))
            .ok_or(Bad::VARIANT)
    }

    /// # Errors
    /// When it does not have just one field.
    pub const fn single(&self) -> Result<(), Bad> {
        if self.0.len() == 1 { Ok(()) } else { Err(Bad::VARIANT) }
    }

    fn find(&self, name: &'static str) -> Result<Option<&Node<'de>>, Bad> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(Bad::TWICE.within(name)),
            (first, None) => Ok(first.map(|(_, node)| node)),
        }
    }
}

/// How deep a document may go is up to the parser; that of JSON stops at 128.
impl<'de> de::Deserialize<'de> for Node<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, some: D) -> Result<Self::Value, D::Error> {
        de::Deserialize::deserialize(some)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Node::Large(value), Node::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Node::Float)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(text.to_owned().into()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = access.next_element()? {
            if list.is_empty() {
                // Most lists are coordinates, by far.
                list.reserve_exact(2);
            }
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            fields.push((key, access.next_value()?));
        }
        Ok(Node::Object(Object(fields)))
    }
}

struct Key<'de>(Cow<'de, str>);

impl<'de> de::Deserialize<'de> for Key<'de> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Node::deserialize(deserializer)? {
            Node::Text(text) => Ok(Self(text)),
            _ => Err(de::Error::custom(Bad::TEXT)),
        }
    }
}
