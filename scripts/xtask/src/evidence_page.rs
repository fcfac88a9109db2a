//! The page that checks evidence packages, as one file that needs nothing else: no server, no network. Its own policy
//! lets this one script run and nothing be sent.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::browser_module::{self, Built};

/// It holds the whole machine, for it replays the journal; an audit may wait a moment.
const MAX_GZIP_BYTES: usize = 450_000;

/// Writes the page into `output`. `folder` holds its parts; `problems` is the file with the words of faults.
pub(crate) fn write(input: &Path, folder: &Path, problems: &Path, output: &Path) -> Result<()> {
    let Built { module, glue } = browser_module::build(input, "evidence", MAX_GZIP_BYTES)?;
    let part = |name: &str| read(&folder.join(name));
    let constants = [
        ("module", format!("'{}'", STANDARD.encode(&module))),
        ("words", part("words.json")?),
        ("events", part("events.json")?),
        ("problems", read(problems)?),
    ];
    let constants = constants.map(|(name, value)| format!("const {name} = {};\n", value.trim()));
    let script = format!("\n{}{glue}\n{}", constants.concat(), part("page.js")?);
    ensure!(!script.contains("</script"), "the script would end itself");
    let style = part("page.css")?;
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let page = part("page.html")?
        .replace("{{policy}}", &policy)
        .replace("{{style}}", &style)
        .replace("{{script}}", &script);
    let parent = output.parent().context("a folder for the page")?;
    fs::create_dir_all(parent).with_context(|| format!("creating {}", parent.display()))?;
    fs::write(output, page).with_context(|| format!("writing {}", output.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// As a policy names it (Content Security Policy Level 3, section 2.3.1).
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
