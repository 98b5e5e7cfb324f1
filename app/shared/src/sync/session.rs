//! Signing in and out, and the pack of the district.

use domain::{
    DeviceId,
    pack::DistrictPack,
    sync::{Problem, Profile, SignIn, SignedIn, TokenKind, outbox::Failure},
};

use super::http;

/// Why something that a person asked of the server was not done.
pub enum Refused {
    WrongPassword,
    /// The way, or the server asks to wait.
    Failed(Failure),
    Other(Problem),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

pub async fn sign_in(user: &str, password: &str, device: DeviceId) -> Result<Profile, Refused> {
    let asked = SignIn {
        user: user.trim().to_owned(),
        password: password.to_owned(),
        device,
        token: TokenKind::Cookie,
    };
    let body = serde_json::to_string(&asked).map_err(|_| Refused::Failed(Failure::Unreachable))?;
    let reply = http::send("POST", "/api/v1/session", Some(body)).await.map_err(Refused::Failed)?;
    match http::problem(&reply) {
        Some(problem) if problem.status == 401 => Err(Refused::WrongPassword),
        Some(problem) if problem.status != 429 && problem.status < 500 => {
            Err(Refused::Other(problem))
        }
        _ => http::read::<SignedIn>(&reply)
            .map(|signed_in| signed_in.profile)
            .map_err(Refused::Failed),
    }
}

/// Whether a session of this browser is still alive at the server.
pub async fn knows_this_browser() -> bool {
    http::call::<Profile>("/api/v1/session", None).await.is_ok()
}

/// Ends the session at the server.
pub async fn sign_out() -> Result<(), Failure> {
    http::send("DELETE", "/api/v1/session", None).await.map(drop)
}

/// The pack in force: as it is to be kept, and read.
pub async fn fetch_pack() -> Result<(String, DistrictPack), Failure> {
    let reply = http::send("GET", "/api/v1/pack", None).await?;
    let pack: DistrictPack = http::read(&reply)?;
    Ok((reply.text, pack))
}
