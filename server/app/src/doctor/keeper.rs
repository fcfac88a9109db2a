//! Who renews the app's credential before it ends.

use jiff::{SignedDuration, Zoned};

use super::Finding;
use crate::config::Credentials;
use crate::setup::Words;

/// From here on the end is near enough to be told: administrators get their first mail then.
const NEAR: SignedDuration = SignedDuration::from_hours(24 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeper {
    /// The service; something may stand in its way.
    Service { is_hindered: bool },
    /// A person, who wishes it so; something may stand in his way.
    Person { is_hindered: bool },
    /// Nothing is configured for it.
    Nobody,
}

impl Keeper {
    pub(super) fn of(configured: Option<&Credentials>, is_hindered: bool) -> Self {
        match configured {
            Some(configured) if configured.automatic.enabled => Self::Service { is_hindered },
            Some(_) => Self::Person { is_hindered },
            None => Self::Nobody,
        }
    }

    /// `day`: of the end; `left`: until then.
    pub(super) fn finding(self, what: &str, day: &Zoned, left: SignedDuration) -> Finding {
        let day = day.strftime("%Y-%m-%d (%Z)").to_string();
        let is_near = left < NEAR;
        let words = match self {
            Self::Service { is_hindered: true } => hindered(&day),
            Self::Service { .. } => by_itself(&day, is_near),
            Self::Person { .. } => by_hand(&day, is_near),
            Self::Nobody => by_nobody(&day),
        };
        match self {
            Self::Service { is_hindered: false } | Self::Person { is_hindered: false } if !is_near => {
                Finding::noted(what, words)
            }
            _ => Finding::warning(what, words.ja, words.en),
        }
    }
}

fn hindered(day: &str) -> Words {
    Words::new(
        format!("{day} に期限が切れます。下の障害があるあいだは、自動で更新されません"),
        format!(
            "they end on {day}, and do not renew themselves as long as what is told below stands in the way"
        ),
    )
}

fn by_itself(day: &str, is_near: bool) -> Words {
    if is_near {
        return Words::new(
            format!(
                "{day} に期限が切れます。設定した期間に自動で更新されます(`provisioning-flow credentials plan` で確かめられます)"
            ),
            format!(
                "they end on {day} and renew themselves within the configured window (`provisioning-flow credentials plan` tells)"
            ),
        );
    }
    Words::new(
        format!(
            "{day} に期限が切れます。自動で更新されます。Azure や Kubernetes で動かすなら、ワークロード ID フェデレーション(app.federation)で更新そのものが要らなくなります"
        ),
        format!(
            "they end on {day} and renew themselves; in Azure or Kubernetes workload identity federation (app.federation) would need no renewal at all"
        ),
    )
}

fn by_hand(day: &str, is_near: bool) -> Words {
    if is_near {
        return Words::new(
            format!(
                "{day} に期限が切れます。自動更新は無効です(credentials.automatic.enabled = false)。それまでに `provisioning-flow credentials renew` を実行してください"
            ),
            format!(
                "they end on {day}, and automatic renewal is switched off (credentials.automatic.enabled = false): run `provisioning-flow credentials renew` before"
            ),
        );
    }
    Words::new(
        format!(
            "{day} に期限が切れます。自動更新は無効です(credentials.automatic.enabled = false)。60 日前から管理者にメールで知らせるので、`provisioning-flow credentials renew` で更新してください。Azure や Kubernetes で動かすなら、ワークロード ID フェデレーション(app.federation)で更新そのものが要らなくなります"
        ),
        format!(
            "they end on {day}; automatic renewal is switched off (credentials.automatic.enabled = false): administrators are told by mail from 60 days before, and `provisioning-flow credentials renew` renews. In Azure or Kubernetes workload identity federation (app.federation) would need no renewal at all"
        ),
    )
}

fn by_nobody(day: &str) -> Words {
    Words::new(
        format!(
            "{day} に期限が切れ、自動では更新されません。[credentials] を設定してください。Azure や Kubernetes で動かすなら、期限のないワークロード ID フェデレーション(app.federation)も使えます"
        ),
        format!(
            "they end on {day} and do not renew themselves: write a section [credentials], or, in Azure or Kubernetes, use workload identity federation (app.federation), which never ends"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;

    const FAR: SignedDuration = SignedDuration::from_hours(24 * 61);
    const SOON: SignedDuration = SignedDuration::from_hours(24 * 59);

    fn line(keeper: Keeper, left: SignedDuration) -> String {
        let day: Zoned = "2028-04-02T02:05:04+09:00[Asia/Tokyo]".parse().unwrap();
        keeper.finding("credentials", &day, left).line(Language::En)
    }

    #[test]
    fn who_chose_to_renew_by_hand_is_warned_when_the_end_is_near_and_never_to_write_what_is_there() {
        let person = Keeper::Person { is_hindered: false };
        let (far, soon) = (line(person, FAR), line(person, SOON));
        assert!(
            far.starts_with("good") && soon.starts_with("warning"),
            "{far} {soon}"
        );
        for told in [far, soon] {
            assert!(told.contains("2028-04-02 (JST)"), "{told}");
            assert!(
                told.contains("switched off") && told.contains("credentials renew"),
                "{told}"
            );
            assert!(!told.contains("write a section"), "{told}");
        }
        assert!(line(Keeper::Nobody, FAR).contains("write a section [credentials]"));
    }

    #[test]
    fn nothing_is_good_beside_an_obstacle() {
        for keeper in [
            Keeper::Service { is_hindered: true },
            Keeper::Person { is_hindered: true },
        ] {
            assert!(line(keeper, FAR).starts_with("warning"), "{keeper:?}");
        }
        let told = line(Keeper::Service { is_hindered: true }, FAR);
        assert!(told.contains("do not renew themselves as long as"), "{told}");
        assert!(line(Keeper::Service { is_hindered: false }, FAR).starts_with("good"));
    }
}
