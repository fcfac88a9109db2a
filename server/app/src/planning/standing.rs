//! Plans for accounts that are there already.

use m365::Tenant;
use provision::{ManagerWish, Plan};
use uuid::Uuid;

use super::Issues;
use super::answers::Person;
use super::change::{Manager, Wished};
use super::people::People;

/// `by_hand`: people do what a directory on premises masters.
pub(super) async fn plan(
    microsoft: &Tenant,
    asked: Vec<Wished>,
    by_hand: bool,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let (graph, exchange) = (microsoft.graph(), microsoft.exchange());
    let mut people = People::of(&graph);
    let mut wishes = Vec::with_capacity(asked.len());
    for one in asked {
        let mut wish = one.wish;
        wish.by_hand = by_hand;
        // No answer: nobody has the nil id.
        if let Some(account) = one.account {
            wish.account = people.id(account).await?;
        }
        wish.manager = match one.manager {
            Manager::Stays => None,
            Manager::Nobody => Some(ManagerWish::Nobody),
            Manager::Becomes(manager) => Some(ManagerWish::Be(people.id(manager).await?)),
        };
        if let Some(leave) = &mut wish.leave {
            leave.access = named(&mut people, one.access).await?;
            leave.forward = named(&mut people, one.forward).await?;
        }
        wishes.push(wish);
    }
    let views = provision::look_at(&graph, &exchange, &wishes).await?;
    Ok(provision::plan_change_rows(&wishes, &views))
}

async fn named(people: &mut People<'_>, person: Option<Person>) -> Result<Option<Uuid>, m365::Error> {
    Ok(match person {
        Some(person) => Some(people.id(person).await?),
        None => None,
    })
}
