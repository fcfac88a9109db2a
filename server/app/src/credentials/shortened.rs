//! A new certificate that ends before the present one: allowed, and rarely meant.

use super::event::Plan;
use crate::setup::Words;

/// `None`: the new one ends later, as it should.
pub(crate) fn shortened(plan: &Plan) -> Option<Words> {
    let (new, old) = (plan.ends, plan.old.ends);
    (new < old).then(|| {
        Words::new(
            format!(
                "新しい証明書の期限({new})は、今の証明書の期限({old})より前です。credentials.renewal.lifetime_days を長くしてください(意図したものなら、そのままで構いません)"
            ),
            format!(
                "the new certificate would end ({new}) before the present one ({old}): raise credentials.renewal.lifetime_days, unless that is meant"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::event::{Old, Which};
    use super::*;

    fn plan(ends: &str) -> Plan {
        Plan {
            name: "next".into(),
            old: Old {
                which: Which::Configured,
                thumbprint: "A0".into(),
                ends: "2028-04-01T00:00:00Z".parse().unwrap(),
                secret: None,
            },
            ends: ends.parse().unwrap(),
            bits: 3072,
            secret: false,
            by: "a test".into(),
        }
    }

    #[test]
    fn only_a_certificate_that_would_end_sooner_is_told_of() {
        assert_eq!(shortened(&plan("2028-04-01T00:00:00Z")), None);
        let told = shortened(&plan("2028-03-31T23:59:59Z")).unwrap();
        assert!(told.ja.contains("lifetime_days") && told.en.contains("lifetime_days"));
    }
}
