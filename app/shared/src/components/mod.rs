//! What two screens share. Each shows what it is handed; none reads the store or the
//! network.

pub mod bones;
pub mod case_row;
pub mod case_text;
pub mod chips;
pub mod compare;
pub mod dom;
pub mod empty;
pub mod guidance;
pub mod hooks;
pub mod icon;
pub mod lamp;
pub mod markup;
pub mod message;
pub mod order;
pub mod photo;
pub mod photo_marks;
pub mod picker;
pub mod rescue;
pub mod sheet;
pub mod thumbs;
pub mod toasts;
pub mod undo;
pub mod viewer;
pub mod zoom;
