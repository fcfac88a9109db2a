//! Whatever SharePoint keeps to itself is found out all the same: webhooks that are lost, late, forged or gone,
//! a change log that has ended, permissions that somebody changed by hand.

#[path = "intake/hooks.rs"]
mod hooks;
#[path = "intake/pace.rs"]
mod pace;
#[path = "intake/reconcile.rs"]
mod reconcile;
#[path = "intake/reorganisation.rs"]
mod reorganisation;

use std::process::Output;

use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::watch::Watch;

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");

async fn open(wishes: Wishes<'_>) -> Watch {
    hire::open(BACKEND, wishes).await
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

/// The sum of a metric's samples that carry this text.
async fn metric(house: &House, name: &str, label: &str) -> f64 {
    let text = house.metrics().await;
    let lines = text
        .lines()
        .filter(|line| line.starts_with(name) && line.contains(label));
    let values = lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
    values.sum()
}
