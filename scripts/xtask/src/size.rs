//! How large the browser module is on the wire.

use std::io::Write;

use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

pub(crate) fn check(module: &[u8], most: usize) -> Result<()> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(module)?;
    let gzip = encoder.finish()?.len();
    #[expect(clippy::print_stderr, reason = "the size is what this step reports")]
    {
        eprintln!(
            "browser module: {} bytes, {gzip} bytes gzip (limit {most})",
            module.len()
        );
    }
    ensure!(
        gzip <= most,
        "the browser module is {gzip} bytes gzip, above {most}"
    );
    Ok(())
}
