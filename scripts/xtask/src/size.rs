//! How large the browser module is on the wire.

use std::io::Write;

use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The product's own promise.
const MAX_GZIP_BYTES: usize = 150_000;

pub(crate) fn check(module: &[u8]) -> Result<()> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(module)?;
    let gzip = encoder.finish()?.len();
    #[expect(clippy::print_stderr, reason = "the size is what this step reports")]
    {
        eprintln!(
            "browser module: {} bytes, {gzip} bytes gzip (limit {MAX_GZIP_BYTES})",
            module.len()
        );
    }
    ensure!(
        gzip <= MAX_GZIP_BYTES,
        "the browser module is {gzip} bytes gzip, above {MAX_GZIP_BYTES}"
    );
    Ok(())
}
