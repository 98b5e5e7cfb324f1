//! The figures of `docs/BENCHMARKS.md`: measured side by side in one run, printed as a
//! table. Machines differ and are noisy; the last column, a ratio inside the run, is
//! what to compare.

mod assignment;
mod big_district;
mod operations;
mod photo_intake;
mod table;
mod thumbnail;

use table::Table;

fn main() -> anyhow::Result<()> {
    // `cargo test` and nextest start benches too; only `cargo bench` means it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let mut table = Table::default();
    assignment::measure(&mut table)?;
    thumbnail::measure(&mut table)?;
    operations::measure(&mut table)?;
    photo_intake::measure(&mut table)?;
    print!("{table}");
    Ok(())
}
