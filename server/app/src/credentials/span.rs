//! How long yet, as people say it.

use jiff::SignedDuration;

use crate::setup::Words;

/// Minutes and seconds; what has begun counts, for whoever comes too early is refused.
pub(crate) fn span(left: SignedDuration) -> Words {
    let whole = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    let (minutes, seconds) = (whole.max(0) / 60, whole.max(0) % 60);
    match (minutes, seconds) {
        (0, _) => Words::new(format!("{seconds} 秒"), format!("{seconds} s")),
        (_, 0) => Words::new(format!("{minutes} 分"), format!("{minutes} min")),
        _ => Words::new(
            format!("{minutes} 分 {seconds} 秒"),
            format!("{minutes} min {seconds} s"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_minutes_and_seconds_and_never_too_short() {
        for (left, en, ja) in [
            (SignedDuration::from_secs(160), "2 min 40 s", "2 分 40 秒"),
            (SignedDuration::from_millis(159_001), "2 min 40 s", "2 分 40 秒"),
            (SignedDuration::from_mins(3), "3 min", "3 分"),
            (SignedDuration::from_millis(1), "1 s", "1 秒"),
            (SignedDuration::from_secs(-5), "0 s", "0 秒"),
        ] {
            assert_eq!(span(left), Words::new(ja, en), "{left:?}");
        }
    }
}
