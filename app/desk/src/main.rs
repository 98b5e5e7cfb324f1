//! The entry point `desk`: which screens it has. Everything else it takes from `app_shared`.

mod screens;

use app_shared::{
    entry::{self, EntryPoint},
    route::App,
};

fn main() {
    entry::start(EntryPoint {
        app: App::Desk,
        provide_contexts: screens::provide_contexts,
        screen_of: screens::screen_of,
    });
}
