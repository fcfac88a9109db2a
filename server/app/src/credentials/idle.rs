//! When to run `renew` would renew nothing: the last renewal has just been done, or its old certificate has its time yet.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::advance::care;
use super::event::Event;
use super::journal;
use super::obstacle::Stop;
use super::renewal::{Phase, Renewal};
use super::window::YOUNG;
use crate::service::Service;
use crate::setup::Words;

/// Why nothing is renewed, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Idle {
    /// The app has gone over, and the old certificate stays until then: another renewal would need a third one.
    Overlap { number: i64, until: Timestamp },
    /// The present one is younger than 30 days.
    Young {
        number: i64,
        since: Timestamp,
        until: Timestamp,
    },
}

/// `None`: there is something to do.
pub(crate) async fn idle(service: &Service) -> Result<Option<Idle>, Stop> {
    let Some(configured) = &service.config.credentials else {
        return Ok(None);
    };
    let overlap = care(&configured.renewal).overlap;
    let last = journal::last(service).await?;
    Ok(last.and_then(|(renewal, lines)| Idle::of(&renewal, &lines, service.now(), overlap)))
}

impl Idle {
    fn of(
        renewal: &Renewal,
        lines: &[(Timestamp, Event)],
        now: Timestamp,
        overlap: SignedDuration,
    ) -> Option<Self> {
        let number = renewal.number;
        let idle = match &renewal.phase {
            Phase::Switched { at, .. } => Self::Overlap {
                number,
                until: later(*at, overlap),
            },
            Phase::Removed(_) => {
                let switched = lines.iter().find(|(_, event)| *event == Event::Switched);
                let (since, _) = *switched?;
                Self::Young {
                    number,
                    since,
                    until: later(since, YOUNG),
                }
            }
            _ => return None,
        };
        (now < idle.until()).then_some(idle)
    }

    pub(crate) fn until(&self) -> Timestamp {
        match self {
            Self::Overlap { until, .. } | Self::Young { until, .. } => *until,
        }
    }

    /// What is not done, why, and until when. Moments in the company's `zone`.
    pub(crate) fn words(&self, zone: &TimeZone) -> Words {
        match self {
            Self::Overlap { number, until } => {
                let until = shown(*until, zone);
                Words::new(
                    format!(
                        "更新 {number} は切り替えまで済んでおり、以前の証明書は {until} まで登録に残ります。それまで renew は何もしません。そのあと、動いているサービスが自動で外します(serve が動いていなければ renew が外します)"
                    ),
                    format!(
                        "renewal {number} has switched, and the old certificate stays registered until {until}: until then, renew does nothing. After that the running service removes it by itself (renew does, where no serve runs)"
                    ),
                )
            }
            Self::Young { number, since, until } => {
                let (since, until) = (shown(*since, zone), shown(*until, zone));
                Words::new(
                    format!(
                        "今の資格情報は更新 {number} で {since} に新しくなったばかりです(30 日未満)。{until} まで renew は何もしません(それでも更新するには --force)"
                    ),
                    format!(
                        "the present credential is less than 30 days old (renewal {number}, {since}): until {until}, renew does nothing (--force renews all the same)"
                    ),
                )
            }
        }
    }

    /// What `--force` cannot do, and what can be done instead; `None`: it can.
    pub(crate) fn unforced(&self, zone: &TimeZone) -> Option<Words> {
        let Self::Overlap { number, until } = self else {
            return None;
        };
        let until = shown(*until, zone);
        Some(Words::new(
            format!(
                "--force でも、更新 {number} の以前の証明書が登録に残っている {until} までは、次の更新を始められません(何も変えていません)。新しい証明書に問題があれば、`provisioning-flow credentials rollback` で以前のものに戻してから renew を実行してください。問題がなければ、その時刻を過ぎてから renew --force を実行してください"
            ),
            format!(
                "not even --force begins another renewal until {until}, as long as the old certificate of renewal {number} is registered; nothing was changed. If the new certificate is in doubt, go back with `provisioning-flow credentials rollback` and run renew then; otherwise run renew --force after that time"
            ),
        ))
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// To the minute, with its zone.
fn shown(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%d %H:%M %Z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::event::{Certificate, How, Old, Plan, Which};

    const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_801_440_000 + second).unwrap()
    }

    fn hours(hours: i64) -> Timestamp {
        at(hours * 3_600)
    }

    /// As far as the switch, at the beginning of time, and `more`.
    fn lines(more: &[(Timestamp, Event)]) -> Vec<(Timestamp, Event)> {
        let old = Old {
            which: Which::Configured,
            thumbprint: "OLD".into(),
            ends: hours(1_000),
            secret: None,
        };
        let plan = Plan {
            name: "ours".into(),
            old,
            ends: hours(10_000),
            bits: 2048,
            secret: false,
            by: "a test".into(),
        };
        let certificate = Certificate {
            id: "new".into(),
            thumbprint: "NEW".into(),
            ends: hours(10_000),
        };
        let key = uuid::Uuid::nil();
        let how = How::Possession;
        let mut lines = vec![
            (at(-3), Event::Planned { plan }),
            (at(-3), Event::Made { certificate }),
            (at(-2), Event::KeyAdded { key, how }),
            (at(-1), Event::Proven),
            (at(0), Event::Switched),
        ];
        lines.extend_from_slice(more);
        lines
    }

    fn idle(lines: &[(Timestamp, Event)], now: Timestamp) -> Option<Idle> {
        let renewal = Renewal::fold(1, lines).unwrap().unwrap();
        Idle::of(&renewal, lines, now, OVERLAP)
    }

    #[test]
    fn within_the_overlap_nothing_is_renewed_and_nothing_is_forced() {
        let switched = lines(&[]);
        let within = idle(&switched, hours(23)).unwrap();
        assert_eq!(within.until(), hours(24));
        let zone = TimeZone::get("Asia/Tokyo").unwrap();
        for words in [within.words(&zone), within.unforced(&zone).unwrap()] {
            for said in [words.ja, words.en] {
                assert!(said.contains("2027-02-02 09:00 JST"), "{said}");
            }
        }
        assert!(within.unforced(&zone).unwrap().en.contains("rollback"));
        assert_eq!(idle(&switched, hours(24)), None, "the old one is to be removed");
        assert_eq!(idle(&switched[..4], hours(1)), None, "it goes on");
    }

    #[test]
    fn a_young_one_is_left_alone_for_thirty_days_from_the_switch_unless_it_is_forced() {
        let done = lines(&[(hours(24), Event::Removed)]);
        let young = idle(&done, hours(30 * 24 - 1)).unwrap();
        assert_eq!(young.until(), hours(30 * 24));
        let zone = TimeZone::UTC;
        assert_eq!(young.unforced(&zone), None);
        assert!(young.words(&zone).en.contains("--force"), "{young:?}");
        assert_eq!(idle(&done, hours(30 * 24)), None);
        let back = lines(&[
            (
                hours(1),
                Event::Undoing {
                    why: "-".into(),
                    by: None,
                },
            ),
            (hours(1), Event::RolledBack),
        ]);
        assert_eq!(idle(&back, hours(2)), None, "what was turned back is not young");
    }
}
