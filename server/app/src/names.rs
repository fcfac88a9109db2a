//! The directory's answers about names that people would like to give, kept for a moment; and who asks too much.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use forms::Availability;
use m365::{Priority, Work};
use moka::future::Cache;
use provision::{NameStanding, WantedName, look_for_name};
use uuid::Uuid;

use crate::service::Service;

/// Answers are kept this long, so that typing costs Microsoft 365 little.
const KEEP: Duration = Duration::from_secs(30);
/// Names kept at most.
const NAMES: u64 = 1_000;
/// Within [`MINUTE`] a person may ask so often: a form has few names, and a pause in typing comes before each question.
const MOST: u32 = 60;
const MINUTE: Duration = Duration::from_mins(1);
/// People counted at most.
const PEOPLE: u64 = 100_000;

/// A name, and what may have it already.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) kind: Availability,
    /// As a form stores it.
    pub(crate) name: String,
    /// Object id of what is changed.
    pub(crate) than: Option<Uuid>,
}

#[derive(Clone)]
pub(crate) struct Names {
    standings: Cache<Question, NameStanding>,
    asked: Cache<Uuid, Arc<AtomicU32>>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            standings: Cache::builder().max_capacity(NAMES).time_to_live(KEEP).build(),
            asked: Cache::builder().max_capacity(PEOPLE).time_to_live(MINUTE).build(),
        }
    }
}

impl Names {
    /// How long a person has to wait who asked too often.
    pub(crate) async fn too_often(&self, person: Uuid) -> Option<Duration> {
        let asked = self.asked.get_with(person, async { Arc::default() }).await;
        (asked.fetch_add(1, Ordering::Relaxed) >= MOST).then_some(MINUTE)
    }

    /// How a name stands in the tenant.
    pub(crate) async fn standing(
        &self,
        service: &Service,
        asked: &Question,
    ) -> Result<NameStanding, Arc<m365::Error>> {
        let look = look(service, asked);
        self.standings.try_get_with(asked.clone(), look).await
    }
}

async fn look(service: &Service, asked: &Question) -> m365::Result<NameStanding> {
    let work = Work {
        correlation: m365::random_uuid(),
        priority: Priority::People,
    };
    let graph = service.microsoft.graph().for_work(work);
    // As with masters: Exchange takes a role of its own, and is asked only where a workflow needs it.
    let mut offered = service.workflows.iter();
    let is_asked = offered.any(|offered| offered.definition.execution.plan.is_of_exchange());
    let exchange = is_asked.then(|| service.microsoft.exchange().for_work(work));
    let address = address(service, asked);
    let name = asked.name.as_str();
    let nickname = name.replace('\'', "");
    let wanted = match asked.kind {
        Availability::Upn => WantedName::Account {
            nickname: &nickname,
            address: &address,
        },
        Availability::Alias => WantedName::Alias {
            nickname: name,
            address: &address,
        },
        Availability::Address => WantedName::Outside(name),
        Availability::GroupName => WantedName::Group(name),
    };
    look_for_name(&graph, exchange.as_ref(), &wanted, asked.than).await
}

/// What has no domain lies in ours.
pub(crate) fn address(service: &Service, asked: &Question) -> String {
    match asked.kind {
        Availability::Upn | Availability::Alias => format!("{}@{}", asked.name, service.config.tenant.domain),
        Availability::Address | Availability::GroupName => asked.name.clone(),
    }
}
