//! Who applied for what in the years before, whom it was put to, and what came of it: a function of the number.

use std::collections::BTreeSet;

use dev_tenant::seed::SPE_E3;
use e2e::house::House;
use serde_json::{Value, json};
use workflow::{Hash, PersonId};

/// Four desks make four of five applications; each is led by somebody else.
pub(crate) const DESKS: [(&str, &str); 4] = [
    ("chinatsu.miyazaki", "keiko.yoshino"),
    ("shota.fujii", "kenji.osawa"),
    ("nao.akiyama", "masato.sekiguchi"),
    ("jun.arai", "mari.komatsu"),
];
pub(crate) const VOTERS: [&str; 3] = ["toru.soma", "kaori.uchida", "ren.nakahara"];
/// Whoever leads the company is the manager of everybody else who applies.
const LEADER: &str = "seiichi.kamiya";
/// The newest applications wait for a manager, so many before them for the voters; older ones are closed.
pub(crate) const WITH_VOTERS: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    WithManager,
    WithVoters,
    Completed,
    Rejected,
    Withdrawn,
}

impl Fate {
    /// `left`: how many applications are younger; so many of them wait for a manager.
    fn of(number: usize, left: usize, with_manager: usize) -> Self {
        match (left, number % 10) {
            (left, _) if left < with_manager => Self::WithManager,
            (left, _) if left < with_manager.saturating_add(WITH_VOTERS) => Self::WithVoters,
            (_, 8) => Self::Rejected,
            (_, 9) => Self::Withdrawn,
            _ => Self::Completed,
        }
    }

    pub(crate) fn is_closed(self) -> bool {
        !matches!(self, Self::WithManager | Self::WithVoters)
    }

    fn was_put_to_voters(self) -> bool {
        matches!(self, Self::WithVoters | Self::Completed)
    }
}

/// One application to come.
pub(crate) struct Part {
    pub(crate) number: usize,
    pub(crate) fate: Fate,
    pub(crate) applicant: PersonId,
    pub(crate) manager: PersonId,
    pub(crate) voters: [PersonId; 3],
}

pub(crate) struct Cast {
    desks: Vec<(PersonId, PersonId)>,
    others: Vec<PersonId>,
    leader: PersonId,
    voters: [PersonId; 3],
    with_manager: usize,
}

impl Cast {
    /// So many of the newest applications wait for a manager.
    pub(crate) fn of(house: &House, with_manager: usize) -> Self {
        let id = |local| person(house, local);
        let apart = DESKS.map(|(applicant, _)| applicant).into_iter();
        let apart: BTreeSet<_> = apart.chain(VOTERS).chain([LEADER]).map(id).collect();
        let tenant = house.world().tenant();
        let staff = tenant.directory.users.values();
        let staff = staff.filter(|user| user.properties.contains_key("department"));
        let staff = staff.map(|user| PersonId::new(user.id.0.to_string()));
        let others: Vec<_> = staff.filter(|person| !apart.contains(person)).collect();
        drop(tenant);
        Self {
            desks: DESKS
                .map(|(applicant, manager)| (id(applicant), id(manager)))
                .into(),
            others,
            leader: id(LEADER),
            voters: VOTERS.map(id),
            with_manager,
        }
    }

    /// The application of this number, from 0, when there are `all`.
    pub(crate) fn part(&self, number: usize, all: usize) -> Part {
        let desk = (number % (DESKS.len() + 1)).checked_sub(1);
        let (applicant, manager) = match desk {
            Some(desk) => self.desks[desk].clone(),
            None => (
                self.others[(number / 5) % self.others.len()].clone(),
                self.leader.clone(),
            ),
        };
        Part {
            number,
            fate: Fate::of(number, all - 1 - number, self.with_manager),
            applicant,
            manager,
            voters: self.voters.clone(),
        }
    }
}

impl Part {
    pub(crate) fn form(&self) -> Value {
        json!({
            "lastName": "高橋", "firstName": "花", "lastNameKana": "タカハシ", "firstNameKana": "ハナ",
            "employeeNumber": format!("{:06}", self.number), "department": "営業部", "post": "主任",
            "manager": { "upn": "naoki.kiryu@contoso.onmicrosoft.com" }, "startDate": "2026-04-01",
            "upnLocal": format!("t{:06}", self.number), "licence": SPE_E3.to_string(), "groups": [],
        })
    }

    /// Everybody who may read it, beside administrators.
    pub(crate) fn readers(&self) -> BTreeSet<PersonId> {
        let voters = self.voters.iter().filter(|_| self.fate.was_put_to_voters());
        voters.chain([&self.applicant, &self.manager]).cloned().collect()
    }

    /// Name of the folder for what these people read.
    pub(crate) fn shared_folder(&self) -> String {
        let readers = self.readers();
        let lines: Vec<_> = readers.iter().map(PersonId::as_str).collect();
        let hash = Hash::of(lines.join("\n").as_bytes()).to_string();
        format!("shared-{}", &hash[..32])
    }
}

/// Whoever signs in with this local part.
pub(crate) fn person(house: &House, local: &str) -> PersonId {
    let tenant = house.world().tenant();
    let upn = format!("{local}@{}", house.world().names.domain);
    let mut users = tenant.directory.users.values();
    let user = users.find(|user| user.user_principal_name == upn);
    PersonId::new(user.expect("somebody of this name").id.0.to_string())
}
