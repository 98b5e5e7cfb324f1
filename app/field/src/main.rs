//! The entry point `field`: which screens it has. Everything else it takes from `app_shared`.

mod screens;

use app_shared::{
    entry::{self, EntryPoint},
    route::App,
};

fn main() {
    entry::start(EntryPoint {
        app: App::Field,
        provide_contexts: screens::provide_contexts,
        screen_of: screens::screen_of,
    });
}
