//! One suite, run on SQLite and on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    reason = "clippy spares only functions marked as tests, not the scenarios they call"
)]

mod applications;
mod claims;
mod contention;
mod credentials;
mod deletions;
mod encryption;
mod instances;
mod journal;
mod leases;
mod listings;
mod outside;
mod recovery;
mod reports;
mod reservations;
mod samples;
mod shards;

use futures::{Scenario, scenarios};
use store::test_postgres::TestPostgres;
use store::{DataKey, Store};

mod futures {
    use std::future::Future;
    use std::pin::Pin;
    use store::Store;

    pub(crate) type Scenario = (
        &'static str,
        fn(Store) -> Pin<Box<dyn Future<Output = ()> + Send>>,
    );

    macro_rules! scenarios {
        ($($module:ident :: $name:ident),* $(,)?) => {
            [$((stringify!($name), |store| Box::pin($module::$name(store)))),*]
        };
    }
    pub(crate) use scenarios;
}

const SCENARIOS: &[Scenario] = &scenarios![
    applications::a_saved_application_reads_back_the_same,
    applications::a_second_save_of_the_same_version_is_stale,
    applications::one_source_makes_one_application,
    applications::a_dropped_transaction_leaves_nothing,
    applications::tenants_do_not_see_each_other,
    applications::people_find_their_applications,
    applications::a_list_is_gone_through_in_order_of_its_items,
    applications::a_definition_version_never_changes,
    claims::no_job_is_claimed_twice,
    claims::two_jobs_of_one_lane_never_run_at_once,
    claims::workers_racing_for_one_lane_get_one_job,
    claims::asking_twice_runs_once,
    claims::what_waits_can_be_taken_back_and_what_runs_cannot,
    claims::attempts_count_until_a_job_comes_further,
    claims::asking_while_it_runs_runs_once_more,
    claims::what_was_asked_for_while_it_ran_is_not_put_off,
    claims::people_go_before_sweeps,
    claims::a_place_for_what_yields_takes_nothing_else,
    claims::a_commit_wakes_the_worker,
    instances::the_live_are_counted_and_the_silent_forgotten,
    instances::each_says_by_what_it_proves_itself_and_one_that_says_nothing_is_told_apart,
    instances::each_tenant_counts_its_own,
    leases::an_expired_lease_goes_to_another_worker_and_fences_the_first,
    leases::a_renewed_lease_holds,
    leases::a_job_put_off_comes_back_when_due,
    leases::a_parked_job_waits_for_an_admin,
    leases::a_fenced_worker_commits_nothing,
    leases::work_that_nobody_does_is_told_from_work_that_waits,
    journal::lines_follow_one_another,
    journal::two_writers_of_one_line_leave_one_line,
    journal::an_export_holds_every_line_as_hashed,
    recovery::whatever_holds_work_is_named,
    recovery::lines_come_back_in_any_order_and_each_place_is_taken_once,
    recovery::numbers_go_on_after_the_highest,
    deletions::a_limit_is_never_passed_by_two_at_once,
    deletions::what_is_counted_counts_once_and_for_its_time,
    reservations::one_name_has_one_holder,
    reservations::seats_are_never_oversold,
    reservations::released_things_are_free_again,
    outside::a_change_token_moves_only_with_its_jobs,
    outside::the_first_handle_stays,
    outside::what_is_sent_stays_sent,
    outside::the_first_before_image_stays,
    outside::documents_of_one_shelf_are_read_together,
    outside::of_documents_with_periods_those_that_hold_are_read_and_the_turns_around_a_moment,
    outside::a_period_within_a_millisecond_is_read_and_its_turns_are_not_before_it,
    outside::a_handover_is_answered_once_to_the_key_that_asked,
    shards::a_shard_is_opened_once_and_closes_those_before,
    shards::an_application_keeps_the_shard_that_was_chosen_for_it,
    shards::writers_racing_for_the_last_places_never_overfill_a_shard,
    shards::a_folded_application_frees_its_scope_and_the_folder_costs_one,
    shards::days_with_applications_are_counted,
    listings::pages_follow_one_another_without_gap_or_repetition,
    listings::a_listing_tells_where_each_item_lies,
    listings::every_listing_is_found_by_an_index_alone,
    reports::journals_of_a_period_come_whole_and_page_by_page,
    reports::pinned_definitions_come_in_order_of_their_versions,
    credentials::a_sealed_credential_is_never_overwritten_and_goes_under_another_master_key_once,
    credentials::a_renewal_has_one_line_at_each_place_and_the_last_one_is_found,
    credentials::a_renewal_has_one_driver_until_he_gives_it_back_or_is_gone,
    credentials::two_who_ask_for_the_lease_at_once_do_not_both_get_it,
    contention::two_writers_lose_no_update,
    contention::numbers_have_no_gap,
    contention::readers_cannot_write,
];

#[tokio::test(flavor = "multi_thread")]
async fn suite_on_sqlite() {
    for encrypted in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let urls = SCENARIOS
            .iter()
            .map(|(name, _)| format!("sqlite://{}/{name}.db", folder.path().display()));
        run(urls.collect(), encrypted).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn suite_on_postgres() {
    let Some(postgres) = TestPostgres::start().await.unwrap() else {
        // `scripts/test` brings PostgreSQL and sets this, so that the suite never passes without it there.
        let demanded = std::env::var_os("PF_REQUIRE_POSTGRES").is_some();
        assert!(
            !demanded,
            "PostgreSQL is neither installed nor named by PF_TEST_POSTGRES_URL"
        );
        eprintln!("PostgreSQL: NOT RUN (install it or set PF_TEST_POSTGRES_URL)");
        return;
    };
    for encrypted in [false, true] {
        let mut urls = Vec::new();
        for index in 0..SCENARIOS.len() {
            let name = format!("scenario_{index}_{encrypted}");
            urls.push(postgres.database(&name).await.unwrap());
        }
        run(urls, encrypted).await;
    }
}

/// Every scenario on a database of its own; the names of all that fail are told.
async fn run(urls: Vec<String>, encrypted: bool) {
    let mut failed = Vec::new();
    for ((name, scenario), url) in SCENARIOS.iter().zip(urls) {
        let store = Store::open(&url).await.unwrap();
        // Two instances that start together.
        let other = Store::open(&url).await.unwrap();
        let (one, two) = tokio::join!(store.migrate(), other.migrate());
        one.and(two).unwrap();
        other.close().await;
        if encrypted {
            store.read_with(DataKey::random().unwrap());
            store.write_encrypted(true).unwrap();
        }
        if tokio::spawn(scenario(store.clone())).await.is_err() {
            failed.push(*name);
        }
        store.close().await;
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
}

#[tokio::test]
async fn a_database_without_tables_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![format!("sqlite://{}/empty.db", folder.path().display())];
    let postgres = TestPostgres::start().await.unwrap();
    if let Some(postgres) = &postgres {
        urls.push(postgres.database("empty").await.unwrap());
    }
    for url in urls {
        let store = Store::open(&url).await.unwrap();
        let tenant = store::TenantId::new("contoso");
        let read: Result<_, store::StoreError> =
            store::transaction!(store.read(&tenant), tx => tx.credentials().await);
        assert!(read.unwrap_err().lacks_tables(), "{url}");
        store.close().await;
    }
}
