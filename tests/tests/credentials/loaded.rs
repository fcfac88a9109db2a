//! Two instances on PostgreSQL under load: web parts ask them twenty times a second, applications are carried out, and
//! what proves the app is renewed and the old one removed meanwhile. `PF_LOAD_SECONDS`: how long each run takes.

use std::process::Child;
use std::time::Duration;

use e2e::administrators;
use e2e::api::{ApiToken, grant_web_parts};
use e2e::asking::{Asking, Heard};
use e2e::forms;
use e2e::house::{House, Wishes};
use e2e::offer::managers_approval;
use e2e::registration::said;
use e2e::rows::INBOX;
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, until, vote};
use e2e::soak;
use e2e::twin::Twin;
use serde_json::{Value, json};
use store::test_postgres::TestPostgres;

use super::{A_DAY, BACKEND, phase, refusals_by_entra, until_phase};

/// Twenty times a second.
const BETWEEN: Duration = Duration::from_millis(50);
const A_SECOND: usize = 20;
const SECONDS: usize = 15;

struct Company {
    house: House,
    twin: Twin,
    hired: usize,
}

impl Company {
    async fn on(database: &str) -> Self {
        let wishes = Wishes {
            database: Some(database),
            ..Wishes::default()
        };
        let mut house = House::build(BACKEND, wishes).await;
        administrators::appoint(&house, ADMINISTRATOR);
        house.can_renew(false, "");
        house.offer_steps(&[managers_approval(&json!({}))]);
        grant_web_parts(&house);
        house.own_registration().await;
        house.log_everything();
        house.serve().await;
        let setup = house.run(&["setup"]);
        assert!(setup.status.success(), "{}", said(&setup));
        let twin = Twin::beside(&house).await;
        Self {
            house,
            twin,
            hired: 0,
        }
    }

    /// Of two people, at each instance.
    async fn tokens(&self) -> Vec<ApiToken> {
        let mut tokens = Vec::new();
        for person in sign_in(&self.house, [APPLICANT, MANAGER]).await {
            let token = ApiToken::of(&self.house, &person).await;
            tokens.push(token.through(self.twin.client()));
            tokens.push(token);
        }
        tokens
    }

    /// Somebody is applied for, agreed to and made.
    async fn hire(&mut self) {
        self.hired += 1;
        let [applicant, manager] = sign_in(&self.house, [APPLICANT, MANAGER]).await;
        let form = forms::account(&self.house, &format!("hana{}.takahashi", self.hired));
        let row = applicant.add(INBOX, &forms::application(&form)).await;
        let item = item_of(&self.house, &applicant, &manager, row).await;
        vote(&self.house, &manager, item, MANAGERS_STEP).await;
        until(&self.house, &applicant, (INBOX, row), |row| {
            row["PFStatus"] == "CO"
        })
        .await;
    }

    /// A day passes, in which nobody asks.
    async fn a_day_later(&self, asking: &Asking) {
        let mut held = asking.hold().await;
        self.house.tenant.advance(A_DAY).expect("the clock moves");
        *held = self.tokens().await;
    }

    /// People ask and are hired; the renewal, if there is to be one, begins after a third of the questions, and a day
    /// has passed after two.
    async fn under_load(&mut self, renewing: bool) -> Heard {
        let all = A_SECOND * soak::load_seconds(SECONDS);
        let asking = Asking::begin(self.tokens().await, BETWEEN);
        let mut renewal = None;
        while asking.count() < all / 3 {
            self.hire().await;
        }
        if renewing {
            renewal = Some(self.house.start(&["credentials", "renew"]));
        }
        while asking.count() < 2 * all / 3 {
            self.hire().await;
        }
        renewal.into_iter().for_each(succeeds);
        self.a_day_later(&asking).await;
        if renewing {
            until_phase(&self.house, "removed").await;
        }
        while asking.count() < all {
            self.hire().await;
        }
        asking.end().await
    }
}

fn succeeds(mut renewal: Child) {
    let ended = renewal.wait().expect("it ends");
    assert!(ended.success(), "{ended}");
}

/// `None`: there is no PostgreSQL, and nobody demands it.
async fn postgres() -> Option<TestPostgres> {
    let started = TestPostgres::start().await.expect("PostgreSQL");
    let demanded = std::env::var_os("PF_REQUIRE_POSTGRES").is_some();
    assert!(
        started.is_some() || !demanded,
        "PostgreSQL is neither installed nor named by PF_TEST_POSTGRES_URL"
    );
    started
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_under_load_on_two_instances_a_renewal_costs_not_one_question() {
    let Some(postgres) = postgres().await else {
        return;
    };
    let database = postgres.database("loaded").await.expect("a database");
    let mut company = Company::on(&database).await;
    let process = company.house.process();
    let before = company.house.thumbprints().await;
    let usual = company.under_load(false).await;
    assert!(usual.refused.is_empty(), "{:#?}", usual.refused);
    assert_eq!(company.house.thumbprints().await, before);
    let renewing = company.under_load(true).await;
    assert!(renewing.refused.is_empty(), "{:#?}", renewing.refused);
    assert_eq!(phase(&company.house), "removed");
    let after = company.house.thumbprints().await;
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
    assert_eq!(company.house.process(), process);
    assert!(company.twin.runs(), "{}", company.twin.log());
    for log in [company.house.log(), company.twin.log()] {
        assert!(log.contains("the app proves itself by"), "both went over");
        // Whom the day that passes at once overtakes on its way, SharePoint may refuse for the age of its token.
        assert!(
            refusals_by_entra(&log).is_empty(),
            "{:#?}",
            refusals_by_entra(&log)
        );
    }
    assert_eq!(said(&company.house.run(&["jobs"])), "");
    let figures: Value = json!({
        "instances": 2, "aSecond": A_SECOND, "askedWithout": usual.asked, "askedRenewing": renewing.asked,
        "refused": usual.refused.len() + renewing.refused.len(), "hired": company.hired,
    });
    soak::keep("renewal-under-load", &figures);
}
