//! What two screens share. Each shows what it is handed; none reads the store or the
//! network.

pub mod case_row;
pub mod case_text;
pub mod chips;
pub mod compare;
pub mod dom;
pub mod empty;
pub mod guidance;
pub mod icon;
pub mod lamp;
pub mod link;
pub mod message;
pub mod photo;
pub mod photo_image;
pub mod photo_marks;
pub mod photo_strip;
pub mod picker;
pub mod receipt;
pub mod receiving;
pub mod rescue;
pub mod sheet;
pub mod skeleton;
pub mod toasts;
mod transform;
pub mod undo;
pub mod viewer;
pub mod zoom;
