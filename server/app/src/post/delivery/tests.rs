//! Against a real mailbox: whatever overlaps or is lost, one mail goes out.

use std::sync::Arc;

use dev_tenant::graph::Folder;
use dev_tenant::seed::SENDER;
use dev_tenant::shell::{self, Running};
use futures_util::future::join_all;
use store::jobs::{Claim, Priority};
use tempfile::TempDir;

use m365::graph::MessageId;

use super::{SETTLES, abandon, begin, clear, deliver, draft, take};
use crate::config;
use crate::demo::{Place, write};
use crate::jobs::Task;
use crate::mail::Text;
use crate::service::Service;

const READER: &str = "kei.morita@contoso.onmicrosoft.com";
/// Runs of one job at the same time.
const OVERLAPPING: usize = 4;
const ROUNDS: usize = 25;

struct Stage {
    tenant: Running,
    folder: TempDir,
}

impl Stage {
    async fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = shell::Options {
            data: folder.path().join("tenant"),
            seed: 7,
            ..shell::Options::default()
        };
        let tenant = shell::start(options).await.unwrap();
        Self { tenant, folder }
    }

    /// The product with a database of its own.
    async fn service(&self, name: &str) -> Arc<Service> {
        let place = Place {
            folder: &self.folder.path().join(name),
            tenant_data: &self.folder.path().join("tenant"),
            listen: "127.0.0.1:1".parse().unwrap(),
            database: "sqlite://flow.sqlite",
            walk: 5,
            workflows: None,
            evidence_page: None,
            language: None,
        };
        let config = config::load(&write(&self.tenant, place).unwrap()).unwrap();
        let service = Service::open(config).await.unwrap();
        service.store.migrate().await.unwrap();
        service
    }

    /// How many with this subject were sent, were received, and are drafts.
    fn counts(&self, subject: &str) -> [usize; 3] {
        [Folder::SentItems, Folder::Inbox, Folder::Drafts].map(|folder| self.count(folder, subject))
    }

    /// How many of the mails with this subject lie in the folder.
    fn count(&self, folder: Folder, subject: &str) -> usize {
        let tenant = self.tenant.world.tenant();
        let messages = tenant.mailboxes.messages.iter();
        let named = messages.filter(|mail| mail.folder == folder && mail.content["subject"] == subject);
        named.count()
    }
}

fn text(subject: &str) -> Text {
    Text {
        subject: subject.to_owned(),
        html: "<p>b</p>".to_owned(),
    }
}

async fn send(service: &Service, subject: &str) -> bool {
    deliver(service, subject, (&text(subject), READER)).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_of_one_job_that_overlap_send_one_mail_between_them_and_leave_no_draft() {
    let stage = Stage::set().await;
    let service = stage.service("first").await;
    assert!(service.config.mail.sender.starts_with(SENDER));
    for round in 0..ROUNDS {
        let subject = format!("mail {round}");
        join_all((0..OVERLAPPING).map(|_| send(&service, &subject))).await;
        assert!(
            send(&service, &subject).await,
            "{subject} does not come to its end"
        );
        assert_eq!(
            stage.counts(&subject),
            [1, 1, 0],
            "{subject}: sent, received, drafts"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_out_before_the_database_was_lost_does_not_go_out_again() {
    let stage = Stage::set().await;
    assert!(send(&*stage.service("first").await, "once").await);
    assert!(send(&*stage.service("second").await, "once").await);
    assert_eq!(stage.counts("once"), [1, 1, 0], "sent, received, drafts");
}

/// What a run leaves that is killed between its draft and the note of it; that is taken, if one is told.
async fn left(service: &Service, subject: &str, taken: Option<&str>) {
    let text = text(subject);
    begin(service, subject).await.unwrap();
    let made = draft(service, subject, (&text, READER)).await.unwrap();
    let taken = taken.map_or(made.id, |id| MessageId(id.to_owned()));
    take(service, subject, &taken).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_moved_is_sent_once_it_must_have_been() {
    let stage = Stage::set().await;
    let service = stage.service("first").await;
    left(&service, "moved", Some("as it was called before")).await;
    assert!(
        !send(&service, "moved").await,
        "who knows what the other run does"
    );
    assert_eq!(stage.counts("moved"), [0, 0, 1], "the only draft is deleted");
    stage.tenant.advance(SETTLES).unwrap();
    assert!(send(&service, "moved").await);
    assert_eq!(stage.counts("moved"), [1, 1, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_exchange_does_not_show_is_waited_for() {
    let stage = Stage::set().await;
    let service = stage.service("first").await;
    begin(&service, "hidden").await.unwrap();
    take(&service, "hidden", &MessageId("not shown yet".to_owned()))
        .await
        .unwrap();
    assert!(!send(&service, "hidden").await, "absence is no proof");
    stage.tenant.advance(SETTLES).unwrap();
    assert!(send(&service, "hidden").await);
    assert_eq!(stage.counts("hidden"), [0, 0, 0]);
}

/// The run was killed while its draft was on the wire: the next one does not see it yet and drafts again.
#[tokio::test(flavor = "multi_thread")]
async fn x05_a_draft_that_was_on_its_way_when_its_run_was_killed_is_deleted_once_the_mail_went_out() {
    let stage = Stage::set().await;
    let service = stage.service("first").await;
    begin(&service, "late").await.unwrap();
    assert!(send(&service, "late").await);
    draft(&service, "late", (&text("late"), READER)).await.unwrap();
    assert_eq!(stage.counts("late"), [1, 1, 1]);
    let claim = |now| Claim {
        now,
        owner: "test".to_owned(),
        lease: SETTLES,
        limit: 10,
        from: Priority::Person,
    };
    assert!(
        service
            .store
            .claim(&claim(service.now()))
            .await
            .unwrap()
            .is_empty()
    );
    let jobs = service
        .store
        .claim(&claim(service.now() + SETTLES))
        .await
        .unwrap();
    let [job] = &jobs[..] else { panic!("{jobs:?}") };
    let Ok(Task::Leftovers { key }) = Task::read(job) else {
        panic!("{job:?}")
    };
    clear(&service, &key).await.unwrap();
    assert_eq!(stage.counts("late"), [1, 1, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_drafted_for_somebody_who_left_is_deleted() {
    let stage = Stage::set().await;
    let service = stage.service("first").await;
    left(&service, "nobody", None).await;
    abandon(&service, "nobody").await.unwrap();
    assert_eq!(stage.counts("nobody"), [0, 0, 0]);
}
