//! Events on the way to acceptance.

use jiff::Timestamp;

use crate::application::apply::{reopen, review};
use crate::application::{Application, Case, Event, State, Submitted};

pub(super) fn create(event: &Event) -> Option<Application> {
    let Event::Submitted(submitted) = event else {
        return None;
    };
    let Submitted {
        application,
        number,
        workflow,
        definition_version,
        applicant,
        drafter,
        link,
        viewers,
        source,
        payload,
    } = &**submitted;
    Some(Application {
        id: application.clone(),
        number: number.clone(),
        provisional: None,
        workflow: workflow.clone(),
        definition_version: *definition_version,
        applicant: applicant.clone(),
        drafter: drafter.clone(),
        link: link.clone(),
        source: source.clone(),
        viewers: viewers.iter().cloned().collect(),
        files: Vec::new(),
        past: Vec::new(),
        notices: Vec::new(),
        represented: std::collections::BTreeMap::new(),
        expiry: None,
        state: State::Submitted {
            payload: payload.clone(),
        },
    })
}

pub(super) fn change(
    application: &mut Application,
    state: State,
    event: &Event,
    at: Timestamp,
) -> Option<State> {
    match (state, event) {
        (State::SentBack { .. } | State::PulledBack {}, Event::Resubmitted { source, payload, .. }) => {
            application.source = source.clone();
            application.files.clear();
            Some(State::Submitted {
                payload: payload.clone(),
            })
        }
        (State::SentBack { .. } | State::PulledBack {}, Event::Withdrawn { by, .. }) => {
            Some(State::Withdrawn { by: by.clone() })
        }
        (State::Submitted { .. }, Event::Returned { issues }) => {
            // Prepared anew, somebody may have been shown it already.
            reopen::supersede_round(application);
            Some(State::SentBack {
                by: None,
                comment: None,
                issues: issues.clone(),
            })
        }
        (state @ State::Submitted { .. }, Event::Attached { files, .. }) => {
            application.files.clone_from(files);
            Some(state)
        }
        (State::Submitted { payload }, Event::Accepted { plan, route, opening }) => {
            application.viewers.extend(route.viewers.iter().cloned());
            let case = Case {
                payload,
                plan: plan.clone(),
                route: route.clone(),
            };
            match opening {
                Some(opening) => review::open(application, case, opening, at),
                None => Some(State::Approved { case, starts: None }),
            }
        }
        _ => None,
    }
}
