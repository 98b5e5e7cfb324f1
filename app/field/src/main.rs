//! The entry point `field`: which screens it has. Everything else it takes from `app_shared`.

mod screens;

fn main() {
    app_shared::entry::start(app_shared::route::App::Field, screens::screen_of);
}
