//! The entry point `desk`: which screens it has. Everything else it takes from `app_shared`.

mod screens;

fn main() {
    app_shared::entry::start(app_shared::route::App::Desk, screens::screen_of);
}
