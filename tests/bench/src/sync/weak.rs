//! `weak_link_1000_events_s`: a thousand lines from the press of "send now" to the last acknowledgement on this machine,
//! over 1 Mbit/s and 200 ms there and back. The connection costs two round trips, as with TLS 1.3.

use super::{
    Bench,
    centre::Centre,
    client::{Client, LINES_ONLY},
    day::{lines, workstation},
    line::{Kind, Line},
};
use crate::measure::{Row, median};
use anyhow::Result;
use std::time::{Duration, Instant};

const RUNS: u16 = 3;
/// Each has two lines.
const FILINGS: u32 = 500;
const BYTES_PER_S: u64 = 125_000;
const DELAY: Duration = Duration::from_millis(100);

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let place = bench.place.join("weak");
    let centre = bench
        .runtime
        .block_on(Centre::start(&place.join("centre"), None))?;
    let (mut ours, mut floors) = (vec![], vec![]);
    for run in 1..=RUNS {
        let ticket = bench
            .runtime
            .block_on(centre.ticket(&format!("office{run}"), 1))?;
        let data = place.join(format!("data{run}"));
        let (store, clerk, ticket) = workstation(&data, &ticket)?;
        // Numbers of different runs meet at one centre.
        let filings = u32::from(run) * FILINGS..u32::from(run + 1) * FILINGS;
        bench
            .day
            .fill((&store, clerk), (filings, 1), |_| Ok(None))?;
        let key = store.read(|reader| reader.signing_key())?;
        bench.runtime.block_on(async {
            centre.bind(&ticket, &key).await?;
            let kind = Kind::Narrow {
                bytes_per_s: BYTES_PER_S,
                delay: DELAY,
            };
            let line = Line::to(centre.address(), kind).await?;
            let mut client = Client::new(&store, &line.url(), LINES_ONLY)?;
            let began = Instant::now();
            client.whole_contact().await?;
            ours.push(began.elapsed().as_secs_f64());
            client.all_lines_sent()?;
            let rounds = 2.0 * DELAY.as_secs_f64();
            floors.push(line.take().up as f64 / BYTES_PER_S as f64 + rounds);
            centre.holds(ticket.enrolment.ws, &lines(&store)?).await
        })?;
    }
    let what = "the bytes that went up, at the line's rate, and one round trip";
    Ok(vec![
        Row::new(
            "weak_link_1000_events_s",
            median(&ours),
            "s",
            median(&floors),
            what,
        )
        .at_most(8.0),
    ])
}
