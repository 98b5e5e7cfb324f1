//! Structs, and the fields of variants.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataStruct, Field, Fields, FieldsNamed, LitStr, Result, Type, ext::IdentExt as _};

use crate::attributes::{Container, Item};

/// The function that reads the struct.
pub fn read(container: &Container, data: &DataStruct) -> Result<TokenStream> {
    let body = match (&container.from, &data.fields) {
        (Some(from), _) => quote! {
            <#from as ::domain::json::Read>::read(node).map(::core::convert::From::from)
        },
        (None, Fields::Named(fields)) if !container.is_transparent => {
            let values = named(fields, container.has_default)?;
            let default = container.has_default.then(|| {
                quote! { let default: Self = ::core::default::Default::default(); }
            });
            quote! {
                let object = node.object()?;
                #default
                ::core::result::Result::Ok(Self { #values })
            }
        }
        (None, Fields::Unnamed(fields)) if fields.unnamed.len() == 1 => quote! {
            ::domain::json::Read::read(node).map(Self)
        },
        (None, fields) => {
            return Err(syn::Error::new_spanned(fields, "no form of struct that is read"));
        }
    };
    Ok(quote! {
        fn read(
            node: &::domain::json::Node<'_>,
        ) -> ::core::result::Result<Self, ::domain::json::Bad> {
            #body
        }
    })
}

/// `name: object.field("name")?, …`
pub fn named(fields: &FieldsNamed, has_default: bool) -> Result<TokenStream> {
    fields.named.iter().map(|field| one(field, has_default)).collect()
}

fn one(field: &Field, has_default: bool) -> Result<TokenStream> {
    let item = Item::new(&field.attrs)?;
    let Some(ident) = &field.ident else {
        return Err(syn::Error::new_spanned(field, "a field without a name"));
    };
    if item.is_other {
        return Err(syn::Error::new_spanned(field, "a field cannot be the other variant"));
    }
    if item.is_flat {
        return Ok(quote! { #ident: ::domain::json::Read::read_flat(node)?, });
    }
    let name = item.rename.unwrap_or_else(|| LitStr::new(&ident.unraw().to_string(), ident.span()));
    Ok(if has_default {
        quote! { #ident: object.field_or(#name, default.#ident)?, }
    } else if item.has_default && !is_option(&field.ty) {
        quote! { #ident: object.field_or_default(#name)?, }
    } else {
        quote! { #ident: object.field(#name)?, }
    })
}

/// An `Option` that is missing reads as `None` in any case.
fn is_option(kind: &Type) -> bool {
    match kind {
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|segment| segment.ident == "Option")
        }
        _ => false,
    }
}
