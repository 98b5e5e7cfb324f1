//! axe-core on the page as it is now.

use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

use super::Browser;

/// One rule that the page breaks, with the elements that break it.
#[derive(Debug, Deserialize)]
pub struct Violation {
    pub id: String,
    pub impact: Option<String>,
    pub help: String,
    pub nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
pub struct Node {
    pub html: String,
    #[serde(rename = "failureSummary")]
    pub summary: Option<String>,
}

impl Browser {
    /// WCAG 2.2 A and AA, and axe's own best practices.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        let source = std::fs::read_to_string(crate::place::axe()?)?;
        // Through the driver, which the page's security policy does not bind.
        self.session()?.execute(&source, vec![]).await.context("axe-core does not load")?;
        self.run_async(
            "const found = await axe.run(document, args[0]);
             return found.violations.map(({ id, impact, help, nodes }) => ({
               id, impact, help,
               nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
             }));",
            vec![json!({ "resultTypes": ["violations"] })],
        )
        .await
    }

    /// Fails with every violation in words.
    pub async fn assert_accessible(&self, screen: &str) -> Result<()> {
        let violations = self.axe().await?;
        let list: Vec<_> = violations.iter().map(Violation::to_string).collect();
        anyhow::ensure!(list.is_empty(), "axe on {screen}:\n{}", list.join("\n"));
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let impact = self.impact.as_deref().unwrap_or("?");
        writeln!(out, "{} ({impact}): {}", self.id, self.help)?;
        for node in &self.nodes {
            writeln!(out, "    {}", node.html)?;
            for line in node.summary.iter().flat_map(|summary| summary.lines()) {
                writeln!(out, "        {line}")?;
            }
        }
        Ok(())
    }
}
