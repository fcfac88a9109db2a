//! What an idle service weighs. Measured by `scripts/bench memory`, with the production build.

use std::time::Duration;

use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::{rows, soak};
use serde_json::json;

const APPLICATIONS: usize = 100;
const IDLE: Duration = Duration::from_mins(1);
/// The promise of the design, in KiB.
const PROMISED: u64 = 64 * 1024;
const LOOK: Duration = Duration::from_secs(1);
const LOOKS: u32 = 600;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: scripts/bench memory"]
async fn an_idle_service_with_a_hundred_applications_is_small() {
    let backend = soak::backend(env!("CARGO_BIN_EXE_backend"));
    let mut house = House::build(&backend, Wishes::default()).await;
    house.run(&["setup"]);
    house.serve().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    for number in 0..APPLICATIONS {
        let form = forms::account(&house, &format!("hana.takahashi{number}"));
        applicant.add("PFInbox", &forms::application(&form)).await;
    }
    for look in 0.. {
        assert!(look < LOOKS, "not all are asked\n{}", house.log());
        let asked = rows::items(&house.world().tenant(), rows::APPLICATIONS).count();
        if asked == APPLICATIONS {
            break;
        }
        pause(LOOK).await;
    }
    pause(IDLE).await;
    let resident = house.resident();
    soak::keep(
        "memory",
        &json!({ "applications": APPLICATIONS, "idleSeconds": IDLE.as_secs(), "residentKiB": resident }),
    );
    assert!(resident < PROMISED, "{resident} KiB");
}
