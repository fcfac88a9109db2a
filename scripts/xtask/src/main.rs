//! Build steps that need Rust: `xtask browser-module INPUT.wasm OUTPUT_FOLDER`,
//! `xtask evidence-page INPUT.wasm FOLDER PROBLEMS.json OUTPUT.html`.

mod browser_module;
mod evidence_page;
mod size;

use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["browser-module", input, output] => browser_module::write(Path::new(input), Path::new(output)),
        ["evidence-page", input, folder, problems, output] => evidence_page::write(
            Path::new(input),
            Path::new(folder),
            Path::new(problems),
            Path::new(output),
        ),
        _ => bail!(
            "usage: xtask browser-module INPUT.wasm OUTPUT_FOLDER\n       xtask evidence-page INPUT.wasm FOLDER PROBLEMS.json OUTPUT.html"
        ),
    }
}
