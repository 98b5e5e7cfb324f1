//! Enums: a plain name, `{"name": …}`, or with the name in a field of its own.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, Fields, LitStr, Result, Variant};

use crate::attributes::{Container, Item};
use crate::structs;

struct Known<'a> {
    name: LitStr,
    is_other: bool,
    variant: &'a Variant,
}

/// The functions that read the enum.
pub fn read(container: &Container, data: &DataEnum) -> Result<TokenStream> {
    let mut known = Vec::new();
    for variant in &data.variants {
        let item = Item::new(&variant.attrs)?;
        let name = item.rename.unwrap_or_else(|| {
            let written = variant.ident.to_string();
            let name = if container.is_snake_case { snake_case(&written) } else { written };
            LitStr::new(&name, variant.ident.span())
        });
        known.push(Known { name, is_other: item.is_other, variant });
    }
    match &container.tag {
        Some(tag) => tagged(tag, &known),
        None if known.iter().all(|known| matches!(known.variant.fields, Fields::Unit)) => {
            Ok(plain(&known))
        }
        None => outside(&known),
    }
}

/// `"name"`
fn plain(known: &[Known<'_>]) -> TokenStream {
    let names = known.iter().map(|known| &known.name);
    let arms = known.iter().enumerate().map(|(index, known)| {
        let ident = &known.variant.ident;
        quote! { #index => ::core::result::Result::Ok(Self::#ident), }
    });
    quote! {
        fn read(
            node: &::domain::json::Node<'_>,
        ) -> ::core::result::Result<Self, ::domain::json::Bad> {
            match node.name_of(&[#(#names),*])? {
                #(#arms)*
                _ => ::core::result::Result::Err(::domain::json::Bad::VARIANT),
            }
        }
    }
}

/// `{"tag": "name", …}`
fn tagged(tag: &LitStr, known: &[Known<'_>]) -> Result<TokenStream> {
    let mut arms = TokenStream::new();
    let mut other = quote! {
        ::core::result::Result::Err(::domain::json::Bad::VARIANT)
    };
    let mut names = Vec::new();
    for known in known {
        let ident = &known.variant.ident;
        let index = names.len();
        let value = match &known.variant.fields {
            Fields::Unit => quote! { Self::#ident },
            Fields::Named(fields) => {
                let values = structs::named(fields, false)?;
                quote! { Self::#ident { #values } }
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                quote! { Self::#ident(::domain::json::Read::read(node)?) }
            }
            Fields::Unnamed(fields) => {
                return Err(syn::Error::new_spanned(fields, "one value, or fields with names"));
            }
        };
        if known.is_other {
            other = quote! { ::core::result::Result::Ok(#value) };
        } else {
            names.push(&known.name);
            arms.extend(quote! { #index => ::core::result::Result::Ok(#value), });
        }
    }
    Ok(quote! {
        fn read(
            node: &::domain::json::Node<'_>,
        ) -> ::core::result::Result<Self, ::domain::json::Bad> {
            let object = node.object()?;
            match object.tag(#tag, &[#(#names),*])? {
                #arms
                _ => #other,
            }
        }
    })
}

/// `"name"` without and `{"name": value}` with content. Flattened, other fields may
/// stand beside it.
fn outside(known: &[Known<'_>]) -> Result<TokenStream> {
    let mut units = TokenStream::new();
    let mut contents = TokenStream::new();
    let names: Vec<_> = known.iter().map(|known| &known.name).collect();
    for (index, known) in known.iter().enumerate() {
        let ident = &known.variant.ident;
        match &known.variant.fields {
            Fields::Unit => {
                units.extend(quote! { #index => ::core::result::Result::Ok(Self::#ident), });
            }
            Fields::Named(fields) => {
                let values = structs::named(fields, false)?;
                contents.extend(quote! {
                    #index => {
                        let object = node.object()?;
                        ::core::result::Result::Ok(Self::#ident { #values })
                    }
                });
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => contents.extend(quote! {
                #index => ::domain::json::Read::read(node).map(Self::#ident),
            }),
            Fields::Unnamed(fields) => {
                return Err(syn::Error::new_spanned(fields, "one value, or fields with names"));
            }
        }
    }
    let bad = quote! { ::core::result::Result::Err(::domain::json::Bad::VARIANT) };
    Ok(quote! {
        fn read(
            node: &::domain::json::Node<'_>,
        ) -> ::core::result::Result<Self, ::domain::json::Bad> {
            if node.is_text() {
                return match node.name_of(&[#(#names),*])? {
                    #units
                    _ => #bad,
                };
            }
            node.object()?.single()?;
            Self::read_flat(node)
        }

        fn read_flat(
            node: &::domain::json::Node<'_>,
        ) -> ::core::result::Result<Self, ::domain::json::Bad> {
            let (variant, node) = node.object()?.first_of(&[#(#names),*])?;
            match variant {
                #contents
                _ => #bad,
            }
        }
    })
}

/// `ToTheTray` → `to_the_tray`, as serde does it.
fn snake_case(name: &str) -> String {
    let mut written = String::new();
    for (index, letter) in name.char_indices() {
        if index > 0 && letter.is_uppercase() {
            written.push('_');
        }
        written.extend(letter.to_lowercase());
    }
    written
}
