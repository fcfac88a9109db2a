//! What Microsoft leaves undocumented of accounts and teams, the other way round: the same comes of a request.

use dev_tenant::switches::Switches;

use super::stage::Stage;
use super::team_changes::{self, CHANGE, everything, is_as_applied_for, target};
use super::users::{is_changed_and_changed_back, is_deleted_and_comes_back, is_swapped_and_swapped_back};

async fn where_it_is(otherwise: impl FnOnce(&mut Switches)) -> Stage {
    Stage::prepared(0, |house| house.switch(otherwise)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn r02_i10_a_change_is_done_and_undone_where_graph_keeps_the_parts_that_are_not_named() {
    let stage = where_it_is(|switches| switches.complex_values_are_replaced = false).await;
    is_changed_and_changed_back(stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r04_i10_a_deleted_account_comes_back_where_it_keeps_its_name() {
    let stage = where_it_is(|switches| switches.deleted_upn_is_prefixed = false).await;
    is_deleted_and_comes_back(stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_a_licence_is_swapped_and_swapped_back_where_graph_says_that_it_will_be() {
    let stage = where_it_is(|switches| switches.assign_licence_is_accepted = true).await;
    is_swapped_and_swapped_back(stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_a_team_is_changed_as_approved_where_whoever_is_in_it_can_be_added_again() {
    let stage = team_changes::stage(0).await;
    stage
        .house
        .switch(|switches| switches.teams.refuses_member_twice = false);
    let id = target(&stage);
    stage.carry_out(CHANGE, &everything(&stage)).await;
    is_as_applied_for(&stage, id);
}
