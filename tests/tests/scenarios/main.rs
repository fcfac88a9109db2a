//! Scenarios that a workflow of a Japanese company must master, each told from beginning to end against the tenant:
//! one file for each, by its number in the specification.

mod by_rule;
mod company;
mod s01_user_create;
mod s02_sent_back_to_step_one;
mod s03_consensus_three_of_five;
mod s04_payload_edited_by_an_approver;
mod s05_deputy_while_absent;
mod s06_pull_up_and_objection;
mod s07_applicant_renamed;
mod s08_seats_run_out;
mod s11_next_shard;
mod s12_first_of_april;
mod s13_credential_rolled;
mod s16_licence_change_undone;
mod same_target;
