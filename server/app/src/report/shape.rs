//! From what was counted to what clients read: keys get names.

use forms::Label;
use workflow::PersonId;
use workflow::report::{self as counted, Volume};

use super::Question;
use super::names::Names;
use super::told::{
    Figures, Late, Named, PersonFigures, Portion, Report, Spread, StepFigures, Times, Whom, WorkflowFigures,
};

pub(super) fn report(
    question: &Question,
    counted: counted::Report,
    names: &Names,
    unreadable: Vec<String>,
) -> Report {
    let portion = |(from, volume): (jiff::civil::Date, Volume)| Portion {
        from: from.to_string(),
        figures: figures(volume),
    };
    Report {
        from: question.days.first().to_string(),
        to: question.days.last().to_string(),
        at: counted.at.to_string(),
        workflow: question.workflow.as_ref().map(ToString::to_string),
        total: figures(counted.volume),
        stretches: counted.volumes.into_iter().map(portion).collect(),
        workflows: counted
            .workflows
            .into_iter()
            .map(|of| workflow(of, names))
            .collect(),
        steps: counted.steps.iter().map(|load| step(load, names)).collect(),
        people: counted.people.iter().map(|load| person(load, names)).collect(),
        late: counted.late.into_iter().map(|found| late(found, names)).collect(),
        late_in_all: counted.late_in_all,
        unreadable,
    }
}

fn figures(volume: Volume) -> Figures {
    Figures {
        submitted: volume.submitted,
        open: volume.open,
        completed: volume.completed,
        rejected: volume.rejected,
        otherwise: volume.otherwise,
    }
}

fn named(label: Label) -> Named {
    Named {
        ja: label.ja,
        en: label.en,
    }
}

fn times(times: &counted::Times) -> Times {
    let spread = |spread: counted::Spread| Spread {
        p50: spread.p50,
        p90: spread.p90,
        longest: spread.longest,
    };
    Times {
        elapsed: times.elapsed().map(spread),
        business: times.business().map(spread),
    }
}

fn workflow((key, total): (workflow::WorkflowKey, counted::WorkflowTotal), names: &Names) -> WorkflowFigures {
    let codes = total.codes.into_iter();
    WorkflowFigures {
        title: named(names.workflow(&key)),
        workflow: key.to_string(),
        figures: figures(total.volume),
        states: codes
            .map(|(code, count)| (code.as_str().to_owned(), count))
            .collect(),
        returns: total.returns,
        times: times(&total.times),
    }
}

fn step(found: &counted::StepLoad, names: &Names) -> StepFigures {
    StepFigures {
        workflow_title: named(names.workflow(&found.workflow)),
        title: named(names.step(&found.workflow, &found.step)),
        workflow: found.workflow.to_string(),
        step: found.step.to_string(),
        ended: found.load.times.count(),
        open: found.load.open,
        late: found.load.late,
        times: times(&found.load.times),
        waited: found.load.waited,
        permille: found.share,
    }
}

fn person(found: &counted::PersonLoad, names: &Names) -> PersonFigures {
    PersonFigures {
        name: names.person(&found.person),
        person: found.person.to_string(),
        answered: found.load.times.count(),
        open: found.load.open,
        late: found.load.late,
        times: times(&found.load.times),
        waited: found.load.waited,
        permille: found.share,
    }
}

fn late(found: counted::Late, names: &Names) -> Late {
    let whom = |id: &PersonId| Whom {
        person: id.to_string(),
        name: names.person(id),
    };
    Late {
        title: named(names.step(&found.workflow, &found.step)),
        number: found.number,
        workflow: found.workflow.to_string(),
        step: found.step.to_string(),
        people: found.people.iter().map(whom).collect(),
        due: found.due.to_string(),
        overdue: found.overdue,
    }
}
