//! A reference connector: fetches filings at a centre's outlet and brings them to a province's own system. It keeps
//! nothing: killed anywhere and started again, it goes on. Not here: the steps (`steps`).

mod steps;

use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use steps::{Connector, Next};

/// How long to wait when there is nothing, or something failed.
const PAUSE: Duration = Duration::from_secs(30);

#[derive(Parser)]
struct Settings {
    /// Address of the centre.
    #[arg(long)]
    centre: String,
    /// Address of the province's own system.
    #[arg(long)]
    province: String,
    /// A token of the role outlet.
    #[arg(long, env = "ONEDOOR_OUTLET_TOKEN", hide_env_values = true)]
    outlet_token: String,
    /// A token of the role unit.
    #[arg(long, env = "ONEDOOR_UNIT_TOKEN", hide_env_values = true)]
    unit_token: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let it = Settings::parse();
    let connector = Connector::new(it.centre, it.province, it.outlet_token, it.unit_token)?;
    loop {
        match connector.run(&mut |_| Next::Goes).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => eprintln!("{error:#}"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
