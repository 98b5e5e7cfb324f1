//! The serde attributes that say how something is read. One that is not known here is
//! refused: it would change what is written and not what is read.

use syn::{Attribute, LitStr, Result, Type, meta::ParseNestedMeta};

/// Attributes of a struct or an enum.
#[derive(Default)]
pub struct Container {
    pub is_snake_case: bool,
    pub is_transparent: bool,
    /// What is missing comes from the type's own default.
    pub has_default: bool,
    /// The field that names the variant.
    pub tag: Option<LitStr>,
    /// The type that is read in its place.
    pub from: Option<Type>,
}

/// Attributes of a field or a variant.
#[derive(Default)]
pub struct Item {
    pub rename: Option<LitStr>,
    pub has_default: bool,
    pub is_flat: bool,
    /// The variant for tags that are not known.
    pub is_other: bool,
}

impl Container {
    pub fn new(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        each(attributes, |meta| {
            match name(meta).as_str() {
                "rename_all" => {
                    let case: LitStr = meta.value()?.parse()?;
                    if case.value() != "snake_case" {
                        return Err(meta.error("only snake_case"));
                    }
                    found.is_snake_case = true;
                }
                "transparent" => found.is_transparent = true,
                "default" => found.has_default = true,
                "tag" => found.tag = Some(meta.value()?.parse()?),
                "from" => found.from = Some(meta.value()?.parse::<LitStr>()?.parse()?),
                "into" => skip(meta)?,
                _ => return Err(meta.error("not known to domain-derive")),
            }
            Ok(())
        })?;
        Ok(found)
    }
}

impl Item {
    pub fn new(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        each(attributes, |meta| {
            match name(meta).as_str() {
                "rename" => found.rename = Some(meta.value()?.parse()?),
                "default" => found.has_default = true,
                "flatten" => found.is_flat = true,
                "other" => found.is_other = true,
                "skip_serializing_if" => skip(meta)?,
                _ => return Err(meta.error("not known to domain-derive")),
            }
            Ok(())
        })?;
        Ok(found)
    }
}

fn each(
    attributes: &[Attribute],
    mut read: impl FnMut(&ParseNestedMeta) -> Result<()>,
) -> Result<()> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .try_for_each(|attribute| attribute.parse_nested_meta(|meta| read(&meta)))
}

fn name(meta: &ParseNestedMeta) -> String {
    meta.path.get_ident().map(ToString::to_string).unwrap_or_default()
}

fn skip(meta: &ParseNestedMeta) -> Result<()> {
    meta.value()?.parse::<LitStr>().map(drop)
}
