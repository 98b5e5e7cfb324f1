//! `xunjie user`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the prompt and the password")]

use std::io::{BufRead as _, IsTerminal as _};

use clap::Subcommand;
use domain::{PersonCode, UnitCode, UserName, access::Actor};

use super::{
    command::{CommandError, runtime},
    folder::Folder,
};
use crate::{
    auth::password,
    store::{Store, users},
    system::{clock, random},
};

/// Characters of a password. Short, for guessing is slowed down and each hash takes its time.
const MIN_PASSWORD_CHARS: usize = 8;

#[derive(Subcommand)]
pub(super) enum User {
    /// Add an account. The password is read from standard input; from a terminal, an
    /// empty line makes one and prints it.
    Add {
        #[command(flatten)]
        folder: Folder,
        /// The name to sign in with.
        #[arg(long)]
        name: String,
        /// The name that others see; the sign-in name when absent.
        #[arg(long)]
        shown: Option<String>,
        /// inspector, reviewer, handler, unit_lead, patch_leader, discipline,
        /// administrator or city.
        #[arg(long)]
        role: String,
        /// Code of the unit, for handlers and unit leads.
        #[arg(long)]
        unit: Option<String>,
        /// Code of the same person in the pack's roster, for patch leaders.
        #[arg(long)]
        person: Option<String>,
    },
}

pub(super) fn run(user: User) -> Result<(), CommandError> {
    let User::Add { folder, name, shown, role, unit, person } = user;
    let (_, database) = folder.open_made()?;
    let role = users::role_from_code(&role).map_err(|_| format!("there is no role “{role}”"))?;
    if name.trim().is_empty() {
        return Err("a name is needed".into());
    }
    let (password, is_generated) = read_or_generate()?;
    let account = users::User {
        actor: Actor {
            user: UserName::new(&name),
            name: shown.unwrap_or_else(|| name.clone()).into(),
            role,
            unit: unit.as_deref().map(UnitCode::new),
            person: person.as_deref().map(PersonCode::new),
        },
        password: password::hash(&password).map_err(|error| error.to_string())?,
    };
    let added = runtime()?.block_on(async {
        let store = Store::of(&database)?;
        store.write(move |transaction| users::add(transaction, &account, clock::now())).await
    })?;
    if !added {
        return Err(format!("there is a user “{name}” already; nothing was changed").into());
    }
    println!("added {name}");
    if is_generated {
        println!("password: {password}");
    }
    Ok(())
}

/// The password, and whether it was generated here.
fn read_or_generate() -> Result<(String, bool), CommandError> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprint!("password (an empty line makes one): ");
    }
    let mut line = String::new();
    input.lock().read_line(&mut line)?;
    let typed = line.trim_end_matches(['\r', '\n']);
    if typed.is_empty() {
        return Ok((generate()?, true));
    }
    if typed.chars().count() < MIN_PASSWORD_CHARS {
        return Err(format!("a password has at least {MIN_PASSWORD_CHARS} characters").into());
    }
    Ok((typed.to_owned(), false))
}

/// Sixteen letters and digits without those that look alike: 80 bits.
fn generate() -> Result<String, CommandError> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let random: [u8; 16] = random::bytes()?;
    let letters = random.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    Ok(letters.map(|letter| char::from(*letter)).collect())
}
