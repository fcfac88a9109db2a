//! The way out, against a small server on loopback: tokens, pace, lost answers.

mod content_types;
mod credentials;
mod delta;
mod directory;
mod exchange;
mod folders;
mod graph;
mod groups;
mod receivers;
pub(crate) mod recorder;
pub(crate) mod server;
mod sharepoint;
mod teams;
mod tls;

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use crate::{CredentialFault, Priority, Tenant, Verdict, Work, random_uuid};
use server::{Scenario, Server};

#[tokio::test]
async fn many_callers_share_one_token_until_it_is_old() {
    let server = Server::start(Scenario::Healthy).await;
    let graph = server.tenant().graph();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let graph = graph.clone();
            tokio::spawn(async move { graph.user("yamada@contoso.example").await })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap().unwrap().is_some());
    }
    assert_eq!(server.tokens.load(Ordering::SeqCst), 1);
    server.clock.advance(3_400);
    graph.user("yamada@contoso.example").await.unwrap();
    assert_eq!(
        server.tokens.load(Ordering::SeqCst),
        2,
        "renewed before it runs out"
    );
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_then_the_call_succeeds() {
    let server = Server::start(Scenario::FirstTokenRefused).await;
    let user = server
        .tenant()
        .graph()
        .user("yamada@contoso.example")
        .await
        .unwrap();
    assert!(user.is_some());
    assert_eq!(server.tokens.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_empty_401_says_why_and_is_not_repeated_for_ever() {
    let server = Server::start(Scenario::Always401).await;
    let error = server
        .tenant()
        .graph()
        .user("yamada@contoso.example")
        .await
        .unwrap_err();
    assert_eq!(error.verdict, Verdict::Credentials(CredentialFault::Refused));
    assert!(
        error.message.contains("Token contains invalid signature"),
        "{error}"
    );
    assert_eq!(server.calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn after_a_refusal_no_task_sends_until_the_service_wants_it() {
    let server = Server::start(Scenario::ThrottledOnce).await;
    let tenant = server.tenant();
    let person = Work {
        correlation: random_uuid(),
        priority: Priority::People,
    };
    let first = tenant.graph().user("yamada@contoso.example").await.unwrap_err();
    let second = tenant
        .for_work(person)
        .graph()
        .user("yamada@contoso.example")
        .await
        .unwrap_err();
    for error in [first, second] {
        assert!(matches!(error.verdict, Verdict::Throttled { .. }), "{error}");
    }
    assert_eq!(
        server.calls.load(Ordering::SeqCst),
        1,
        "the second task did not even ask"
    );
    server.clock.advance(32);
    assert!(
        tenant
            .graph()
            .user("yamada@contoso.example")
            .await
            .unwrap()
            .is_some()
    );
}

/// Asks for a person while time runs.
async fn asked_while_time_runs(server: &Server, tenant: &Tenant) -> bool {
    let graph = tenant.graph();
    let time = async {
        loop {
            let _ = tokio::time::timeout(Duration::from_millis(10), std::future::pending::<()>()).await;
            server.clock.advance(1);
        }
    };
    tokio::select! {
        user = graph.user("yamada@contoso.example") => user.is_ok_and(|user| user.is_some()),
        () = time => false,
    }
}

#[tokio::test]
async fn a_service_that_is_busy_for_a_moment_is_waited_for_and_asked_again() {
    let server = Server::start(Scenario::BusyOnce).await;
    assert!(asked_while_time_runs(&server, &server.tenant()).await);
    assert_eq!(server.calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_job_comes_again_after_a_longer_pause_and_a_command_waits_it_out() {
    let server = Server::start(Scenario::ThrottledOnce).await;
    assert!(!asked_while_time_runs(&server, &server.tenant()).await);
    assert_eq!(server.calls.load(Ordering::SeqCst), 1);
    let server = Server::start(Scenario::ThrottledOnce).await;
    assert!(asked_while_time_runs(&server, &server.patient_tenant()).await);
    assert_eq!(server.calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_job_s_calls_are_on_its_account_and_background_work_stops_before_people_do() {
    let server = Server::start(Scenario::Healthy).await;
    let tenant = server.tenant();
    let work = |priority| Work {
        correlation: random_uuid(),
        priority,
    };
    let ask = async |priority| {
        let graph = tenant.graph();
        work(priority)
            .run(async { graph.user("yamada@contoso.example").await })
            .await
    };
    // Graph grants the smallest tenant 3,500 units in ten seconds, and the last quarter is people's.
    let mut sent = 0;
    let refused = loop {
        match ask(Priority::Background).await {
            Ok(_) => sent += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused.verdict, Verdict::Throttled { .. }), "{refused}");
    assert_eq!(sent, 3_500 * 3 / 4);
    assert!(ask(Priority::People).await.is_ok());
    assert_eq!(server.calls.load(Ordering::SeqCst), sent + 1);
}

#[tokio::test]
async fn a_missing_user_is_none_and_a_missing_key_tries_the_older_certificate() {
    let server = Server::start(Scenario::NewKeyUnknown).await;
    let tenant = server.tenant();
    assert!(
        tenant
            .graph()
            .user("nobody@contoso.example")
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        server.tokens.load(Ordering::SeqCst),
        2,
        "the new key, then the old one"
    );
}

#[tokio::test]
async fn the_assertion_is_signed_ps256_and_names_the_certificate() {
    let server = Server::start(Scenario::Healthy).await;
    server
        .tenant()
        .graph()
        .user("yamada@contoso.example")
        .await
        .unwrap();
    let form = Arc::clone(&server.last_form).lock().unwrap().clone();
    server::check_assertion(&form["client_assertion"], &server.credentials[0]);
    assert_eq!(form["scope"], format!("{}/.default", server.origin()));
    assert_eq!(
        server.last_agent(),
        "NONISV|ProvisioningFlow|ProvisioningFlow/1.0"
    );
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_ambiguous_and_a_read_is_not() {
    let server = Server::start(Scenario::Healthy).await;
    let lost = server::resets_after_reading().await;
    let graph = server.tenant_with_graph(&lost).graph();
    let error = graph.revoke_sessions(uuid::Uuid::from_u128(7)).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Ambiguous);
    let error = graph.user("yamada@contoso.example").await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Transient { retry_after: None });
}

#[tokio::test]
async fn a_write_that_never_left_is_transient() {
    let server = Server::start(Scenario::Healthy).await;
    let closed = server::nobody_listens().await;
    let graph = server.tenant_with_graph(&closed).graph();
    let error = graph.revoke_sessions(uuid::Uuid::from_u128(7)).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Transient { retry_after: None });
}

#[tokio::test]
async fn a_write_whose_answer_breaks_off_is_ambiguous() {
    let server = Server::start(Scenario::Healthy).await;
    let half = server::answers_half().await;
    let graph = server.tenant_with_graph(&half).graph();
    let error = graph.revoke_sessions(uuid::Uuid::from_u128(7)).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Ambiguous);
}

#[tokio::test]
async fn those_who_wait_for_a_token_share_its_refusal() {
    let server = Server::start(Scenario::AppUnknown).await;
    let graph = server.tenant().graph();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let graph = graph.clone();
            tokio::spawn(async move { graph.user("yamada@contoso.example").await })
        })
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.verdict, Verdict::Credentials(CredentialFault::UnknownApp));
    }
    assert_eq!(server.tokens.load(Ordering::SeqCst), 1);
    assert_eq!(server.calls.load(Ordering::SeqCst), 0);
}
