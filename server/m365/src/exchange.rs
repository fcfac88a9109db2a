//! Exchange Online: what Graph does not write (distribution lists, mail-enabled security groups, shared mailboxes,
//! rights on mailboxes, mail contacts), as cmdlets of Exchange Online PowerShell.
//!
//! Reads tell what is there; an identity that names several objects is an error and never one of them. Every change
//! may be repeated: what is there already, or gone already, is success.

mod access;
mod cmdlet;
mod contact;
mod contact_details;
mod domain;
mod driver;
mod group;
mod group_members;
mod identity;
mod invoke_command;
mod list_change;
mod mailbox;
mod mailbox_change;
mod operation;
mod recipient;
mod row;

use serde::de::DeserializeOwned;

use crate::{Error, Result, Service, Tenant, Verdict, Work};
pub use access::{MailboxPermission, RecipientPermission};
pub use cmdlet::Cmdlet;
pub use contact::{MailContact, MailContactChange, NewMailContact};
pub use contact_details::{ContactDetails, ContactDetailsChange};
pub use domain::AcceptedDomain;
pub use driver::{Driver, Output};
pub use group::{DistributionGroup, DistributionGroupChange, GroupKind, NewDistributionGroup};
pub use group_members::MOST_MEMBERS;
pub use identity::Identity;
pub use invoke_command::InvokeCommand;
pub use list_change::{Addresses, ListChange};
pub use mailbox::{Mailbox, NewSharedMailbox};
pub use mailbox_change::{Forwarding, MailboxChange, MailboxType};
pub(crate) use operation::ALL as OPERATIONS;
pub use recipient::{Recipient, RecipientKind};

/// Exchange as the app sees it, over some way to run a cmdlet.
#[derive(Debug, Clone)]
pub struct Exchange<D = InvokeCommand> {
    driver: D,
}

/// What Exchange said besides doing what was asked, in the app's language or in English; it may name people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Warnings(pub Vec<String>);

/// Something new, and what Exchange said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made<T> {
    pub object: T,
    pub warnings: Warnings,
}

impl Tenant {
    /// Exchange Online of this tenant.
    pub fn exchange(&self) -> Exchange {
        Exchange::over(InvokeCommand::new(self.clone()))
    }
}

impl Exchange {
    /// The same on account of some work.
    #[must_use]
    pub fn for_work(&self, work: Work) -> Self {
        Self::over(self.driver.for_work(work))
    }
}

impl<D: Driver> Exchange<D> {
    /// Exchange over another way to run a cmdlet.
    pub fn over(driver: D) -> Self {
        Self { driver }
    }

    async fn rows<T: DeserializeOwned>(&self, cmdlet: Cmdlet) -> Result<Vec<T>> {
        read(self.driver.run(&cmdlet).await?, &cmdlet)
    }

    /// The object that the identity in `cmdlet` names. Its absence is an error of Exchange's, and `None` here.
    async fn one<T: DeserializeOwned>(&self, cmdlet: Cmdlet) -> Result<Option<T>> {
        let operation = cmdlet.operation().name;
        let Some(mut rows) = crate::error::found(self.rows(cmdlet).await)? else {
            return Ok(None);
        };
        let row = rows.pop();
        if rows.is_empty() {
            return Ok(row);
        }
        let why = "the identity names several objects: give an address or an id";
        Err(Error::unsent(Service::Exchange, operation, why))
    }

    async fn change(&self, cmdlet: Cmdlet) -> Result<Warnings> {
        Ok(Warnings(self.driver.run(&cmdlet).await?.warnings))
    }

    /// A removal: what is not there is gone.
    async fn remove(&self, cmdlet: Cmdlet) -> Result<Warnings> {
        let removed = crate::error::found(self.change(cmdlet).await)?;
        Ok(removed.unwrap_or_default())
    }

    async fn make<T: DeserializeOwned>(&self, cmdlet: Cmdlet) -> Result<Made<T>> {
        let mut output = self.driver.run(&cmdlet).await?;
        let warnings = Warnings(std::mem::take(&mut output.warnings));
        let object = read(output, &cmdlet)?.pop();
        let object = object.ok_or_else(|| broken(&cmdlet, "something was made and not told"))?;
        Ok(Made { object, warnings })
    }
}

fn read<T: DeserializeOwned>(output: Output, cmdlet: &Cmdlet) -> Result<Vec<T>> {
    let rows = output.rows.into_iter().map(serde_json::from_value);
    rows.collect::<std::result::Result<_, _>>()
        .map_err(|error| broken(cmdlet, &format!("not the expected row: {error}")))
}

/// For tests/fuzz: the rows of an answer as everything that is read from one, and the address of the next page.
#[cfg(feature = "fuzzing")]
pub(crate) fn read_as_all(answer: &crate::call::Answer) -> Option<String> {
    let page = invoke_command::Page::read(answer).ok()?;
    for row in page.value {
        drop(serde_json::from_value::<Recipient>(row.clone()));
        drop(serde_json::from_value::<Mailbox>(row.clone()));
        drop(serde_json::from_value::<DistributionGroup>(row.clone()));
        drop(serde_json::from_value::<MailContact>(row.clone()));
        drop(serde_json::from_value::<ContactDetails>(row.clone()));
        drop(serde_json::from_value::<AcceptedDomain>(row.clone()));
        drop(serde_json::from_value::<MailboxPermission>(row.clone()));
        drop(serde_json::from_value::<RecipientPermission>(row));
    }
    page.next
}

fn broken(cmdlet: &Cmdlet, why: &str) -> Error {
    Error::broken(Service::Exchange, cmdlet.operation().name, why)
}

/// Success where the refusal is that the world is as it was wanted.
fn settled(result: Result<Warnings>, exception: &str) -> Result<Warnings> {
    match result {
        Err(error) if error.code.as_deref() == Some(exception) && error.verdict != Verdict::Broken => {
            Ok(Warnings::default())
        }
        result => result,
    }
}
