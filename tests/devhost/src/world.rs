//! A world to test in: folders, a centre on a port of its own, a desk. The demo office is made once and copied.

use anyhow::{Context, Result, anyhow};
use onedoor_central::{Central, Options, ledger::OfficeRecord};
use onedoor_desk::{
    Commands, Demo, DemoOffice, Desk, DeskConfig, DeskError, Host, clock::SystemClock,
    dto::EnrolByCode,
};
use onedoor_protocol::enrol::{Counter, Mission, Office};
use onedoor_testkit::{folders, temp::Scratch};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// Which world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A lived-in office, signed out.
    Demo,
    /// A lived-in mission abroad, signed out.
    Mission,
    /// Nothing there yet.
    First,
    /// A store without an office, signed in.
    Enrol,
    /// A database that was cut while closed.
    Damaged,
    /// An office with one clerk and no filing, signed out.
    Plain,
}

impl Kind {
    /// By the name in the address.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "demo" => Kind::Demo,
            "mission" => Kind::Mission,
            "first" => Kind::First,
            "enrol" => Kind::Enrol,
            "damaged" => Kind::Damaged,
            "plain" => Kind::Plain,
            _ => return None,
        })
    }
}

/// The password of the one clerk of every world but the demo's.
const PASSWORD: &str = "mat-khau-thu";

/// A centre that can be stopped and started again on the same port.
struct RunningCentre {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Folders, centre, desk.
pub struct World {
    folder: TempDir,
    /// The demos, each made once and copied.
    templates: BTreeMap<Kind, TempDir>,
    /// Where all lie; the browser tests kill this program, so the next one clears up. After them: dropped last.
    scratch: Scratch,
    port: u16,
    centre: Option<RunningCentre>,
    commands: Commands,
}

/// Opens nothing: a browser test looks at the answer.
struct NoViewer;

impl Host for NoViewer {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        std::fs::metadata(path).map(|_| ())
    }
}

fn desk(folder: &Path, demo: Option<Demo>) -> Result<Desk> {
    let config = DeskConfig {
        folder: folder.join("desk"),
        version: env!("CARGO_PKG_VERSION").to_string(),
        clock: Arc::new(SystemClock::default()),
        host: Arc::new(NoViewer),
        print_server: "ipp://127.0.0.1:1/".to_string(),
        runtime: tokio::runtime::Handle::current(),
        demo,
    };
    Desk::new(config).map_err(told)
}

fn told(error: DeskError) -> anyhow::Error {
    anyhow!("{:?} {}", error.code, error.detail)
}

fn refused(error: onedoor_desk::dto::ErrorView) -> anyhow::Error {
    anyhow!("{:?}", error.code)
}

impl World {
    /// A new world.
    pub async fn new(kind: Kind) -> Result<Self> {
        let scratch = Scratch::in_memory("devhost-worlds")?;
        let folder = tempfile::tempdir_in(scratch.path())?;
        let commands = Commands(desk(folder.path(), None)?);
        let mut world = World {
            scratch,
            folder,
            templates: BTreeMap::new(),
            port: 0,
            centre: None,
            commands,
        };
        world.renew(kind).await?;
        Ok(world)
    }

    /// The desk's commands.
    pub fn commands(&self) -> Commands {
        self.commands.clone()
    }

    /// Leaves this world for a fresh one.
    pub async fn renew(&mut self, kind: Kind) -> Result<()> {
        self.centre_down().await?;
        let folder = tempfile::tempdir_in(self.scratch.path())?;
        let template = self.templates.get(&kind);
        let template = template.map(|template| template.path().to_path_buf());
        let shown = match kind {
            Kind::Demo => Some(DemoOffice::Commune),
            Kind::Mission => Some(DemoOffice::Mission),
            _ => None,
        };
        if let Some(template) = &template {
            folders::copy(template, folder.path())?;
        }
        self.folder = folder;
        self.port = 0;
        self.centre_up().await?;
        let demo = match shown {
            Some(shown) => Some(Demo {
                centre: self.address(),
                code: self.code_for(shown).await?,
                office: shown,
            }),
            None => None,
        };
        if demo.is_some() && template.is_none() {
            self.make_template(kind, demo.clone()).await?;
        }
        if kind == Kind::Damaged {
            self.prepare_damaged().await?;
        }
        self.commands = Commands(desk(self.folder.path(), demo)?);
        match kind {
            Kind::Enrol => self.first_clerk().await?,
            Kind::Plain => {
                self.first_clerk().await?;
                self.enrol().await?;
                self.commands.session_lock().await.map_err(refused)?;
            }
            Kind::Damaged => {
                let clerk = self.commands.app_state().await.map_err(refused)?.staff[0]
                    .id
                    .clone();
                // The refusal is the point: it is what brings the damage page.
                let _ = self.commands.session_sign_in(clerk, PASSWORD.into()).await;
            }
            Kind::Demo | Kind::Mission | Kind::First => {}
        }
        Ok(())
    }

    /// Seeds the demo once, closes it, and keeps a copy for the next time.
    async fn make_template(&mut self, kind: Kind, demo: Option<Demo>) -> Result<()> {
        let desk = desk(self.folder.path(), demo)?;
        tokio::task::spawn_blocking(move || desk.seed_demo(&|_, _| {}).map_err(told)).await??;
        self.centre_down().await?;
        let template = tempfile::tempdir_in(self.scratch.path())?;
        let (from, to) = (self.folder.path().to_owned(), template.path().to_owned());
        // What the desk began to send is ended first: a file that goes away meanwhile would spoil the copy.
        tokio::task::spawn_blocking(move || {
            folders::let_go(&from)?;
            folders::copy(&from, &to)
        })
        .await??;
        self.templates.insert(kind, template);
        self.centre_up().await
    }

    async fn prepare_damaged(&self) -> Result<()> {
        {
            let commands = Commands(desk(self.folder.path(), None)?);
            commands
                .staff_first("Trần Thị Hoa".into(), PASSWORD.into())
                .await
                .map_err(refused)?;
        }
        let database = self.folder.path().join("desk/onedoor.db");
        let file = std::fs::OpenOptions::new().write(true).open(database)?;
        file.set_len(10_000)?;
        Ok(())
    }

    async fn first_clerk(&self) -> Result<()> {
        self.commands
            .staff_first("Trần Thị Hoa".into(), PASSWORD.into())
            .await
            .map_err(refused)?;
        Ok(())
    }

    async fn enrol(&self) -> Result<()> {
        let request = EnrolByCode {
            centre: self.address(),
            code: self.code().await?,
        };
        self.commands
            .enrol_by_code(request)
            .await
            .map_err(refused)?;
        Ok(())
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn centre_folder(&self) -> PathBuf {
        self.folder.path().join("centre")
    }

    async fn code(&self) -> Result<String> {
        self.code_for(DemoOffice::Commune).await
    }

    async fn code_for(&self, shown: DemoOffice) -> Result<String> {
        let record = match shown {
            DemoOffice::Commune => office(),
            DemoOffice::Mission => embassy(),
        };
        let id = record.office.id.clone();
        let central = Central::open(Options::new(self.centre_folder())).await?;
        let counter = Counter {
            number: 1,
            name: "Quầy 1".into(),
        };
        if let Err(error) = central.add_office(record).await {
            // A copied demo has its office already, and needs no code any more.
            tracing::debug!(%error, "no new office");
            return Ok(String::new());
        }
        Ok(central.enrolment_code(&id, counter).await?.code)
    }

    /// The centre as its operator sees it, beside its service.
    pub async fn central(&self) -> Result<Central> {
        Ok(Central::open(Options::new(self.centre_folder())).await?)
    }

    /// Pulls the cable.
    pub async fn centre_down(&mut self) -> Result<()> {
        if let Some(centre) = self.centre.take() {
            // The server is gone already when nobody takes the word.
            let _ = centre.stop.send(());
            centre.task.await?;
        }
        Ok(())
    }

    /// The centre's people tell the commune's office something.
    pub async fn centre_says(&self, text: &str) -> Result<()> {
        let central = Central::open(Options::new(self.centre_folder())).await?;
        let from = "Văn phòng UBND tỉnh";
        central
            .send_message(&office().office.id, from, text)
            .await?;
        Ok(())
    }

    /// Plugs it in again, on the same port.
    pub async fn centre_up(&mut self) -> Result<()> {
        if self.centre.is_some() {
            return Ok(());
        }
        let listener = TcpListener::bind(("127.0.0.1", self.port))
            .await
            .context("the centre's port")?;
        self.port = listener.local_addr()?.port();
        let central = Central::open(Options::new(self.centre_folder())).await?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let until = async move {
                let _ = stopped.await;
            };
            if let Err(error) = central.serve_until(listener, until).await {
                tracing::error!(%error, "the centre ended");
            }
        });
        self.centre = Some(RunningCentre { stop, task });
        Ok(())
    }
}

fn office() -> OfficeRecord {
    let office = Office {
        id: "eatul".into(),
        name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
        parent: "UBND XÃ EA TUL".into(),
        place: "Ea Tul".into(),
        agency: "H15.50.05.13".into(),
        symbol: "TTPVHCC".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        mission: None,
    };
    OfficeRecord {
        office,
        province: "Đắk Lắk".into(),
    }
}

fn embassy() -> OfficeRecord {
    let office = Office {
        id: "berlin".into(),
        name: "ĐẠI SỨ QUÁN VIỆT NAM TẠI CHLB ĐỨC".into(),
        parent: "BỘ NGOẠI GIAO".into(),
        place: "Berlin".into(),
        agency: "G16.99.01".into(),
        symbol: "ĐSQ".into(),
        time_zone: "Europe/Berlin".into(),
        mission: Some(Mission {
            host: "DE".into(),
            currency: "USD".into(),
        }),
    };
    OfficeRecord {
        office,
        province: "Bộ Ngoại giao".into(),
    }
}
