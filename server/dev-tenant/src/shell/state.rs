//! What the shell keeps beside the world: the way out, and the faults to come.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;

use super::bends::Bends;
use super::certificates::{CertificateError, ca_file};
use super::faults::{Faults, Strike};
use super::secrets::Secrets;
use super::start::StartError;
use crate::sharepoint::farm::post::Post;
use crate::world::World;

#[derive(Debug)]
pub(super) struct Shell {
    pub(super) world: Arc<World>,
    pub(super) bends: Bends,
    pub(super) data: PathBuf,
    faults: Mutex<Faults>,
    strikes: Mutex<Vec<Strike>>,
    secrets: Mutex<Secrets>,
    arrivals: Mutex<BTreeMap<String, u64>>,
}

impl Shell {
    /// Needs the CA's certificate under `data`.
    pub(super) fn new(world: Arc<World>, data: &Path) -> Result<Self, StartError> {
        let authority = std::fs::read(ca_file(data)).map_err(CertificateError::from)?;
        Ok(Self {
            world,
            bends: Bends::new(authority)?,
            data: data.to_owned(),
            faults: Mutex::default(),
            strikes: Mutex::default(),
            secrets: Mutex::default(),
            arrivals: Mutex::default(),
        })
    }

    /// Lets the farm ask event receivers. Needs a Tokio runtime around it.
    pub(super) fn connect_farm(self: &Arc<Self>) {
        let Some(farm) = self.world.farm() else {
            return;
        };
        let (shell, runtime) = (Arc::downgrade(self), Handle::current());
        let post = Post::new(move |url, action, envelope| {
            let courier = shell.upgrade()?.bends.courier();
            runtime.block_on(courier.soap(url, action, envelope.to_owned()))
        });
        if farm.post.set(post).is_err() {
            tracing::debug!("the farm has its way out already");
        }
    }

    /// How many calls came so far, by `User-Agent`.
    pub(super) fn arrivals(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was shown or issued at the door and must stand nowhere else.
    pub(super) fn secrets(&self) -> MutexGuard<'_, Secrets> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What faults struck so far, oldest first.
    pub(super) fn strikes(&self) -> MutexGuard<'_, Vec<Strike>> {
        self.strikes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
