//! Thousands of applications put into the product's database as its own work would have left them, and their items
//! beside them into the tenant. The product must not run.

use std::collections::{BTreeMap, BTreeSet};

use app::evidence::EvidenceKey;
use e2e::house::House;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::{
    ApplicationRow, Fold, PersonId, Role, SealedItem, SignedHead, Store, StoreError, TenantId, Tx,
    transaction,
};
use workflow::{Application, PrincipalRef, State, access};

use super::cast::{Cast, Fate, Part};
use super::folding;
use super::ground::{Ground, Item};
use super::tale::{Pattern, Tale};

/// New applications come at this pace.
const BETWEEN: SignedDuration = SignedDuration::from_mins(20);
/// At this number of scopes a list is left for the next one: the product's own default.
pub(crate) const ROLL_MARK: usize = 4_500;
const WARN_MARK: usize = 3_500;
const ALIKE: usize = 500;
/// Numbers of the year before these belong to applications that lived.
const FIRST_NUMBER: u64 = 1_001;

pub(crate) struct Planting<'a> {
    house: &'a House,
    store: &'a Store,
    tenant: TenantId,
    evidence: EvidenceKey,
    pattern: Pattern,
    running: BTreeMap<i16, u64>,
}

impl<'a> Planting<'a> {
    /// `number`: an application that lives, and waits for its manager.
    pub(crate) async fn after(house: &'a House, store: &'a Store, number: &str) -> Self {
        Self {
            tenant: TenantId::new(house.world().names.id.to_string()),
            evidence: EvidenceKey::read(&house.folder.path().join("evidence.pem")).expect("the evidence key"),
            pattern: Pattern::of(house, store, number).await,
            running: BTreeMap::new(),
            house,
            store,
        }
    }

    /// So many applications more, spread over the lists: oldest first, each full but for the last. How many of them
    /// are folded.
    pub(crate) async fn plant(&mut self, all: usize, cast: &Cast) -> usize {
        let parts: Vec<_> = (0..all).map(|number| cast.part(number, all)).collect();
        let shards: Result<_, StoreError> =
            transaction!(self.store.read(&self.tenant), tx => tx.shards().await);
        let shards = shards.expect("the lists");
        let lists = all.div_ceil(ROLL_MARK);
        assert!(lists <= shards.len(), "{lists} lists are needed");
        let mut folded = 0;
        for (parts, shard) in parts.chunks(ROLL_MARK).zip(&shards) {
            let is_full = parts.len() == ROLL_MARK;
            let folds = if is_full {
                folding::plan(parts, ROLL_MARK - WARN_MARK + 1)
            } else {
                BTreeMap::new()
            };
            folded += folds.len();
            self.fill(&shard.url, parts, (all, &folds)).await;
        }
        folded
    }

    async fn fill(&mut self, list: &str, parts: &[Part], (all, folds): (usize, &BTreeMap<usize, String>)) {
        let mut ground = Ground::of(self.house, list);
        let names: BTreeSet<&String> = folds.values().collect();
        for name in names {
            let item = ground.fold(name);
            let fold = Fold {
                list: list.to_owned(),
                name: name.clone(),
                item,
            };
            let kept: Result<(), StoreError> =
                transaction!(self.store.write(&self.tenant), tx => tx.add_fold(&fold).await);
            kept.expect("a fold");
        }
        let now = self.house.world().clock.now();
        for parts in parts.chunks(ALIKE) {
            let begun = |part: &Part| now - BETWEEN * i32::try_from(all - part.number).expect("a number");
            let numbers: Vec<_> = parts.iter().map(|part| self.number(begun(part))).collect();
            let tales = parts.iter().zip(numbers).map(|(part, number)| {
                let begun = Timestamp::from_millisecond(begun(part).as_millisecond()).expect("a time");
                (part, begun, Tale::of(&self.pattern, part, number, begun))
            });
            let rows: Vec<_> = tales
                .map(|(part, begun, tale)| {
                    let fold = folds.get(&part.number).map(String::as_str);
                    let item = ground.plant(&Item {
                        tale: tale.application(),
                        begun,
                        fold,
                    });
                    assert_eq!(readers(tale.application()), ids(&part.readers()));
                    let sealed = SealedItem {
                        list: list.to_owned(),
                        item,
                    };
                    (row(&tale, begun, sealed), tale, fold, part.fate)
                })
                .collect();
            let kept: Result<(), StoreError> = transaction!(self.store.write(&self.tenant), tx => {
                for (row, tale, fold, fate) in &rows {
                    self.keep(tx, row, tale, *fate).await?;
                    if let Some(fold) = fold {
                        tx.keep_fold(&row.id, fold).await?;
                    }
                }
                self.keep_numbers(tx).await
            });
            kept.expect("the database");
        }
    }

    /// As people read it; the year is Japan's.
    fn number(&mut self, at: Timestamp) -> String {
        let today = at.to_zoned(TimeZone::fixed(jiff::tz::offset(9))).date();
        let running = self.running.entry(today.year()).or_insert(FIRST_NUMBER - 1);
        *running += 1;
        self.pattern.definition.numbering.number(today, *running)
    }

    async fn keep_numbers(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let workflow = store::WorkflowKey::new(self.pattern.definition.key.as_str());
        for (year, running) in &self.running {
            let running = i64::try_from(*running).expect("a number");
            tx.raise_number(&workflow, *year, running).await?;
        }
        Ok(())
    }

    async fn keep(
        &self,
        tx: &mut Tx,
        row: &ApplicationRow,
        tale: &Tale<'_>,
        fate: Fate,
    ) -> Result<(), StoreError> {
        tx.insert_application(row).await?;
        tx.append_journal(&row.id, &tale.lines).await?;
        let application = tale.application();
        for head in &tale.heads {
            let signature = self.evidence.sign(&head.digest(&application.id).0);
            let head = SignedHead {
                seq: i64::try_from(head.seq).expect("a number"),
                hash: store::Hash(head.hash.0),
                signature: signature.expect("a signature"),
                key_id: self.evidence.id().expect("the key's name"),
            };
            tx.keep_head(&row.id, &head).await?;
        }
        let holders = holders(application);
        assert_eq!(holders.is_empty(), fate.is_closed());
        tx.set_people(&row.id, Role::Holder, &holders).await?;
        tx.set_people(&row.id, Role::Reader, &readers(application)).await
    }
}

fn row(tale: &Tale, begun: Timestamp, sealed: SealedItem) -> ApplicationRow {
    let application = tale.application();
    ApplicationRow {
        id: store::ApplicationId::new(application.id.as_str()),
        number: application.number.clone(),
        version: i64::try_from(tale.heads.len()).expect("a number"),
        workflow: store::WorkflowKey::new(application.workflow.as_str()),
        definition_version: i64::from(application.definition_version),
        code: application.code().as_str().to_owned(),
        state: serde_json::to_value(application).expect("a state"),
        applicant: PersonId::new(application.applicant.as_str()),
        inbox_item: application.source.inbox_item(),
        round: i64::from(application.round()),
        source: application.source.to_string(),
        sealed: Some(sealed),
        judged_version: None,
        // The tenant keeps the item's newest version alone.
        own_versions: vec![1],
        created_at: begun,
        updated_at: tale.ended(),
    }
}

fn holders(application: &Application) -> Vec<PersonId> {
    match &application.state {
        State::InApproval(review) => review
            .asking
            .pending()
            .map(|person| PersonId::new(person.as_str()))
            .collect(),
        _ => Vec::new(),
    }
}

fn readers(application: &Application) -> Vec<PersonId> {
    let people = access(application).into_iter().filter_map(|(who, _)| match who {
        PrincipalRef::Person(person) => Some(person),
        _ => None,
    });
    ids(&people.collect())
}

fn ids(people: &BTreeSet<workflow::PersonId>) -> Vec<PersonId> {
    people
        .iter()
        .map(|person| PersonId::new(person.as_str()))
        .collect()
}
