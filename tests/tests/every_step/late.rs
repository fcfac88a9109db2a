//! Microsoft's copies agree late, and what it makes settles slowly: all comes to what it comes to at once.

use dev_tenant::switches::Switches;
use e2e::house::Wishes;
use e2e::run;

use super::picture::Picture;
use super::play::Play;
use super::{BACKEND, comes_to, undisturbed};

/// Seconds until Graph shows what is new, at most.
const LAG: u32 = 20;

/// What is young is found by one server and not by the next; what is made takes its time.
fn slow(switches: &mut Switches) {
    switches.replication_flaps_percent = 15;
    switches.assign_licence_is_accepted = true;
    switches.group_licences_seconds = 30;
    switches.exchange.sees_directory_seconds = 20;
    switches.exchange.seen_by_directory_seconds = 20;
    switches.exchange.sees_itself_seconds = 15;
    switches.exchange.mailbox_delay_seconds = 45;
    switches.teams.operation_seconds = 30;
    switches.teams.group_settles_seconds = 60;
}

#[tokio::test(flavor = "multi_thread")]
async fn x04_i10_every_request_and_way_back_comes_to_the_same_where_microsofts_copies_agree_late() {
    let wanted = undisturbed().await;
    let wishes = Wishes {
        lag: LAG,
        ..Wishes::default()
    };
    let mut play = Play::begin(BACKEND, wishes).await;
    play.watch.house.switch(slow);
    play.carry_through().await;
    comes_to(&mut play, &wanted.there, Picture::value_in_the_end).await;
    play.turn_back().await;
    play.carry_through().await;
    comes_to(&mut play, &wanted.back, Picture::value_in_the_end).await;
    run::whole(&play.watch);
}
