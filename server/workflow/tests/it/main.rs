//! What a user, an approver or an auditor would notice.

#![expect(
    clippy::unwrap_used,
    reason = "what is wrong here should stop the test at once"
)]

mod action_names;
mod actions;
mod acts_of_execution;
mod acts_of_people;
mod acts_of_service;
mod answers_tried;
mod any_definition;
mod any_try;
mod asked_once;
mod attendance;
mod back;
mod ballot;
mod beyond_the_table;
mod business;
mod by_hand;
mod calendars;
mod cases;
mod cells;
mod change;
mod counting;
mod custom_action;
mod deadlines;
mod deadlocks;
mod definitions;
mod deletions;
mod departures;
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
mod passage;
mod placed;
mod published;
mod reasons;
mod recount;
mod reorganisation;
mod reports;
mod routing;
mod rows;
mod rules;
mod run;
mod samples;
mod scheduled;
mod schema;
mod shipped;
mod sources;
mod states;
mod story;
mod table;
mod table_of_transitions;
mod time;
mod viewers;
mod votes;
mod ways;
mod work;
