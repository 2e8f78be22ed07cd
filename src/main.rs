//! The program: arguments in, a window or one headless command out.

fn main() -> anyhow::Result<()> {
    let file = std::env::args_os().nth(1).map(Into::into);
    Ok(demarche::ui::run(demarche::ui::RunOptions { file, ..Default::default() })?)
}
