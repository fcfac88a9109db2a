//! The shell over real HTTP: any answer may break before or after its effect, and whoever comes next goes on.

mod by_hand;
mod entra;
mod filed;
mod lost;
mod mended;
mod ran_out;

use std::sync::Arc;

use jiff::SignedDuration;
use m365::{ClientProof, Cloud, Pace, SharePoint, Tenant, TenantSettings, Transport, TransportSettings};
use store::{Instance, KeyHeld, transaction};

use super::*;
use crate::config::{Automatic, Credentials, KeySource, Renewing};
use crate::credentials::event::Which;
use crate::credentials::renewal::Phase;
use crate::service::Service;
use crate::testing::TestService;
use entra::{Break, Entra, text_of};

/// Longer than the lease of whoever broke off, and than the pause after a refusal.
const LATER: SignedDuration = SignedDuration::from_mins(11);
const ROUNDS: usize = 60;

struct Stage {
    test: TestService,
    entra: Entra,
    passed: SignedDuration,
    _folder: tempfile::TempDir,
}

impl Stage {
    async fn set(broken: Break) -> Self {
        let (folder, entra) = (tempfile::tempdir().unwrap(), Entra::start(broken).await);
        let mut test = TestService::open().await;
        let service = Arc::get_mut(&mut test.service).unwrap();
        let key = folder.path().join("master.key");
        MasterKey::create(&key).unwrap();
        service.config.credentials = Some(Credentials {
            master_key: KeySource::File(key),
            former_master_keys: Vec::new(),
            renewal: Renewing {
                bits: 2048,
                secret: true,
                rounds: 2,
                pause: 0,
                ..Renewing::default()
            },
            automatic: Automatic::default(),
        });
        service.config.site.url = format!("{}/sites/flow", entra.origin).parse().unwrap();
        let configured = in_use::configured(&service.config).unwrap();
        let ClientProof::Certificate(old) = &configured[0] else {
            panic!("no certificate")
        };
        entra.register(old.certificate());
        let cloud = Cloud {
            login: entra.origin.clone(),
            graph: entra.origin.clone(),
            exchange: entra.origin.clone(),
        };
        let settings = TenantSettings {
            tenant_id: service.config.tenant.id,
            client_id: service.config.app.client_id,
            credentials: configured,
            cloud,
            pace: Pace::default(),
            sharepoint: SharePoint::Online,
        };
        let transport = Transport::new(&TransportSettings::default()).unwrap();
        let clock = Arc::new(service.clock.clone());
        service.microsoft = Tenant::new(transport, clock, settings).unwrap();
        Self {
            test,
            entra,
            passed: SignedDuration::ZERO,
            _folder: folder,
        }
    }

    fn service(&self) -> &Service {
        &self.test.service
    }

    fn pass(&mut self, time: SignedDuration) {
        self.passed += time;
        self.test.later(self.passed);
    }

    /// Each time another run: what broke off is never told of.
    async fn renew(&mut self) {
        for run in 0..ROUNDS {
            let holder = format!("run {run}");
            let begun = begin(self.service(), &holder, "a test").await.map(drop);
            let halt = match begun {
                Ok(()) => advance(self.service(), &holder).await,
                Err(stop) => Err(stop),
            };
            match halt {
                Ok(Halt::Over) => return,
                Ok(Halt::Wait { .. }) => {
                    release(self.service(), &holder).await.unwrap();
                    self.pass(SignedDuration::from_hours(25));
                    let last = journal::last(self.service()).await.unwrap();
                    if matches!(last.unwrap().0.phase, Phase::Removed(_)) {
                        return;
                    }
                    // `begin` would begin another one.
                    if let Ok(Halt::Over) = advance(self.service(), "after").await {
                        return;
                    }
                    self.pass(LATER);
                }
                Ok(Halt::Unready { .. }) | Err(Stop::Job(_)) => self.pass(LATER),
                Err(stop) => panic!("{stop}"),
            }
        }
        panic!("it does not end");
    }

    async fn assert_whole(&self, broken: Break) {
        let (renewal, _) = journal::last(self.service()).await.unwrap().unwrap();
        assert_eq!(renewal.number, 1, "{broken:?}");
        let Phase::Removed(fresh) = &renewal.phase else {
            panic!("{broken:?}: {:?}", renewal.phase)
        };
        let secret = secret(self.service()).await.unwrap().unwrap();
        {
            let known = self.entra.known.lock().unwrap();
            assert_eq!((known.keys.len(), known.secrets.len()), (1, 1), "{broken:?}");
            let text = text_of(known.secrets[0].0);
            assert_eq!(secrecy::ExposeSecret::expose_secret(&secret), text, "{broken:?}");
        }
        let new = in_use::proofs(self.service(), &[Which::Kept(fresh.certificate.id.clone())]).await;
        assert!(
            checks::round(self.service(), &new.unwrap()[0]).await.is_ok(),
            "{broken:?}"
        );
    }
}

#[tokio::test]
async fn whichever_answer_breaks_the_next_run_ends_with_one_certificate_and_one_known_secret() {
    let mut undisturbed = Stage::set(Break::Never).await;
    undisturbed.renew().await;
    let requests = undisturbed.entra.known.lock().unwrap().requests;
    undisturbed.assert_whole(Break::Never).await;
    assert!(requests > 20, "{requests}");
    // One in three of each kind, and each request once: a run takes a second.
    for at in 1..=requests {
        let broken = match at % 3 {
            0 => Break::Before(at),
            1 => Break::After(at),
            _ => continue,
        };
        let mut stage = Stage::set(broken).await;
        stage.renew().await;
        stage.assert_whole(broken).await;
    }
}

#[tokio::test]
async fn a_running_service_proves_itself_by_the_new_one_at_once_and_by_the_old_one_after_a_rollback() {
    let stage = Stage::set(Break::Never).await;
    let service = stage.service();
    let known = in_use::adopt(service, None).await.unwrap();
    assert_eq!(known, [Which::Configured]);
    begin(service, "a", "a test").await.unwrap();
    advance(service, "a").await.unwrap();
    let now = in_use::adopt(service, Some(known)).await.unwrap();
    assert!(
        matches!(&now[0], Which::Kept(_)) && now[1] == Which::Configured,
        "{now:?}"
    );
    let graph = service.microsoft.graph();
    assert!(
        graph
            .application(service.config.app.client_id)
            .await
            .unwrap()
            .is_some()
    );
    assert!(undo(service, "a", ("a test", "a reason")).await.unwrap());
    // Nobody has looked since: the new one goes, and the old one takes over without a failed call.
    advance(service, "a").await.unwrap();
    service
        .microsoft
        .prove_by(in_use::proofs(service, &[Which::Configured]).await.unwrap());
    assert!(
        graph
            .application(service.config.app.client_id)
            .await
            .unwrap()
            .is_some()
    );
    let known = stage.entra.known.lock().unwrap();
    assert_eq!((known.keys.len(), known.secrets.len(), known.unknown), (1, 0, 0));
}

#[tokio::test]
async fn the_old_one_stays_as_long_as_an_instance_works_by_it() {
    let mut stage = Stage::set(Break::Never).await;
    begin(stage.service(), "a", "a test").await.unwrap();
    advance(stage.service(), "a").await.unwrap();
    stage.pass(SignedDuration::from_hours(24));
    at_work(&stage, Some("configured")).await;
    let halt = advance(stage.service(), "a").await.unwrap();
    assert!(
        matches!(
            halt,
            Halt::Wait {
                why: Wait::Lagging,
                ..
            }
        ),
        "{halt:?}"
    );
    stage.pass(SignedDuration::from_mins(10));
    for proof in [Some("configured"), None] {
        at_work(&stage, proof).await;
        let refused = advance(stage.service(), "a").await.unwrap_err();
        let Stop::Obstacle(Obstacle::Lagging { instances }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(instances, ["other"]);
        assert_eq!(stage.entra.known.lock().unwrap().keys.len(), 2);
    }
    let new = stage.service().proof.borrow().name().to_owned();
    at_work(&stage, Some(&new)).await;
    assert_eq!(advance(stage.service(), "a").await.unwrap(), Halt::Over);
    assert_eq!(stage.entra.known.lock().unwrap().keys.len(), 1);
}

/// Another instance says by what it proves itself.
async fn at_work(stage: &Stage, proof: Option<&str>) {
    let (service, now) = (stage.service(), stage.service().now());
    let other = Instance {
        name: "other".into(),
        proof: proof.map(str::to_owned),
        key: KeyHeld::Nothing,
        seen: now,
    };
    let said: Result<u32, store::StoreError> =
        transaction!(service.store.write(&service.tenant), tx => tx.at_work(&other, now).await);
    said.unwrap();
}

#[tokio::test]
async fn a_second_driver_is_told_who_drives() {
    let stage = Stage::set(Break::Never).await;
    begin(stage.service(), "the first", "a test").await.unwrap();
    let refused = advance(stage.service(), "the second").await.unwrap_err();
    let Stop::Obstacle(Obstacle::Busy { by, left }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(by, "the first");
    assert!(Obstacle::Busy { by, left }.words().en.contains("the first"));
}

#[tokio::test]
async fn a_rehearsal_makes_and_seals_what_would_be_next_and_leaves_nothing_behind() {
    let mut stage = Stage::set(Break::Never).await;
    let (_, obstacles) = rehearsal::rehearse(stage.service()).await.unwrap();
    assert_eq!(obstacles, []);
    assert_eq!(stage.entra.known.lock().unwrap().writes, 0);
    assert_eq!(kept(&stage).await, 0);
    // What OpenSSL refuses shows months before, and not in February.
    let service = Arc::get_mut(&mut stage.test.service).unwrap();
    service.config.credentials.as_mut().unwrap().renewal.bits = 16;
    let (_, obstacles) = rehearsal::rehearse(stage.service()).await.unwrap();
    assert!(
        matches!(obstacles.as_slice(), [Obstacle::Unmakeable { .. }]),
        "{obstacles:?}"
    );
    assert_eq!(kept(&stage).await, 0);
}

async fn kept(stage: &Stage) -> usize {
    let service = stage.service();
    let kept: Result<Vec<_>, store::StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.credentials().await);
    kept.unwrap().len()
}
