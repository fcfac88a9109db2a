//! What a user, an approver or an auditor would notice.

#![expect(
    clippy::unwrap_used,
    reason = "what is wrong here should stop the test at once"
)]

mod actions;
mod answers_tried;
mod any_definition;
mod asked_once;
mod attendance;
mod back;
mod business;
mod by_hand;
mod calendars;
mod change;
mod counting;
mod custom_action;
mod deadlines;
mod deadlocks;
mod definitions;
mod deletions;
mod deputies;
mod different_from_the_crowd;
mod endings;
mod evidence;
mod expiring;
mod fixture;
mod histories;
mod holidays;
mod inbox;
mod invariants;
mod json_schema;
mod judging;
mod large;
mod life;
mod look_ups;
mod offers;
mod older;
mod outcomes;
mod pack;
mod packages;
mod placed;
mod published;
mod reasons;
mod recount;
mod reorganisation;
mod reports;
mod routing;
mod rows;
mod rules;
mod samples;
mod scheduled;
mod schema;
mod service_tries;
mod shipped;
mod sources;
mod states;
mod story;
mod table;
mod table_of_transitions;
mod time;
mod tries;
mod variety;
mod viewers;
mod votes;
mod ways;
mod work;
