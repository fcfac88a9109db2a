//! What a command prints. Whoever closed our output (`| head`) has read enough: the command goes on to its end, quietly
//! and with its usual code, for a renewal must not break off because nobody reads on. Any other failure is told and counts.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Something that was to be printed is lost, for another reason than that nobody reads it.
static LOST: AtomicBool = AtomicBool::new(false);

/// Results go to standard output.
pub(super) fn print(line: &str) {
    print_text(&format!("{line}\n"));
}

/// The same, letter by letter.
pub(super) fn print_text(text: &str) {
    let written = put(&mut io::stdout().lock(), text);
    if let Err(error) = written {
        // Once is enough.
        if !LOST.swap(true, Ordering::Relaxed) {
            print_error(&format!("standard output: {error}"));
        }
    }
}

/// Where this cannot be told there is nowhere else to tell it.
pub(super) fn print_error(line: &str) {
    let _ = put(&mut io::stderr().lock(), &format!("provisioning-flow: {line}\n"));
}

/// The code of a command: it failed, too, where what it printed is lost.
pub(super) fn code_with_output(code: ExitCode) -> ExitCode {
    if LOST.load(Ordering::Relaxed) {
        return ExitCode::FAILURE;
    }
    code
}

fn put(to: &mut impl Write, text: &str) -> io::Result<()> {
    let written = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many bytes, and then nothing for this reason.
    struct Narrow(usize, ErrorKind);

    impl Write for Narrow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(self.1.into());
            }
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_failure_and_a_full_disk_is_one() {
        let broken = |reason| put(&mut Narrow(3, reason), "a line\n");
        assert!(broken(ErrorKind::BrokenPipe).is_ok());
        assert_eq!(
            broken(ErrorKind::StorageFull).unwrap_err().kind(),
            ErrorKind::StorageFull
        );
        assert!(put(&mut Narrow(7, ErrorKind::BrokenPipe), "a line\n").is_ok());
    }
}
