//! Ctrl-C: the step under way comes to its end first, so that nobody follows a call that is still on its way.

use tokio::sync::watch;

/// Whether somebody has asked to break off.
pub(super) struct BreakOff(watch::Receiver<bool>);

impl BreakOff {
    /// From now on.
    pub(super) fn listen() -> Self {
        let (tell, told) = watch::channel(false);
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                tell.send_replace(true);
            }
        });
        Self(told)
    }

    pub(super) fn is_wished(&self) -> bool {
        *self.0.borrow()
    }

    pub(super) async fn wished(&mut self) {
        if self.0.wait_for(|told| *told).await.is_err() {
            // Nobody can ask for it.
            std::future::pending::<()>().await;
        }
    }
}
