//! `serve`, and where the scans lie.

use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onedoor_central::limits::{Rate, Room};
use onedoor_central::{FeedsKept, Options, blobs};
use tokio::net::TcpListener;

use crate::{Place, open_with, say};

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    #[command(flatten)]
    scans: Scans,
    /// Requests a second that one workstation may make for long; 0 = no limit. In a burst twenty times as many.
    #[arg(long, default_value_t = 50)]
    requests_per_second: u32,
    /// MiB of the data folder's disk that are kept free: below twice as much scans are turned away, below it batches;
    /// 0 = nothing is kept free.
    #[arg(long, default_value_t = 256)]
    keep_free_mib: u64,
    /// Lines that are older than so many days leave an office's feed, about once a month, and a snapshot takes their place;
    /// 0 = only `feed prune` does that.
    #[arg(long, default_value_t = 90)]
    keep_feed_days: u16,
    /// Matters of so many months stay known to counters that read the snapshot.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u8).range(1..=120))]
    keep_feed_months: u8,
    /// Writes the port into this file once the service listens.
    #[arg(long)]
    port_file: Option<PathBuf>,
}

/// Scans on S3 instead of in the data folder.
#[cfg(feature = "s3")]
#[derive(Args)]
pub(crate) struct Scans {
    /// Bucket; without it the folder scans of the data folder.
    #[arg(long, env = "ONEDOOR_S3_BUCKET")]
    s3_bucket: Option<String>,
    /// What stands before all names in the bucket.
    #[arg(long, env = "ONEDOOR_S3_PREFIX", default_value = "")]
    s3_prefix: String,
    /// https://… of the store; without it Amazon's own.
    #[arg(long, env = "AWS_ENDPOINT_URL")]
    s3_endpoint: Option<String>,
    /// Region.
    #[arg(long, env = "AWS_REGION", default_value = "us-east-1")]
    s3_region: String,
    /// Id of the access key.
    #[arg(
        long,
        env = "AWS_ACCESS_KEY_ID",
        default_value = "",
        hide_env_values = true
    )]
    s3_access_key: String,
    /// The access key; better in the environment than on the command line.
    #[arg(
        long,
        env = "AWS_SECRET_ACCESS_KEY",
        default_value = "",
        hide_env_values = true
    )]
    s3_secret_key: String,
}

/// Without S3 there is nothing to choose.
#[cfg(not(feature = "s3"))]
#[derive(Args)]
pub(crate) struct Scans {}

#[cfg(not(feature = "s3"))]
impl Scans {
    pub(crate) fn place(self) -> blobs::Place {
        blobs::Place::Folder
    }
}

#[cfg(feature = "s3")]
impl Scans {
    pub(crate) fn place(self) -> blobs::Place {
        let Some(bucket) = self.s3_bucket else {
            return blobs::Place::Folder;
        };
        blobs::Place::S3(blobs::S3Place {
            bucket,
            prefix: self.s3_prefix,
            endpoint: self.s3_endpoint,
            region: self.s3_region,
            access_key: self.s3_access_key,
            secret_key: self.s3_secret_key,
        })
    }
}

pub(crate) async fn run(serve: Serve) -> Result<()> {
    let room = (serve.keep_free_mib > 0).then(|| Room::of(&serve.place.data, serve.keep_free_mib));
    let requests = (serve.requests_per_second > 0).then(|| Rate {
        per_second: serve.requests_per_second,
        burst: serve.requests_per_second.saturating_mul(20),
    });
    let central = crate::open_options(Options {
        requests,
        room,
        feeds: (serve.keep_feed_days > 0).then_some(FeedsKept {
            days: serve.keep_feed_days,
            months: serve.keep_feed_months,
        }),
        ..serve.place.options(serve.scans.place())
    });
    let central = central.await?;
    let listener = TcpListener::bind(serve.listen)
        .await
        .with_context(|| format!("can't listen on {}", serve.listen))?;
    let address = listener.local_addr()?;
    if let Some(file) = &serve.port_file {
        write_whole(file, &address.port().to_string())?;
    }
    say(&format!("listening on http://{address}"))?;
    let stop = asked_to_stop()?;
    central.serve_until(listener, stop).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Whoever waits for the file must never read half a number.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let aside = file.with_extension("part");
    std::fs::write(&aside, text)
        .with_context(|| format!("{} can't be written", aside.display()))?;
    std::fs::rename(&aside, file).with_context(|| format!("{} can't be written", file.display()))
}

#[cfg(unix)]
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a signal to wait for, only the end of the process stops the service.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[derive(Args)]
pub(crate) struct Sweep {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    scans: Scans,
}

/// Clears away what the service clears away every hour.
pub(crate) async fn sweep(it: Sweep) -> Result<()> {
    let central = open_with(it.place, it.scans.place()).await?;
    let swept = central.sweep().await?;
    say(&format!(
        "stale {}\tstray {}\thalf-written {}",
        swept.stale, swept.strays, swept.half_written
    ))
}
