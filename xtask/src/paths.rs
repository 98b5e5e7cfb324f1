//! Where things are. The target folder may be anywhere (`CARGO_TARGET_DIR`,
//! configuration), so cargo is asked and nothing is guessed.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command;

pub struct Paths {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Paths {
    pub fn find() -> Result<Paths> {
        let text = command::output(command::cargo().args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
        ]))?;
        let metadata: serde_json::Value = serde_json::from_str(&text)?;
        let path = |key: &str| -> Result<PathBuf> {
            let text = metadata[key].as_str().with_context(|| format!("cargo metadata: {key}"))?;
            Ok(PathBuf::from(text))
        };
        Ok(Paths { root: path("workspace_root")?, target: path("target_directory")? })
    }

    /// What the server embeds: every file a phone can ask for, ready to send.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// What is handed to somebody else: one binary.
    pub fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }

    /// Tools from npm, at pinned versions.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    pub fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    pub fn demo_pack(&self) -> PathBuf {
        self.root.join("server/demo/pack")
    }

    /// The server's binary as cargo leaves it, for a profile's folder.
    pub fn server_binary(&self, profile_folder: &str) -> PathBuf {
        self.target.join(profile_folder).join(binary_name("xunjie"))
    }
}

pub fn binary_name(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
