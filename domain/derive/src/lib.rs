//! `#[derive(Deserialize)]` for what `domain` and the app read: from a parsed tree, by
//! name, one small function a type. Serde's own derive makes several of each type,
//! which a phone would have to download.
//!
//! It reads the attributes by which serde writes (`rename`, `rename_all`, `default`,
//! `flatten`, `tag`, `other`, `transparent`, `from`), so that a name is said once.
//!
//! Never: writes; that stays serde's.

mod attributes;
mod enums;
mod structs;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Result, parse_macro_input};

use attributes::Container;

/// Implements `domain::json::Read`, and serde's `Deserialize` by it.
#[proc_macro_derive(Deserialize, attributes(serde))]
pub fn derive(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let container = Container::new(&input.attrs)?;
    let read = match &input.data {
        Data::Struct(data) => structs::read(&container, data)?,
        Data::Enum(data) => enums::read(&container, data)?,
        Data::Union(_) => return Err(syn::Error::new_spanned(name, "a union cannot be read")),
    };
    Ok(quote! {
        impl ::domain::json::Read for #name { #read }

        impl<'de> ::domain::json::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::domain::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::domain::json::deserialize(deserializer)
            }
        }
    })
}
