//! Against a real mailbox: whatever overlaps or is lost, one mail goes out.

use std::sync::Arc;

use dev_tenant::graph::Folder;
use dev_tenant::seed::SENDER;
use dev_tenant::shell::{self, Running};
use futures_util::future::join_all;
use tempfile::TempDir;

use super::deliver;
use crate::config;
use crate::demo::{Place, write};
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
        };
        let config = config::load(&write(&self.tenant, place).unwrap()).unwrap();
        let service = Service::open(config).await.unwrap();
        service.store.migrate().await.unwrap();
        service
    }

    /// How many of the sender's mails with this subject lie in the folder.
    fn count(&self, folder: Folder, subject: &str) -> usize {
        let tenant = self.tenant.world.tenant();
        let messages = tenant.mailboxes.messages.iter();
        let named = messages.filter(|mail| mail.folder == folder && mail.content["subject"] == subject);
        named.count()
    }
}

async fn send(service: &Service, subject: &str) -> bool {
    let text = Text {
        subject: subject.to_owned(),
        html: "<p>b</p>".to_owned(),
    };
    deliver(service, subject, (&text, READER)).await.is_ok()
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
        let counts =
            [Folder::SentItems, Folder::Inbox, Folder::Drafts].map(|folder| stage.count(folder, &subject));
        assert_eq!(counts, [1, 1, 0], "{subject}: sent, received, drafts");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_out_before_the_database_was_lost_does_not_go_out_again() {
    let stage = Stage::set().await;
    assert!(send(&*stage.service("first").await, "once").await);
    assert!(send(&*stage.service("second").await, "once").await);
    let counts = [Folder::SentItems, Folder::Inbox, Folder::Drafts].map(|folder| stage.count(folder, "once"));
    assert_eq!(counts, [1, 1, 0], "sent, received, drafts");
}
