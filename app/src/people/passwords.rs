//! Password hashes and one-time tokens. Always true here: hashing runs on a thread that may block, never on one that answers, and never
//! on more of them than there are cores.

use crate::AppError;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use sha2::{Digest, Sha256};
use std::{
    sync::{Arc, LazyLock},
    thread::available_parallelism,
};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// What a wrong address is compared with, so that it takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("niemand heeft dit wachtwoord").expect("argon2 hashes a short text"));

/// As many at once as there are cores: each takes 19 MiB, and more at once are not sooner done.
static AT_ONCE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(available_parallelism().map_or(2, usize::from))));

/// Runs it where it may block, in its turn. The turn ends with the work, also when nobody waits for the answer any more.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let turn = AT_ONCE.clone().acquire_owned().await.map_err(broken)?;
    spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    })
    .await
    .map_err(broken)
}

fn hash_now(password: &str) -> Result<String, AppError> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(broken)?;
    Ok(Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(broken)?.to_string())
}

fn broken(error: impl std::fmt::Display) -> AppError {
    tracing::error!(%error, "password hashing");
    AppError::Internal
}

/// Argon2id with the library's current parameters and a random salt.
///
/// # Errors
/// `Internal` when the machine has no randomness or memory left.
pub async fn hash(password: String) -> Result<String, AppError> {
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password is the one hashed. Without a hash it takes as long, and is not.
///
/// # Errors
/// `Internal` when the thread ends early.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, AppError> {
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok() && known
    })
    .await
}

/// A one-time token for a link, 192 random bits, and the hash to keep.
///
/// # Errors
/// `Internal` when the machine has no randomness left.
pub fn token() -> Result<(String, String), AppError> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(broken)?;
    let token = hex::encode(bytes);
    let hash = hash_of(&token);
    Ok((token, hash))
}

/// The hash under which a token, an address or an e-mail address is kept.
#[must_use]
pub fn hash_of(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
