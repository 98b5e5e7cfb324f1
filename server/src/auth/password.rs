//! Passwords: hashed with argon2id, a few at a time, since each hash takes 19 MiB and tens
//! of milliseconds.

use std::sync::{Arc, LazyLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

/// Hashes computed at the same time: leaves the other cores to the rest of the server.
const MAX_CONCURRENT: usize = 2;

static SLOTS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MAX_CONCURRENT)));

/// Verified against when there is no such user, so that the time taken does not tell which
/// names exist.
static DUMMY_HASH: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this one").unwrap_or_default());

/// The hash as a PHC string, with a salt of its own.
///
/// # Errors
/// When the operating system has no random numbers to give.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// Whether `password` is the one that `stored` was made from; `None` takes as long and
/// is never right.
pub async fn verify(password: String, stored: Option<String>) -> bool {
    let Ok(slot) = Arc::clone(&SLOTS).acquire_owned().await else { return false };
    let work = move || {
        let _slot = slot;
        let is_user = stored.is_some();
        matches(&password, stored.as_deref().unwrap_or(&DUMMY_HASH)) && is_user
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

fn matches(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_an_account_is_accepted() {
        let stored = hash("right").unwrap();
        assert!(verify("right".into(), Some(stored.clone())).await);
        assert!(!verify("wrong".into(), Some(stored)).await);
        assert!(!verify("nobody has this one".into(), None).await);
        assert!(!verify("x".into(), Some("damaged".into())).await);
    }
}
