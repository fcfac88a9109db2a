//! Ctrl-C: what was under way is left as a kill leaves it, for the next run goes on from there; whoever pressed it is
//! told so. Nothing is waited for: a call may wait out a throttled service for minutes.

use std::process::ExitCode;

use crate::credentials::{LEASE, span};
use crate::service::Service;
use crate::setup::Words;

/// What a shell says of a program that SIGINT ended (POSIX: 128 and the number of the signal).
const INTERRUPTED: u8 = 130;

/// Does the work, or as much of it as is done when somebody presses Ctrl-C.
pub(super) async fn unless(
    service: &Service,
    work: impl Future<Output = anyhow::Result<ExitCode>>,
) -> anyhow::Result<ExitCode> {
    tokio::select! {
        done = work => done,
        Ok(()) = tokio::signal::ctrl_c() => {
            super::super::print_error(words().in_language(service.config.mail.language));
            Ok(ExitCode::from(INTERRUPTED))
        }
    }
}

/// The lease is not given back: what was sent last may still arrive.
fn words() -> Words {
    let Words { ja, en } = span(LEASE);
    Words {
        ja: format!(
            "中断しました。ここまでの結果は保存されており、サービスはそのまま動き続けます。{ja}後に同じコマンドをもう一度実行すると、続きから再開します"
        ),
        en: format!(
            "broken off: what was done is kept, and the service works on; run the same command again in {en}, and it goes on where it was"
        ),
    }
}
