//! One application and everything that is done to it.

use std::sync::Arc;
use std::time::Duration;

use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::ids::ItemId;
use dev_tenant::sharepoint::state::item::Item;
use dev_tenant::world::Ids;
use serde_json::Value;

use super::{Mood, Party};
use crate::forms;
use crate::house::{House, pause};
use crate::person::Person;
use crate::rows::{self, APPLICATIONS, INBOX};

/// Between two acts, in milliseconds at most; a third of them follow at once.
const LONGEST_PAUSE: u64 = 400;
const FEWEST_ACTS: u64 = 2;
const MOST_ACTS: u64 = 6;
/// The application is looked for so often.
const LOOKS: u32 = 600;
const LOOK: Duration = Duration::from_millis(50);

pub struct Meddler {
    pub(super) party: Arc<Party>,
    pub(super) ids: Ids,
    pub(super) form: Value,
    /// The row of the inbox.
    pub row: u32,
    pub(super) item: Option<i64>,
    pub(super) number: String,
    /// Step tokens that were seen once.
    pub(super) tokens: Vec<String>,
    pub(super) seed: u64,
    /// The sealed column that is still to be altered here; over the seeds each has its turn.
    turn: Option<usize>,
}

/// What the item shows.
#[derive(Default)]
pub(super) struct Sight {
    pub(super) token: String,
    pub(super) is_first_step: bool,
}

impl Meddler {
    /// Hands in an application for this account.
    pub async fn apply(house: &House, party: &Arc<Party>, seed: u64) -> Self {
        let form = forms::account(house, &format!("m{seed}"));
        let row = party.applicant.add(INBOX, &forms::application(&form)).await;
        Self {
            party: Arc::clone(party),
            ids: Ids::seeded(seed),
            form,
            row: u32::try_from(row).expect("a row's number"),
            item: None,
            number: String::new(),
            tokens: Vec::new(),
            seed,
            turn: usize::try_from(seed).ok().map(|seed| seed % party.columns.len()),
        }
    }

    pub fn item(&mut self) -> Option<u32> {
        self.find_now();
        self.item.and_then(|item| u32::try_from(item).ok())
    }

    pub(super) fn below(&mut self, bound: u64) -> usize {
        usize::try_from(self.ids.below(bound)).unwrap_or(0)
    }

    /// Some acts, one after the other.
    pub async fn meddle(&mut self, mood: Mood) {
        self.find().await;
        let acts = FEWEST_ACTS + self.ids.below(MOST_ACTS - FEWEST_ACTS + 1);
        let turn = self.ids.below(acts);
        for act in 0..acts {
            if self.below(3) > 0 {
                pause(Duration::from_millis(self.ids.below(LONGEST_PAUSE))).await;
            }
            if act >= turn
                && let Some(item) = self.item
                && let Some(column) = self.turn.take()
            {
                self.alter_in_turn(item, column).await;
            }
            self.act(mood).await;
        }
    }

    async fn act(&mut self, mood: Mood) {
        let Some(item) = self.item else {
            self.find().await;
            return;
        };
        let sight = self.look(item);
        let forges = if mood == Mood::Forging { 20 } else { 0 };
        match self.below(100 + forges) {
            0..=81 => self.enter(item, &sight).await,
            82..=91 => self.ask_by_row(&sight).await,
            92..=96 => self.edit_own_row().await,
            97..=99 => self.trespass(item).await,
            _ => self.forge(item, &sight).await,
        }
    }

    /// Waits a little for the application to be sealed.
    async fn find(&mut self) {
        for _ in 0..LOOKS {
            if self.item.is_some() {
                return;
            }
            self.find_now();
            pause(LOOK).await;
        }
    }

    fn find_now(&mut self) {
        let source = format!("{}.1", self.row);
        let tenant = self.party.world.tenant();
        let mut items = rows::list(&tenant, APPLICATIONS)
            .into_iter()
            .flat_map(|list| list.items.values().rev());
        if let Some(item) = items.find(|item| text(item, "PFSource") == source) {
            self.number = text(item, "PFNumber");
            self.item = Some(i64::from(item.id.0));
        }
    }

    pub(super) fn look(&mut self, item: i64) -> Sight {
        let number = u32::try_from(item).map(ItemId).ok();
        let sight = {
            let tenant = self.party.world.tenant();
            let item = rows::list(&tenant, APPLICATIONS).and_then(|list| list.items.get(&number?));
            item.map_or_else(Sight::default, |item| Sight {
                token: text(item, "PFStepToken"),
                is_first_step: text(item, "PFStepName") == "上長承認",
            })
        };
        if !sight.token.is_empty() && !self.tokens.contains(&sight.token) {
            self.tokens.push(sight.token.clone());
        }
        sight
    }

    /// Mostly somebody who is asked now.
    pub(super) fn somebody(&mut self, sight: &Sight) -> usize {
        match (self.below(5), sight.is_first_step) {
            (0, _) => self.below(4),
            (_, true) => 0,
            (_, false) => 1 + self.below(3),
        }
    }

    /// Outsiders are refused.
    async fn trespass(&mut self, item: i64) {
        let party = Arc::clone(&self.party);
        let intruders: [&Person; 2] = [&party.stranger, &party.applicant];
        let intruder = intruders[self.below(2)];
        let vote = serde_json::json!({ "PFDecision": "承認" });
        let status = intruder.change(APPLICATIONS, item, &vote).await;
        assert!(
            [403, 404].contains(&status.as_u16()),
            "{} changes an application: {status}",
            intruder.id
        );
    }
}

pub(super) fn text(item: &Item, column: &str) -> String {
    match item.value(column) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    }
}
