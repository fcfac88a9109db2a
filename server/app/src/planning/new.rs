//! Plans for new accounts.

use m365::graph::Graph;
use provision::Plan;

use super::Issues;
use super::people::People;
use super::wish::Wished;

pub(super) async fn plan(
    graph: &Graph,
    asked: Vec<Wished>,
    domain: &str,
) -> Result<Vec<Result<Plan, Issues>>, m365::Error> {
    let mut people = People::of(graph);
    let mut wishes = Vec::with_capacity(asked.len());
    for Wished { mut wish, manager } in asked {
        if let Some(manager) = manager {
            wish.manager = Some(people.id(manager).await?);
        }
        wishes.push(wish);
    }
    let domains = [domain.to_owned()].into();
    let views = provision::look(graph, &wishes, &domains).await?;
    Ok(provision::plan_rows(&wishes, &views))
}
