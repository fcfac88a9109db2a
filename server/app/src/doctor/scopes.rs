//! The budget of unique scopes: how full the lists are, and whether SharePoint agrees.

use store::{StoreError, transaction};

use super::Finding;
use crate::config::Scopes;
use crate::jobs::Task;
use crate::service::Service;
use crate::setup::Words;
use crate::shards::{Differences, Forecast, Hindrance, Standing, last_comparison, standings, unfolded};

pub(super) async fn look(service: &Service) -> Vec<Finding> {
    let standings = match standings(service).await {
        Ok(standings) => standings,
        Err(error) => return vec![Finding::wrong("scopes", error.to_string(), error.to_string())],
    };
    let mut findings = Vec::new();
    for standing in &standings {
        findings.push(budget(&service.config.scopes, standing));
        let url = &standing.shard.url;
        match last_comparison(service, url).await {
            Ok(Some(differences)) if differences != Differences::default() => {
                findings.push(differing(url, &differences));
            }
            Ok(_) => {}
            Err(error) => findings.push(Finding::wrong(url.clone(), error.to_string(), error.to_string())),
        }
    }
    findings.extend(refused(service).await);
    findings.extend(left(service).await);
    findings
}

/// Items that keep their own permissions for a cause that is theirs alone.
async fn left(service: &Service) -> Vec<Finding> {
    match unfolded(service).await {
        Ok(left) => left.iter().map(|(number, why)| alone(number, *why)).collect(),
        Err(error) => vec![Finding::wrong("folds", error.to_string(), error.to_string())],
    }
}

fn alone(number: &str, why: Hindrance) -> Finding {
    let Words { ja, en } = why.words();
    Finding::warning(
        format!("{number}: fold"),
        format!("まとめられず、固有の権限を持ったままです: {ja}。30 日後にもう一度試します"),
        format!("it is not folded and keeps its own permissions: {en}; it is tried again after 30 days"),
    )
}

/// Folds that the tenant refused.
async fn refused(service: &Service) -> Option<Finding> {
    let parked: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.parked_jobs().await);
    let parked = match parked {
        Ok(parked) => parked,
        Err(error) => return Some(Finding::wrong("folds", error.to_string(), error.to_string())),
    };
    let mut refused = parked.iter().filter(|job| job.kind == Task::FOLD);
    let (first, others) = (refused.next()?, refused.count());
    Some(Finding::warning(
        "folds",
        format!(
            "まとめられなかった項目が {} 件あり、元のまま読めます: {}",
            others + 1,
            first.why
        ),
        format!(
            "{} items could not be folded and stay as they were: {}",
            others + 1,
            first.why
        ),
    ))
}

fn budget(budget: &Scopes, standing: &Standing) -> Finding {
    let what = format!(
        "{}: scopes {}/{}",
        standing.shard.url, standing.scopes, budget.cap
    );
    let Some(forecast) = standing.forecast else {
        return Finding::noted(
            what,
            Words {
                ja: "新しい申請は後のリストに入ります".to_owned(),
                en: "new applications go into a later list".to_owned(),
            },
        );
    };
    let Words { ja, en } = forecast.words();
    if forecast == Forecast::Full {
        return Finding::wrong(
            what,
            format!("{ja}。新しい申請は次のリストができるまで待ちます。`serve` のログを確かめてください"),
            format!("{en}: new applications wait for the next list; look into the log of `serve`"),
        );
    }
    if standing.scopes >= budget.warn_mark() {
        let roll = budget.roll;
        return Finding::warning(
            what,
            format!("{ja}。{roll}% で次のリストが自動で作られます"),
            format!("{en}; the next list is made by itself at {roll} %"),
        );
    }
    Finding::noted(what, Words { ja, en })
}

fn differing(url: &str, differences: &Differences) -> Finding {
    let (inheriting, unknown) = (differences.inheriting.len(), differences.unknown.len());
    Finding::warning(
        format!("{url}: scopes"),
        format!(
            "最後の照合で、固有の権限を失った項目が {inheriting} 件、記録にない固有の権限が {unknown} 件ありました。失った権限は自動で戻ります"
        ),
        format!(
            "the last comparison found {inheriting} items that lost their permissions and {unknown} with permissions that no row knows; lost ones are given back by themselves"
        ),
    )
}

#[cfg(test)]
mod tests {
    use store::{Ordinal, Shard};

    use super::*;
    use crate::config::Language;

    fn told(scopes: i64, forecast: Option<Forecast>) -> [String; 2] {
        let shard = Shard {
            ordinal: Ordinal::FIRST,
            url: "Lists/PFApplications".to_owned(),
            list: String::new(),
            opened_at: jiff::Timestamp::UNIX_EPOCH,
            closed_at: None,
        };
        let standing = Standing {
            shard,
            scopes,
            forecast,
        };
        let finding = budget(&Scopes::default(), &standing);
        [Language::Ja, Language::En].map(|language| finding.line(language))
    }

    #[test]
    fn the_doctor_tells_the_forecast_and_warns_from_seventy_percent_on() {
        let in_days = Some(Forecast::InDays(41));
        for (scopes, forecast, ja, en) in [
            (3_499, in_days, "正常", "good"),
            (3_500, in_days, "注意", "warning"),
            (5_000, Some(Forecast::Full), "異常", "wrong"),
            (4_700, None, "正常", "good"),
        ] {
            let [japanese, english] = told(scopes, forecast);
            assert!(
                japanese.starts_with(ja) && english.starts_with(en),
                "{japanese} {english}"
            );
            assert!(english.contains(&format!("scopes {scopes}/5000: ")), "{english}");
            assert_eq!(english.contains("in 41 days"), forecast == in_days);
        }
    }
}
