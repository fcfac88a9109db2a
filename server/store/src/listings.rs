//! Who sees which application in a listing.

use crate::applications::{ApplicationRow, read};
use crate::sql::args;
use crate::{ApplicationId, PersonId, StoreError, Tx};

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
        const ADD: &str = "INSERT INTO party (tenant, application, person, role) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant, application, person, role) DO NOTHING";
        self.run(CLEAR, args![&self.tenant, of, role.code()]).await?;
        for person in people {
            self.run(ADD, args![&self.tenant, of, person, role.code()])
                .await?;
        }
        Ok(())
    }

    /// Applications this person made, newest first.
    pub async fn applications_of(
        &mut self,
        who: &PersonId,
        most: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND applicant = $2
            ORDER BY created_at DESC, id DESC LIMIT $3";
        self.rows(SQL, args![&self.tenant, who, most])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// Applications in which this person has `role`, those that waited longest first.
    pub async fn applications_with(
        &mut self,
        who: &PersonId,
        role: Role,
        most: i64,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT application.* FROM application JOIN party
            ON party.tenant = application.tenant AND party.application = application.id
            WHERE party.tenant = $1 AND party.person = $2 AND party.role = $3
            ORDER BY application.updated_at, application.id LIMIT $4";
        self.rows(SQL, args![&self.tenant, who, role.code(), most])
            .await?
            .iter()
            .map(read)
            .collect()
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
