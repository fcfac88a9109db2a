//! Plans for accounts that are there already.

use m365::graph::Graph;
use provision::{ManagerWish, Plan};

use super::Issues;
use super::change::{Manager, Wished};
use super::people::People;

pub(super) async fn plan(
    graph: &Graph,
    asked: Vec<Wished>,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let mut people = People::of(graph);
    let mut wishes = Vec::with_capacity(asked.len());
    for one in asked {
        let mut wish = one.wish;
        // No answer: nobody has the nil id.
        if let Some(account) = one.account {
            wish.account = people.id(account).await?;
        }
        wish.manager = match one.manager {
            Manager::Stays => None,
            Manager::Nobody => Some(ManagerWish::Nobody),
            Manager::Becomes(manager) => Some(ManagerWish::Be(people.id(manager).await?)),
        };
        wishes.push(wish);
    }
    let views = provision::look_at(graph, &wishes).await?;
    Ok(provision::plan_change_rows(&wishes, &views))
}
