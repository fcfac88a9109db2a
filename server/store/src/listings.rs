//! Who sees which application in a listing.

use crate::applications::{ApplicationRow, SealedItem, read, sealed};
use crate::sql::{Row, args};
use crate::{ApplicationId, PersonId, StoreError, Tx, WorkflowKey};
use jiff::Timestamp;

/// What a listing reads: forms and plans, by far the largest part of a row, are left where they are.
macro_rules! listed {
    ($from:literal) => {
        concat!(
            "SELECT application.id, application.number, application.workflow, application.definition_version,
            application.code, application.applicant, application.list, application.list_item, application.fold,
            application.created_at, application.updated_at ",
            $from
        )
    };
}

pub(crate) const MINE: &str = listed!(
    "FROM application WHERE tenant = $1 AND applicant = $2
    AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5"
);
pub(crate) const WITH_ROLE: &str = listed!(
    "FROM party JOIN application
    ON application.tenant = party.tenant AND application.id = party.application
    WHERE party.tenant = $1 AND party.person = $2 AND party.role = $3
    AND (party.at, party.application) < ($4, $5)
    ORDER BY party.at DESC, party.application DESC LIMIT $6"
);

/// An application as a listing shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: ApplicationId,
    pub number: String,
    pub workflow: WorkflowKey,
    pub definition_version: i64,
    /// As in [`ApplicationRow::code`].
    pub code: String,
    pub applicant: PersonId,
    pub sealed: Option<SealedItem>,
    /// Name of the folder in which the item shares a scope.
    pub fold: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

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
    ) -> Result<Vec<Listed>, StoreError> {
        let (at, id) = Cursor::of(after);
        let rows = self.rows(MINE, args![&self.tenant, who, at, &id, most]).await?;
        rows.iter().map(read_listed).collect()
    }

    /// Applications in which this person has `role`, newest first, those after `after` only: a page at a time.
    pub async fn applications_with(
        &mut self,
        who: &PersonId,
        role: Role,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Listed>, StoreError> {
        let (at, id) = Cursor::of(after);
        let args = args![&self.tenant, who, role.code(), at, &id, most];
        let rows = self.rows(WITH_ROLE, args).await?;
        rows.iter().map(read_listed).collect()
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

fn read_listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        id: ApplicationId::new(row.get::<String>("id")?),
        number: row.get("number")?,
        workflow: WorkflowKey::new(row.get::<String>("workflow")?),
        definition_version: row.get("definition_version")?,
        code: row.get("code")?,
        applicant: PersonId::new(row.get::<String>("applicant")?),
        sealed: sealed(row.get("list")?, row.get("list_item")?)?,
        fold: row.get("fold")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}
