//! The entry point `field`: which screens it has. Everything else it takes from `app_shared`.

mod screens;

/// The small district and the story of a case that the tests of `domain` tell.
#[cfg(test)]
#[path = "../../../domain/tests/common/mod.rs"]
mod case_story;

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
