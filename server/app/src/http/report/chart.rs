//! The geometry of the charts: where each bar stands. Colours and words are the template's.

use serde::Serialize;

/// Units of both drawings; about the points of a phone's screen, so that text is readable there.
const WIDTH: f64 = 340.0;
const LEFT: f64 = 34.0;
const TOP: f64 = 12.0;
const PLOT: f64 = 140.0;
/// Part of its place that a column leaves free.
const GAP: f64 = 0.2;
/// More labels than this below the columns would run into each other.
const MOST_LABELS: usize = 6;

/// Columns of parts that stand on each other.
#[derive(Debug, Serialize)]
pub(super) struct Columns {
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
    top: f64,
    /// What the upper line stands for.
    most: u32,
    bars: Vec<Bar>,
    labels: Vec<Text>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Bar {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// Which part, from 0.
    part: usize,
}

#[derive(Debug, Serialize)]
struct Text {
    x: f64,
    text: String,
}

/// `columns`: label and the parts from bottom to top.
pub(super) fn columns(columns: &[(String, Vec<u32>)]) -> Columns {
    let highest = columns.iter().map(|(_, parts)| parts.iter().sum()).max();
    let most = round_up(highest.unwrap_or(0));
    let place = (WIDTH - LEFT) / number(columns.len().max(1));
    let every = columns.len().div_ceil(MOST_LABELS).max(1);
    let (mut bars, mut labels) = (Vec::new(), Vec::new());
    for (at, (label, parts)) in columns.iter().enumerate() {
        let x = LEFT + place * (number(at) + GAP / 2.0);
        if at.is_multiple_of(every) {
            let x = LEFT + place * (number(at) + 0.5);
            labels.push(Text {
                x,
                text: label.clone(),
            });
        }
        let mut y = TOP + PLOT;
        for (part, value) in parts.iter().enumerate().filter(|(_, value)| **value > 0) {
            let height = PLOT * f64::from(*value) / f64::from(most);
            y -= height;
            let width = place * (1.0 - GAP);
            bars.push(Bar {
                x,
                y,
                width,
                height,
                part,
            });
        }
    }
    Columns {
        height: TOP + PLOT + 22.0,
        left: LEFT,
        right: WIDTH,
        bottom: TOP + PLOT,
        top: TOP,
        most,
        bars,
        labels,
    }
}

/// The next of 1, 2, 5, 10, 20, 50, …
fn round_up(value: u32) -> u32 {
    let mut unit: u32 = 1;
    loop {
        for step in [1, 2, 5] {
            let round = unit.saturating_mul(step);
            if round >= value {
                return round;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// Widths in percent of the longest: of `value` each.
pub(super) fn percents(values: &[u32]) -> Vec<f64> {
    let longest = values.iter().copied().max().unwrap_or(0).max(1);
    let percent = |value: &u32| f64::from(*value) * 100.0 / f64::from(longest);
    values.iter().map(percent).collect()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_line_is_a_round_number_that_nothing_exceeds() {
        for (value, round) in [
            (0, 1),
            (1, 1),
            (3, 5),
            (10, 10),
            (11, 20),
            (51, 100),
            (u32::MAX, u32::MAX),
        ] {
            assert_eq!(round_up(value), round, "{value}");
        }
    }

    #[test]
    fn parts_stand_on_each_other_and_columns_beside_each_other() {
        let drawn = columns(&[("a".into(), vec![1, 0, 3]), ("b".into(), vec![0, 0, 0])]);
        let [lower, upper] = drawn.bars.as_slice() else {
            panic!("two parts: {:?}", drawn.bars)
        };
        assert_eq!((lower.part, upper.part), (0, 2));
        assert!((lower.y + lower.height - drawn.bottom).abs() < 1e-9);
        assert!((upper.y + upper.height - lower.y).abs() < 1e-9);
        assert!(upper.y >= drawn.top && lower.x >= drawn.left && lower.x + lower.width <= drawn.right);
        assert_eq!(drawn.labels.len(), 2);
    }

    #[test]
    fn many_columns_are_labelled_now_and_then() {
        let many: Vec<_> = (1..=31).map(|day| (day.to_string(), vec![day])).collect();
        let labels = columns(&many).labels;
        assert!(labels.len() <= MOST_LABELS, "{}", labels.len());
        assert_eq!(labels[0].text, "1");
    }
}
