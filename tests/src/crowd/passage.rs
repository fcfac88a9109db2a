//! From the first row handed in to the last account made.

use std::collections::BTreeSet;
use std::sync::Arc;

use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::item::Item;
use dev_tenant::world::Tenant;
use tokio::task::JoinSet;

use super::cast::{self, Act, Cast};
use crate::rows::{self, INBOX};
use crate::soak;
use crate::watch::Watch;

/// People act side by side, so many at a time.
const HANDS: usize = 8;
/// So many applications are open at a time.
const OPEN: usize = 60;
/// Sessions last for days; while so many applications end, time runs for hours.
const SESSION: usize = 200;
/// Nothing more happens for so many looks: something was lost.
const PATIENCE: u32 = 6_000;

/// All of a crowd handed in, voted on and closed.
pub async fn carry_through(watch: &mut Watch, size: usize) {
    let mut cast = Cast::sign_in(&watch.house).await;
    let mut acts = JoinSet::new();
    let (mut handed_in, mut asked) = (0, BTreeSet::new());
    let (mut closed, mut idle) = (0, 0);
    while closed < size {
        let mut next = asked_anew(&watch.house.world().tenant(), &mut asked);
        while handed_in < size.min(closed + OPEN) && acts.len() + next.len() < HANDS {
            handed_in += 1;
            let row = cast::row(&watch.house, handed_in);
            next.push(Act::HandIn {
                number: handed_in,
                row,
            });
        }
        for act in next {
            let cast = Arc::clone(&cast);
            acts.spawn(async move { cast.act(act).await });
        }
        watch.rest().await;
        while let Some(done) = acts.try_join_next() {
            let again = done.unwrap_or_else(|error| panic!("{error}\n{}", watch.house.log_end()));
            if let Some(token) = again {
                asked.remove(&token);
            }
        }
        let now = completed(&watch.house.world().tenant());
        idle = if now > closed { 0 } else { idle + 1 };
        if now / SESSION > closed / SESSION {
            cast = Cast::sign_in(&watch.house).await;
        }
        closed = now;
        soak::progress("crowd", closed, size);
        assert!(
            idle < PATIENCE,
            "{closed} of {size} closed\n{}",
            watch.house.log_end()
        );
    }
}

fn text<'a>(item: &'a Item, column: &str) -> &'a str {
    match item.value(column) {
        Some(FieldValue::Text(text)) => text,
        _ => "",
    }
}

/// Steps at which nobody was told to vote yet, in any list.
fn asked_anew(tenant: &Tenant, asked: &mut BTreeSet<String>) -> Vec<Act> {
    let mut acts = Vec::new();
    for list in rows::shards(tenant) {
        let waiting = rows::items(tenant, &list).filter(|item| text(item, "PFStatus") == "IA");
        for item in waiting {
            let token = text(item, "PFStepToken");
            if acts.len() < HANDS && asked.insert(token.to_owned()) {
                acts.push(Act::Agree {
                    place: (list.clone(), i64::from(item.id.0)),
                    token: token.to_owned(),
                    is_first: text(item, "PFStepName") == "上長承認",
                });
            }
        }
    }
    acts
}

fn completed(tenant: &Tenant) -> usize {
    let rows = rows::items(tenant, INBOX);
    rows.filter(|row| text(row, "PFStatus") == "CO").count()
}
