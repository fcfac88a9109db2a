//! Who sees which application in a listing.

use crate::applications::{ApplicationRow, read};
use crate::sql::args;
use crate::{ApplicationId, PersonId, StoreError, Tx};
use jiff::Timestamp;

pub(crate) const MINE: &str = "SELECT * FROM application WHERE tenant = $1 AND applicant = $2
    AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5";
pub(crate) const WITH_ROLE: &str = "SELECT application.* FROM party JOIN application
    ON application.tenant = party.tenant AND application.id = party.application
    WHERE party.tenant = $1 AND party.person = $2 AND party.role = $3
    AND (party.at, party.application) < ($4, $5)
    ORDER BY party.at DESC, party.application DESC LIMIT $6";

/// The last row of a page; the next page begins after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When the application was made.
    pub at: Timestamp,
    pub id: ApplicationId,
}

impl Cursor {
    /// Every row comes after it.
    fn start() -> (i64, ApplicationId) {
        (i64::MAX, ApplicationId::new(""))
    }

    fn of(after: Option<&Self>) -> (i64, ApplicationId) {
        after.map_or_else(Self::start, |cursor| {
            (cursor.at.as_millisecond(), cursor.id.clone())
        })
    }
}

/// Part a person has in an application beside being its applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The application waits for this person.
    Holder,
    /// May read it.
    Reader,
}

impl Role {
    fn code(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Reader => "reader",
        }
    }
}

impl Tx {
    /// Makes `people` the set of those with `role`.
    pub async fn set_people(
        &mut self,
        of: &ApplicationId,
        role: Role,
        people: &[PersonId],
    ) -> Result<(), StoreError> {
        const CLEAR: &str = "DELETE FROM party WHERE tenant = $1 AND application = $2 AND role = $3";
        const ADD: &str = "INSERT INTO party (tenant, application, person, role, at)
            SELECT tenant, id, $3, $4, created_at FROM application WHERE tenant = $1 AND id = $2
            ON CONFLICT (tenant, application, person, role) DO NOTHING";
        self.run(CLEAR, args![&self.tenant, of, role.code()]).await?;
        for person in people {
            self.run(ADD, args![&self.tenant, of, person, role.code()])
                .await?;
        }
        Ok(())
    }

    /// Applications this person made, newest first, those after `after` only: a page at a time.
    pub async fn applications_of(
        &mut self,
        who: &PersonId,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        let (at, id) = Cursor::of(after);
        let rows = self.rows(MINE, args![&self.tenant, who, at, &id, most]).await?;
        rows.iter().map(read).collect()
    }

    /// Applications in which this person has `role`, newest first, those after `after` only: a page at a time.
    pub async fn applications_with(
        &mut self,
        who: &PersonId,
        role: Role,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        let (at, id) = Cursor::of(after);
        let args = args![&self.tenant, who, role.code(), at, &id, most];
        let rows = self.rows(WITH_ROLE, args).await?;
        rows.iter().map(read).collect()
    }

    /// Every application that this person may read, with the code of its state.
    pub async fn applications_concerning(
        &mut self,
        who: &PersonId,
    ) -> Result<Vec<(ApplicationId, String)>, StoreError> {
        const SQL: &str = "SELECT application.id AS id, application.code AS code FROM application JOIN party
            ON party.tenant = application.tenant AND party.application = application.id
            WHERE party.tenant = $1 AND party.person = $2 AND party.role = $3 ORDER BY application.id";
        let rows = self
            .rows(SQL, args![&self.tenant, who, Role::Reader.code()])
            .await?;
        rows.iter()
            .map(|row| Ok((ApplicationId::new(row.get::<String>("id")?), row.get("code")?)))
            .collect()
    }

    /// Applications in the state of this code, in order of id, those after `after` only: a page at a time.
    pub async fn applications_in(
        &mut self,
        code: &str,
        after: Option<&ApplicationId>,
        most: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND code = $2 AND id > $3
            ORDER BY id LIMIT $4";
        let after = after.map_or("", ApplicationId::as_str);
        self.rows(SQL, args![&self.tenant, code, after, most])
            .await?
            .iter()
            .map(read)
            .collect()
    }
}
