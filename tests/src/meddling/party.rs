//! The people of an interleaving, signed in.

use std::collections::BTreeSet;
use std::sync::Arc;

use dev_tenant::seed::SITE;
use dev_tenant::world::World;

use super::Column;
use crate::house::House;
use crate::model::Roll;
use crate::person::Person;

pub struct Party {
    pub(super) applicant: Person,
    pub(super) manager: Person,
    pub(super) experts: [Person; 3],
    pub(super) stranger: Person,
    pub(super) world: Arc<World>,
    /// Login of each expert, in order; the first administers the site.
    logins: [String; 3],
    pub(super) stranger_login: String,
    /// What only the app may write.
    pub(super) columns: Vec<Column>,
}

const STRANGER: &str = "hiroshi.kuroda";
const EXPERTS: [&str; 3] = ["toru.soma", "kaori.uchida", "ren.nakahara"];
/// As whom SharePoint shows an app.
const APP_LOGIN: &str = "i:0i.t|00000003-0000-0ff1-ce00-000000000000|app@sharepoint";

impl Party {
    pub async fn sign_in(house: &House) -> Arc<Self> {
        let sign_in = |local| Person::sign_in(house, local);
        let (applicant, manager, stranger) = tokio::join!(
            sign_in("kei.morita"),
            sign_in("takashi.hasegawa"),
            sign_in(STRANGER)
        );
        let [first, second, third] = EXPERTS;
        let experts = tokio::join!(sign_in(first), sign_in(second), sign_in(third));
        let domain = &house.world().names.domain;
        let login = |local| format!("i:0#.f|membership|{local}@{domain}");
        let columns = Column::all(&house.world().tenant());
        Arc::new(Self {
            applicant,
            manager,
            experts: experts.into(),
            stranger,
            world: Arc::clone(&house.tenant.world),
            logins: EXPERTS.map(login),
            stranger_login: login(STRANGER),
            columns,
        })
    }

    /// Names of the columns that only the app may write.
    pub fn sealed(&self) -> BTreeSet<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    pub fn roll(&self) -> Roll {
        Roll {
            manager: self.manager.id.to_string(),
            experts: self.experts.iter().map(|expert| expert.id.to_string()).collect(),
        }
    }

    /// Those who are asked at one step or another.
    pub(super) fn approvers(&self) -> [&Person; 4] {
        let [first, second, third] = &self.experts;
        [&self.manager, first, second, third]
    }

    pub(super) fn owner(&self) -> &Person {
        &self.experts[0]
    }

    /// A name to write into `Editor`: an expert's, or the app's.
    pub(super) fn login(&self, number: usize) -> &str {
        self.logins.get(number).map_or(APP_LOGIN, String::as_str)
    }

    /// The path of the application's list on the server.
    pub(super) fn list(name: &str) -> String {
        format!("{SITE}/Lists/{name}")
    }
}
