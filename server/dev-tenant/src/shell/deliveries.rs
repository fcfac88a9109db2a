//! Webhooks leave the tenant here, in the background.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use super::state::Shell;

/// How often the queue is looked at in real time; what is due is the tenant's clock's matter.
const LOOK: Duration = Duration::from_millis(200);

pub(super) fn spawn(shell: Arc<Shell>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = interval(LOOK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let courier = shell.bends.courier();
            courier.deliver_due(&shell.world).await;
            courier.tell_due(&shell.world).await;
        }
    })
}
