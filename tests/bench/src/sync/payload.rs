//! `payload_ratio` and `noop_bytes`: what passes on the socket in a contact with a thousand ordinary lines, and in one with
//! nothing to say. Headers count, both ways.

use super::{
    Bench,
    centre::Centre,
    client::{Client, LINES_ONLY},
    day::{lines, workstation},
    line::{Kind, Line},
};
use crate::measure::Row;
use anyhow::{Result, ensure};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Each has two lines.
const FILINGS: u32 = 500;

pub fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let place = bench.place.join("payload");
    let centre = bench
        .runtime
        .block_on(Centre::start(&place.join("centre"), None))?;
    let ticket = bench.runtime.block_on(centre.ticket("eatul", 1))?;
    let (store, clerk, ticket) = workstation(&place.join("data"), &ticket)?;
    bench
        .day
        .fill((&store, clerk), (0..FILINGS, 1), |_| Ok(None))?;
    let key = store.read(|reader| reader.signing_key())?;
    let (ws, sent) = (ticket.enrolment.ws, lines(&store)?);
    bench.runtime.block_on(async {
        centre.bind(&ticket, &key).await?;
        let line = Line::to(centre.address(), Kind::Plain).await?;
        let contact = async || {
            // Contacts are minutes apart, so each has a connection of its own.
            Client::new(&store, &line.url(), LINES_ONLY)?
                .whole_contact()
                .await?;
            anyhow::Ok(line.take())
        };
        let carried = contact().await?;
        centre.holds(ws, &sent).await?;
        let echo = contact().await?;
        let noop = contact().await?;
        let client = Client::new(&store, &line.url(), LINES_ONLY)?;
        ensure!(
            client.all_lines_sent()? == sent.len() as u64,
            "not all lines"
        );
        ensure!(noop.down > 0, "nobody answered the contact without news");
        health(line.address()).await?;
        let bare = line.take();
        let mut plain = sent.join(&b'\n');
        plain.push(b'\n');
        let size = plain.len() as f64;
        let packed = zstd::bulk::compress(&plain, 3)?.len() as f64 / size;
        Ok(vec![
            Row::new(
                "payload_ratio",
                carried.bytes() as f64 / size,
                "times",
                packed,
                format!(
                    "the same {} lines packed as one by zstd 3; {} bytes plain",
                    sent.len(),
                    plain.len()
                ),
            )
            .at_most(0.36),
            Row::new(
                "payload_echo_ratio",
                echo.bytes() as f64 / size,
                "times",
                packed,
                "as above; the next contact, in which the feed says that these lines came",
            ),
            Row::new(
                "noop_bytes",
                noop.bytes() as f64,
                "bytes",
                bare.bytes() as f64,
                "GET /healthz by hand through the same line",
            )
            .at_most(2048.0),
            Row::new(
                "noop_round_trips",
                noop.round_trips as f64,
                "",
                bare.round_trips as f64,
                "GET /healthz by hand",
            )
            .at_most(1.0),
        ])
    })
}

/// The least that HTTP needs to ask anything.
async fn health(address: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let request = b"GET /healthz HTTP/1.1\r\nhost: centre\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    ensure!(
        answer.starts_with(b"HTTP/1.1 200"),
        "the centre is not well"
    );
    Ok(())
}
