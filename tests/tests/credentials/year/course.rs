//! The steps of a year, and what people do at each.

use std::collections::VecDeque;
use std::time::Duration;

use e2e::api::{ApiToken, grant_web_parts};
use e2e::asking::{Asking, Heard};
use e2e::house::{House, Wishes};
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::registration::said;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER};
use e2e::validity::{Seen, Validity};
use e2e::watch::Watch;
use e2e::{administrators, forms, hire, ledger, soak};
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde_json::json;

use super::super::BACKEND;
use super::begin_with_one_of_ours;

/// Webhooks alone wake the product: no timer walks the lists within a year.
const NEVER: u32 = 400 * 86_400;
/// Between two questions of a web part.
const PAUSE: Duration = Duration::from_millis(250);
/// Past the end of the certificate that the year begins with.
const LIFETIME: &str = "lifetime_days = 380";
const DAYS: i32 = 56 * 7;
/// A step in the ordinary suite, in days.
const STEP: usize = 28;
/// February's first days are gone through one by one: business days are among them.
const DENSE: i8 = 5;
/// Nobody applies in these months: whatever lives two months unused runs out.
const SUMMER: [i8; 3] = [6, 7, 8];
/// 02:10 in Tokyo lies in the window of the automatic mode.
const HOUR: jiff::civil::Time = time(2, 10, 0, 0);

pub(super) struct Course {
    watch: Watch,
    asking: Asking,
    validity: Validity,
    ahead: VecDeque<Zoned>,
    hired: usize,
}

pub(super) struct Ended {
    pub(super) house: House,
    pub(super) heard: Heard,
    pub(super) seen: Seen,
}

impl Course {
    pub(super) async fn begin(automatic: bool) -> Self {
        let wishes = Wishes {
            walk: NEVER,
            ..Wishes::default()
        };
        let mut house = House::build(BACKEND, wishes).await;
        administrators::appoint(&house, ADMINISTRATOR);
        house.can_renew(automatic, LIFETIME);
        house.offer_steps(&[managers_approval(&json!({}))]);
        grant_web_parts(&house);
        house.own_registration().await;
        let first = first_of_april(&house);
        go_to(&house, first.timestamp());
        begin_with_one_of_ours(&house);
        house.log_everything();
        let watch = hire::settle(house).await;
        let asked = tokens(&watch.house).await;
        Self {
            asking: Asking::begin(asked, PAUSE),
            validity: Validity::watch(&watch.house),
            watch,
            ahead: moments(&first),
            hired: 0,
        }
    }

    pub(super) fn house(&self) -> &House {
        &self.watch.house
    }

    /// The next moment of the year, with its work; `None`: the year is over.
    pub(super) async fn step(&mut self) -> Option<Date> {
        let moment = self.ahead.pop_front()?;
        self.watch.quiet().await;
        {
            let mut held = self.asking.hold().await;
            go_to(&self.watch.house, moment.timestamp());
            *held = tokens(&self.watch.house).await;
        }
        self.work().await;
        Some(moment.date())
    }

    /// Somebody is applied for, agreed to and made; then the house is looked at.
    pub(super) async fn work(&mut self) {
        self.hired += 1;
        let applicant = Person::sign_in(self.house(), APPLICANT).await;
        let manager = Person::sign_in(self.house(), MANAGER).await;
        let form = forms::account(self.house(), &format!("hana{}.takahashi", self.hired));
        let row = applicant.add(INBOX, &forms::application(&form)).await;
        self.watch
            .until("the manager is asked", |tenant| item(tenant, row).is_some())
            .await;
        let item = item(&self.house().world().tenant(), row).expect("an item");
        self.agree(&manager, item).await;
        self.watch
            .until("it is carried out", |tenant| {
                rows::text(tenant, INBOX, row, "PFStatus") == "CO"
            })
            .await;
        self.look().await;
    }

    async fn agree(&mut self, manager: &Person, item: i64) {
        let token = rows::text(&self.house().world().tenant(), APPLICATIONS, item, "PFStepToken");
        let vote = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", manager.id) });
        // The step is shown a moment before its assignees are let in.
        for _ in 0..100 {
            if manager.change(APPLICATIONS, item, &vote).await.is_success() {
                return;
            }
            self.watch.rest().await;
        }
        panic!("the manager may not vote\n{}", self.house().log_end());
    }

    /// Nothing stopped, what wakes us lives, and what the app proves itself by is registered and works.
    async fn look(&self) {
        let house = self.house();
        let stopped = said(&house.run(&["jobs"]));
        assert_eq!(stopped, "", "{}", house.log_end());
        let now = house.world().clock.now();
        {
            let tenant = house.world().tenant();
            let hooks = &rows::site(&tenant).subscriptions;
            assert!(
                hooks.len() == 2 && hooks.values().all(|hook| now < hook.expires),
                "{hooks:?}"
            );
        }
        let status = house.credentials_status();
        let used = status["inUse"][0]["thumbprint"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(house.thumbprints().await.contains(&used), "{status}");
        let verified = house.run(&["credentials", "verify"]);
        assert!(verified.status.success(), "{now}: {}", said(&verified));
    }

    pub(super) async fn end(mut self) -> Ended {
        self.watch.quiet().await;
        let heard = self.asking.end().await;
        let house = self.watch.house;
        let made = ledger::once(&house);
        let made: Vec<_> = made
            .iter()
            .filter(|(key, _)| key.starts_with("graph:create:user:"))
            .collect();
        assert!(
            made.len() == self.hired && made.iter().all(|(_, times)| **times == 1),
            "{made:?}"
        );
        Ended {
            house,
            heard,
            seen: self.validity.end(),
        }
    }
}

async fn tokens(house: &House) -> Vec<ApiToken> {
    let mut tokens = Vec::new();
    for name in [APPLICANT, MANAGER] {
        let person = Person::sign_in(house, name).await;
        tokens.push(ApiToken::of(house, &person).await);
    }
    tokens
}

/// The item of a row that waits for a decision.
fn item(tenant: &dev_tenant::world::Tenant, row: i64) -> Option<i64> {
    let number = rows::text(tenant, INBOX, row, "PFNumber");
    let is_it = |id: &i64| {
        let text = |column| rows::text(tenant, APPLICATIONS, *id, column);
        !number.is_empty() && text("PFNumber") == number && !text("PFStepToken").is_empty()
    };
    let ids = rows::items(tenant, APPLICATIONS).map(|item| i64::from(item.id.0));
    ids.into_iter().find(is_it)
}

fn go_to(house: &House, moment: Timestamp) {
    let by = moment.duration_since(house.world().clock.now());
    if by > SignedDuration::ZERO {
        house.tenant.advance(by).expect("the clock moves");
    }
}

/// The next one, while the certificate that the tenant was born with still lives.
fn first_of_april(house: &House) -> Zoned {
    let tokyo = TimeZone::get("Asia/Tokyo").expect("Japan");
    let born = house.born().to_zoned(tokyo.clone());
    let years = [born.year(), born.year() + 1].into_iter();
    let mut firsts = years.map(|year| {
        Date::constant(year, 4, 1)
            .to_datetime(HOUR)
            .to_zoned(tokyo.clone())
    });
    let next = firsts.find(|first| matches!(first, Ok(first) if *first > born));
    let next = next.expect("an April").expect("a moment");
    let latest = born.saturating_add(364.days());
    if next < latest { next } else { latest }
}

/// From the day after `first`.
fn moments(first: &Zoned) -> VecDeque<Zoned> {
    let step = i32::try_from(soak::year_days(STEP)).expect("days");
    let days = (3..=DAYS).map(|day| (day, first.saturating_add(day.days())));
    let is_one = |(day, moment): &(i32, Zoned)| match moment.month() {
        2 if moment.day() <= DENSE => true,
        month => day % step == 0 && !SUMMER.contains(&month),
    };
    let chosen = days.filter(is_one).map(|(_, moment)| moment);
    chosen.collect()
}
