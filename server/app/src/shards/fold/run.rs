//! Folds one closed application: look, take the next step, look again. Alone in the application's lane, so that
//! nothing is published meanwhile.

use std::collections::BTreeSet;

use m365::Verdict;
use m365::csom::{Grant, SetAccess};
use m365::sharepoint::{Assignment, ItemId, List};
use store::jobs::JobEnd;
use store::{ApplicationId, Fold, transaction};

use super::name::{APP_ONLY, fits};
use super::step::{Place, Seen, Step, next};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::publish;
use crate::service::Service;
use crate::shards::Home;

/// Making, restricting, moving, inheriting, and a look after each; what needs more comes again.
const MOST_STEPS: usize = 8;

/// One application on its way.
struct Work<'a> {
    service: &'a Service,
    home: Home,
    item: ItemId,
    fold: String,
    /// What the item holds.
    want: BTreeSet<Grant>,
    /// What the folder holds.
    of_fold: BTreeSet<Grant>,
}

pub(crate) async fn run(service: &Service, id: &ApplicationId, fold: &str) -> Result<JobEnd, JobError> {
    let case = Case::of_job(service, id).await?;
    let folded: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Ok(tx.fold_of(id).await?));
    if folded?.is_some() || !case.application.is_closed() {
        return Ok(JobEnd::Done);
    }
    let Some(work) = Work::of(service, &case, fold).await? else {
        return Ok(JobEnd::Done);
    };
    let mut moved = false;
    for _ in 0..MOST_STEPS {
        let step = next(work.look().await?);
        match step {
            Step::Done => {
                work.keep(id).await?;
                return Ok(JobEnd::Done);
            }
            Step::Wait => return Err(JobError::Wait("the item does not show its permissions yet")),
            Step::Refuse => return Err(left("it lies in a folder that is not ours")),
            Step::Move if moved => return Err(left("it is not where it was moved to")),
            Step::Move => moved = true,
            Step::MakeFold | Step::RestrictFold | Step::Inherit => {}
        }
        work.take(step).await?;
    }
    Err(JobError::Wait("the fold is not settled yet"))
}

/// The application stays readable as it was.
fn left(why: &str) -> JobError {
    JobError::Stuck(format!(
        "the item is not folded and keeps its own permissions: {why}"
    ))
}

impl<'a> Work<'a> {
    /// `None` for an application without an item.
    async fn of(service: &'a Service, case: &Case, planned: &str) -> Result<Option<Self>, JobError> {
        let Some(sealed) = &case.row.sealed else {
            return Ok(None);
        };
        let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
        let (item, home) = (ItemId(item), Home::of(service, &case.row).await?);
        // An earlier run may have moved it already, by an earlier plan.
        let lies_in = home.list.folder_of(item).await?;
        let fold = lies_in.filter(|name| fits(case, name));
        let fold = fold.unwrap_or_else(|| planned.to_owned());
        if !fits(case, &fold) {
            return Err(left("its readers are not those of the folder"));
        }
        let want = publish::wanted(service, case).await?.grants;
        let places = service.places().await?;
        let administrators = Grant {
            principal: places.administrators,
            role: places.read,
        };
        Ok(Some(Self {
            of_fold: if fold == APP_ONLY {
                BTreeSet::from([administrators])
            } else {
                want.clone()
            },
            service,
            home,
            item,
            fold,
            want,
        }))
    }

    async fn look(&self) -> Result<Seen, JobError> {
        let list = &self.home.list;
        let lies_in = list.folder_of(self.item).await?;
        let fold = list.folder(&self.fold).await?;
        Ok(Seen {
            place: match lies_in {
                None => Place::Root,
                Some(name) if name == self.fold => Place::Fold,
                Some(_) => Place::Elsewhere,
            },
            is_unique: list.has_unique_permissions(self.item).await?,
            is_exact: difference(list, self.item, &self.want).await?.is_none(),
            has_fold: fold.is_some(),
            is_fold_exact: match fold {
                Some(fold) => difference(list, fold, &self.of_fold).await?.is_none(),
                None => false,
            },
        })
    }

    async fn take(&self, step: Step) -> Result<(), JobError> {
        let list = &self.home.list;
        match step {
            Step::MakeFold => self.make_fold().await,
            Step::RestrictFold => restrict(self.service, &self.home, &self.fold, &self.of_fold).await,
            Step::Move => {
                let moved = list.move_into(self.item, &self.fold).await;
                moved.map_err(|error| refused(&error))
            }
            Step::Inherit => Ok(list.reset_item_inheritance(self.item).await?),
            Step::Done | Step::Wait | Step::Refuse => Ok(()),
        }
    }

    /// Another application of the same people may have made it a moment ago; how that is told is not documented.
    async fn make_fold(&self) -> Result<(), JobError> {
        let list = &self.home.list;
        match list.create_folder(&self.fold).await {
            Ok(_) => Ok(()),
            Err(_) if list.folder(&self.fold).await?.is_some() => Ok(()),
            Err(error) => Err(refused(&error)),
        }
    }

    async fn keep(&self, id: &ApplicationId) -> Result<(), JobError> {
        let item = self.home.list.folder(&self.fold).await?;
        let fold = Fold {
            list: self.home.url.clone(),
            name: self.fold.clone(),
            item: i64::from(item.ok_or(JobError::Wait("the folder is not there yet"))?.0),
        };
        transaction!(self.service.store.write(&self.service.tenant), tx => {
            tx.add_fold(&fold).await?;
            Ok(tx.keep_fold(id, &fold.name).await?)
        })
    }
}

/// Makes a folder's permissions be what its people hold now: whoever has left reads nothing in it, and whoever is
/// back reads it again.
pub(crate) async fn share(
    service: &Service,
    home: &Home,
    fold: &str,
    want: &BTreeSet<Grant>,
) -> Result<(), JobError> {
    if fold == APP_ONLY {
        return Ok(());
    }
    restrict(service, home, fold, want).await
}

async fn restrict(
    service: &Service,
    home: &Home,
    fold: &str,
    want: &BTreeSet<Grant>,
) -> Result<(), JobError> {
    let folder = home.list.folder(fold).await?;
    let folder = folder.ok_or(JobError::Wait("the folder is not there yet"))?;
    let Some(change) = difference(&home.list, folder, want).await? else {
        return Ok(());
    };
    for outcome in service.site.set_access(home.id, &[change]).await? {
        outcome?;
    }
    Ok(())
}

/// What waiting mends comes again; anything else means that this tenant does not fold.
fn refused(error: &m365::Error) -> JobError {
    match error.verdict {
        Verdict::Invalid | Verdict::NotFound | Verdict::Conflict | Verdict::Denied { .. } => {
            left(&format!("the tenant refuses ({error})"))
        }
        _ => error.clone().into(),
    }
}

/// What keeps an item or folder from holding exactly `want`. Hidden levels (Limited Access) are traces of what
/// lies below and open nothing.
async fn difference(
    list: &List,
    item: ItemId,
    want: &BTreeSet<Grant>,
) -> Result<Option<SetAccess>, JobError> {
    if !list.has_unique_permissions(item).await? {
        return Ok(SetAccess::between(item, None, want));
    }
    let visible = |mut held: Assignment| {
        held.role_definition_bindings.retain(|role| !role.hidden);
        (!held.role_definition_bindings.is_empty()).then_some(held)
    };
    let held = list.item_assignments(item).await?.into_iter().filter_map(visible);
    Ok(SetAccess::between(item, Some(&held.collect::<Vec<_>>()), want))
}
