//! What handlers read from a request: who asks, a JSON body, a stream of bytes, and what
//! headers say. Everything that a client sends is checked here or in `domain`.

mod byte_stream;
pub(super) mod encoding;
pub(super) mod entity_tag;
mod json_body;
pub(super) mod origin;
mod signed_in;

pub(super) use byte_stream::byte_stream;
pub(super) use json_body::JsonBody;
pub(super) use signed_in::{
    Administrators, COOKIE, Headquarters, Photographer, SignedIn, SignedInAs,
};
