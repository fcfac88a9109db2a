//! Folds one closed application: look, take the next step, look again. Alone in the application's lane, so that
//! nothing is published meanwhile.

use std::collections::BTreeSet;

use m365::Verdict;
use m365::csom::Grant;
use m365::sharepoint::ItemId;
use store::jobs::JobEnd;
use store::{ApplicationId, Fold, StoreError, transaction};

use super::left::{self, Hindrance};
use super::name::{APP_ONLY, fits};
use super::step::{Place, Seen, Step, next};
use crate::cases::Case;
use crate::jobs::{JobError, Task};
use crate::publish::{self, difference};
use crate::service::Service;
use crate::shards::Home;

/// Making, restricting, moving, inheriting, and a look after each; what needs more comes again.
const MOST_STEPS: usize = 8;

/// Folds that restrict one folder at once: so many refusals in a row are no accident.
const MOST_REFUSALS: usize = 4;

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
    if is_refused(service, id).await? {
        return Ok(JobEnd::Drop(
            "the tenant refused another fold, which is parked".into(),
        ));
    }
    let work = match Work::of(service, &case, fold).await? {
        Begun::Work(work) => work,
        Begun::Nothing => return Ok(JobEnd::Done),
        Begun::Unfoldable(why) => return leave(service, id, why).await,
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
            Step::Refuse => return leave(service, id, Hindrance::ForeignFolder).await,
            Step::Move if moved => return Err(stopped("it is not where it was moved to")),
            Step::Move => moved = true,
            Step::MakeFold | Step::RestrictFold | Step::Inherit => {}
        }
        work.take(step).await?;
    }
    Err(JobError::Wait("the fold is not settled yet"))
}

fn words(why: &str) -> String {
    format!("the item is not folded and keeps its own permissions: {why}")
}

/// The application stays readable as it was, and until a person has looked, no other is folded.
fn stopped(why: &str) -> JobError {
    JobError::Stuck(words(why))
}

/// The application stays readable as it was; the cause is its own, so the others are folded.
async fn leave(service: &Service, id: &ApplicationId, why: Hindrance) -> Result<JobEnd, JobError> {
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        left::leave(tx, id, why, now).await?;
        Ok(JobEnd::Drop(words(&why.words().en)))
    })
}

/// Whether another fold is parked: this one would be refused too, and be one more mail to administrators.
async fn is_refused(service: &Service, id: &ApplicationId) -> Result<bool, StoreError> {
    let parked = transaction!(service.store.read(&service.tenant), tx => tx.parked_jobs().await)?;
    let mut folds = parked.iter().filter(|job| job.kind == Task::FOLD);
    Ok(folds.any(|job| job.key != id.as_str()))
}

enum Begun<'a> {
    Work(Box<Work<'a>>),
    /// There is no item.
    Nothing,
    Unfoldable(Hindrance),
}

impl<'a> Work<'a> {
    async fn of(service: &'a Service, case: &Case, planned: &str) -> Result<Begun<'a>, JobError> {
        let Some(sealed) = &case.row.sealed else {
            return Ok(Begun::Nothing);
        };
        let item = i32::try_from(sealed.item).map_err(|error| JobError::unreadable("an item", &error))?;
        let (item, home) = (ItemId(item), Home::of(service, &case.row).await?);
        // An earlier run may have moved it already, by an earlier plan.
        let lies_in = match home.list.folder_of(item).await {
            Err(error) if error.is_not_found() => return Ok(Begun::Unfoldable(Hindrance::Deleted)),
            found => found?,
        };
        let fold = lies_in.filter(|name| fits(case, name));
        let fold = fold.unwrap_or_else(|| planned.to_owned());
        if !fits(case, &fold) {
            return Ok(Begun::Unfoldable(Hindrance::OtherReaders));
        }
        let want = publish::wanted(service, case).await?.grants;
        Ok(Begun::Work(Box::new(Self {
            of_fold: of_fold(service, &fold, &want).await?,
            service,
            home,
            item,
            fold,
            want,
        })))
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
/// back reads it again. An item of it that was given permissions of its own inherits again.
pub(crate) async fn share(
    service: &Service,
    (home, item): (&Home, ItemId),
    fold: &str,
    want: &BTreeSet<Grant>,
) -> Result<(), JobError> {
    let is_unique = home.list.has_unique_permissions(item).await?;
    if fold != APP_ONLY || is_unique {
        restrict(service, home, fold, &of_fold(service, fold, want).await?).await?;
    }
    if is_unique {
        home.list.reset_item_inheritance(item).await?;
    }
    Ok(())
}

/// What a folder holds in which these are the readers.
async fn of_fold(service: &Service, fold: &str, want: &BTreeSet<Grant>) -> Result<BTreeSet<Grant>, JobError> {
    if fold != APP_ONLY {
        return Ok(want.clone());
    }
    let places = service.places().await?;
    Ok(BTreeSet::from([Grant {
        principal: places.administrators,
        role: places.read,
    }]))
}

/// Another application of the same people may restrict the folder at the same moment. How SharePoint refuses whoever
/// comes second is not documented, so a refusal is believed only when it comes again after another look.
async fn restrict(
    service: &Service,
    home: &Home,
    fold: &str,
    want: &BTreeSet<Grant>,
) -> Result<(), JobError> {
    let folder = home.list.folder(fold).await?;
    let folder = folder.ok_or(JobError::Wait("the folder is not there yet"))?;
    let mut refusal = None;
    for _ in 0..MOST_REFUSALS {
        let Some(change) = difference(&home.list, folder, want).await? else {
            return Ok(());
        };
        let outcomes = service.site.set_access(home.id, &[change]).await;
        match outcomes.and_then(|outcomes| outcomes.into_iter().collect::<Result<Vec<()>, _>>()) {
            Ok(_) => return Ok(()),
            Err(error) if matches!(error.verdict, Verdict::Invalid | Verdict::Conflict) => {
                refusal = Some(error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    refusal.map_or(Ok(()), |error| Err(error.into()))
}

/// What waiting mends comes again; anything else means that this tenant does not fold.
fn refused(error: &m365::Error) -> JobError {
    match error.verdict {
        Verdict::Invalid | Verdict::NotFound | Verdict::Conflict | Verdict::Denied { .. } => {
            stopped(&format!("the tenant refuses ({error})"))
        }
        _ => error.clone().into(),
    }
}

#[cfg(test)]
mod tests;
