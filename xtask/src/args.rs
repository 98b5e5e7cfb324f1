//! The command line of the build tool: five commands, a handful of options.

use std::fmt;

pub const HELP: &str = "\
cargo xtask build [--fast]
    one binary with the app inside: target/dist/xunjie; prints what a phone downloads
    --fast   quick, large WASM and no size budget: for work on a screen
cargo xtask run [--listen ADDR] [--data DIR] [--fast]
    builds, makes the demo district in ./data on first start, serves on 127.0.0.1:8080
cargo xtask test [--only STEP[,STEP]] [-- ARGS]
    everything; ARGS go to the test runner, for example a test's name
    steps: fmt tidy tools site clippy clippy-app server probe components size
           tests postgres doctests
cargo xtask bench [BENCH …] [--before REVISION] [--postgres]
    the benches, release build; all of them when none is named
    benches: figures case_lists board first_start
    --before    builds that revision, too, and measures its starts in the same run
    --postgres  with the servers' databases on PostgreSQL
cargo xtask soak [TRIAL …] [--postgres] [--minutes N] [--seed N] [--schedules N]
    the long trials of docs/RELIABILITY.md; all of them when none is named
    trials: simulation kills intake networks faults restore chaos browser tabs updates week
    --postgres   with the servers' databases on PostgreSQL: kills intake networks faults
    --minutes    no step of a trial begins later; each trial has its own time
    --seed       the moments of an earlier run
    --schedules  of the simulation; a million";

#[derive(Debug, PartialEq)]
pub struct Args {
    pub task: Task,
}

#[derive(Debug, PartialEq)]
pub enum Task {
    Help,
    Build { fast: bool },
    Run(RunOptions),
    Test(TestOptions),
    Bench(BenchOptions),
    Soak(SoakOptions),
}

#[derive(Debug, Default, PartialEq)]
pub struct BenchOptions {
    /// Empty: all of them.
    pub benches: Vec<String>,
    pub before: Option<String>,
    pub postgres: bool,
}

#[derive(Debug, Default, PartialEq)]
pub struct SoakOptions {
    /// Empty: every trial.
    pub trials: Vec<String>,
    pub postgres: bool,
    pub minutes: Option<String>,
    pub seed: Option<String>,
    pub schedules: Option<String>,
}

#[derive(Debug, PartialEq)]
pub struct RunOptions {
    pub listen: String,
    pub data: String,
    pub fast: bool,
}

#[derive(Debug, Default, PartialEq)]
pub struct TestOptions {
    /// Empty: every step.
    pub only: Vec<String>,
    pub rest: Vec<String>,
}

/// What was written that cannot be understood.
#[derive(Debug, PartialEq)]
pub struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Args {
    pub fn parse(args: impl Iterator<Item = String>) -> Result<Args, Wrong> {
        let mut words = Words::new(args);
        let task = match words.first.as_deref() {
            None | Some("help" | "--help" | "-h") => Task::Help,
            Some("build") => Task::Build { fast: words.flag("--fast") },
            Some("run") => Task::Run(RunOptions {
                listen: words.option("--listen")?.unwrap_or_else(|| "127.0.0.1:8080".into()),
                data: words.option("--data")?.unwrap_or_else(|| "data".into()),
                fast: words.flag("--fast"),
            }),
            Some("test") => Task::Test(TestOptions {
                only: words
                    .option("--only")?
                    .map(|names| names.split(',').map(str::to_owned).collect())
                    .unwrap_or_default(),
                rest: std::mem::take(&mut words.rest),
            }),
            Some("bench") => Task::Bench(BenchOptions {
                postgres: words.flag("--postgres"),
                before: words.option("--before")?,
                benches: words.names(),
            }),
            Some("soak") => Task::Soak(SoakOptions {
                postgres: words.flag("--postgres"),
                minutes: words.option("--minutes")?,
                seed: words.option("--seed")?,
                schedules: words.option("--schedules")?,
                trials: words.names(),
            }),
            Some(other) => return Err(Wrong(format!("there is no command {other:?}"))),
        };
        words.end()?;
        Ok(Args { task })
    }
}

/// The words not yet understood; what follows `--` is kept apart untouched.
struct Words {
    first: Option<String>,
    left: Vec<String>,
    rest: Vec<String>,
}

impl Words {
    fn new(mut args: impl Iterator<Item = String>) -> Self {
        let first = args.next();
        let left = args.by_ref().take_while(|word| word != "--").collect();
        Words { first, left, rest: args.collect() }
    }

    fn flag(&mut self, name: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|word| word != name);
        self.left.len() < before
    }

    /// `--name value` or `--name=value`.
    fn option(&mut self, name: &str) -> Result<Option<String>, Wrong> {
        let prefix = format!("{name}=");
        if let Some(at) = self.left.iter().position(|word| word.starts_with(&prefix)) {
            return Ok(Some(self.left.remove(at)[prefix.len()..].to_owned()));
        }
        let Some(at) = self.left.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if at + 1 == self.left.len() {
            return Err(Wrong(format!("{name} needs a value")));
        }
        let value = self.left.remove(at + 1);
        self.left.remove(at);
        Ok(Some(value))
    }

    /// What is left and no option.
    fn names(&mut self) -> Vec<String> {
        let (options, names) =
            std::mem::take(&mut self.left).into_iter().partition(|word| word.starts_with("--"));
        self.left = options;
        names
    }

    fn end(self) -> Result<(), Wrong> {
        match self.left.iter().chain(&self.rest).next() {
            None => Ok(()),
            Some(word) => Err(Wrong(format!("what is {word:?}?"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Task, Wrong> {
        Args::parse(line.split_whitespace().map(str::to_owned)).map(|args| args.task)
    }

    #[test]
    fn understands_what_help_promises() {
        assert_eq!(parse("build --fast"), Ok(Task::Build { fast: true }));
        assert_eq!(
            parse("run --listen 0.0.0.0:80 --data=/srv"),
            Ok(Task::Run(RunOptions {
                listen: "0.0.0.0:80".into(),
                data: "/srv".into(),
                fast: false
            }))
        );
        assert_eq!(
            parse("test --only fmt,tidy -- proxy --no-capture"),
            Ok(Task::Test(TestOptions {
                only: vec!["fmt".into(), "tidy".into()],
                rest: vec!["proxy".into(), "--no-capture".into()],
            }))
        );
        assert_eq!(
            parse("bench first_start --before 4790278"),
            Ok(Task::Bench(BenchOptions {
                benches: vec!["first_start".into()],
                before: Some("4790278".into()),
                postgres: false,
            }))
        );
        assert_eq!(
            parse("soak kills faults --minutes 5 --postgres"),
            Ok(Task::Soak(SoakOptions {
                trials: vec!["kills".into(), "faults".into()],
                postgres: true,
                minutes: Some("5".into()),
                ..SoakOptions::default()
            }))
        );
    }

    #[test]
    fn refuses_what_it_would_ignore() {
        for line in ["built", "build --fats", "run --listen", "build -- x", "soak --hours 1"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
