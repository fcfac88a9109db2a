//! Where connections that leave the tenant really go.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use crate::sharepoint::webhooks::courier::Courier;

/// Host names bent to addresses, and the courier that follows them.
#[derive(Debug)]
pub(super) struct Bends {
    /// The dev CA in PEM: whom the courier trusts.
    authority: Vec<u8>,
    way: Mutex<Way>,
}

#[derive(Debug)]
struct Way {
    bent: BTreeMap<String, SocketAddr>,
    courier: Courier,
}

impl Bends {
    pub(super) fn new(authority: Vec<u8>) -> Result<Self, reqwest::Error> {
        let way = Way {
            bent: BTreeMap::new(),
            courier: Courier::new(&authority, &[])?,
        };
        Ok(Self {
            authority,
            way: Mutex::new(way),
        })
    }

    /// The courier as the bends stand now.
    pub(super) fn courier(&self) -> Courier {
        self.way().courier.clone()
    }

    pub(super) fn all(&self) -> BTreeMap<String, SocketAddr> {
        self.way().bent.clone()
    }

    /// Bends a host, or lets it go straight again.
    pub(super) fn set(&self, host: &str, address: Option<SocketAddr>) -> Result<(), reqwest::Error> {
        let mut way = self.way();
        let mut bent = way.bent.clone();
        match address {
            Some(address) => bent.insert(host.to_ascii_lowercase(), address),
            None => bent.remove(&host.to_ascii_lowercase()),
        };
        let pairs: Vec<_> = bent.iter().map(|(host, to)| (host.clone(), *to)).collect();
        way.courier = Courier::new(&self.authority, &pairs)?;
        way.bent = bent;
        Ok(())
    }

    fn way(&self) -> std::sync::MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
