//! The rules by which this office works: its procedures, calendars, tariffs and lists of communes, each from its day of
//! effect on. Made from what ships with the program, what the office set and what the centre published; the same for every
//! command until something is set. Not here: setting a document (`office_documents`), the procedures themselves
//! (`procedures`), and the rules' own arithmetic (domain).

use crate::{
    catalogue::Chosen,
    desk::Desk,
    dto::{ErrorCode, OfficePart},
    error::{DeskError, Result},
    fees::Charges,
    procedures::{Procedures, Trust, Unreadable},
};
use jiff::civil::Date;
use onedoor_catalogue::{Catalogue, Units, calendar, find::WholeCatalogue, tariff::OfficeTariff};
use onedoor_domain::{calendar::Calendar, money::Currency, versions::Versions};
use onedoor_protocol::enrol::{Mission, Office};
use onedoor_store::{Hash32, Op, Store, tables::office_documents::OfficeDocumentRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};

/// The one host country whose calendar ships with the program.
const HOST_WITH_CALENDAR: &str = "DE";

/// A list of communes: the shipped one, or one that is read at the first question about an address.
#[derive(Clone)]
enum UnitsOf {
    Shipped,
    Imported(Arc<(String, OnceLock<Option<Units>>)>),
}

/// See the module.
pub(crate) struct Rules {
    /// As they ship with the program; what was worked out by hand is the same in every version.
    pub procedures: Arc<Procedures>,
    /// With the nation's pages as they hold from a day on.
    pages: Versions<Arc<Procedures>>,
    /// Catalogues of the centre by their hash: read once, whether they can be used or not.
    published: BTreeMap<Hash32, std::result::Result<Arc<Procedures>, Unreadable>>,
    pub mission: Option<Mission>,
    /// No calendar of the mission's host is known.
    pub calendar_missing: bool,
    /// Documents that were set and can't be read any more, by part and hybrid clock.
    pub damaged: BTreeSet<(OfficePart, u64)>,
    /// Documents that only a newer program can read.
    pub newer: BTreeSet<(OfficePart, u64)>,
    /// Documents that another counter set and that are not here yet: what held before holds until they come.
    pub awaited: BTreeSet<(OfficePart, u64)>,
    /// All documents of which these rules know: one that was heard of since counts as awaited.
    pub known: BTreeSet<(OfficePart, u64)>,
    calendars: Versions<Calendar>,
    tariffs: Versions<OfficeTariff>,
    units: Versions<UnitsOf>,
    shipped_units: Arc<OnceLock<Units>>,
    /// The procedure that was asked for last, with its code and day: the page asks for it at every key.
    last: Mutex<Option<(String, Date, Arc<Chosen>)>>,
}

/// The rules of a desk: replaced as a whole, read without waiting.
pub(crate) struct Kept(RwLock<Arc<Rules>>);

impl Kept {
    pub(crate) fn shipped() -> Result<Self> {
        let procedures = Arc::new(Procedures::of(Catalogue::shipped()?));
        let rules = Rules::bare(procedures, None, Arc::default());
        Ok(Kept(RwLock::new(Arc::new(rules))))
    }
}

impl Rules {
    /// What ships with the program, and nothing of the office's own.
    fn bare(
        procedures: Arc<Procedures>,
        mission: Option<Mission>,
        shipped_units: Arc<OnceLock<Units>>,
    ) -> Self {
        Rules {
            calendars: procedures.catalogue.calendar.clone().into(),
            pages: Arc::clone(&procedures).into(),
            published: BTreeMap::new(),
            procedures,
            mission,
            calendar_missing: false,
            damaged: BTreeSet::new(),
            newer: BTreeSet::new(),
            awaited: BTreeSet::new(),
            known: BTreeSet::new(),
            tariffs: OfficeTariff::default().into(),
            units: UnitsOf::Shipped.into(),
            shipped_units,
            last: Mutex::default(),
        }
    }

    /// The shipped rules of an office; `before` lends what need not be read twice.
    fn of_office(office: &Office, before: &Rules) -> Result<Self> {
        let procedures = match (&office.mission, before.mission.is_some()) {
            (Some(_), true) | (None, false) => Arc::clone(&before.procedures),
            (Some(_), false) => Arc::new(Procedures::of(Catalogue::consular()?)),
            (None, true) => Arc::new(Procedures::of(Catalogue::shipped()?)),
        };
        let units = Arc::clone(&before.shipped_units);
        let mut rules = Self::bare(procedures, office.mission.clone(), units);
        if Arc::ptr_eq(&rules.procedures, &before.procedures) {
            rules.published.clone_from(&before.published);
        }
        let host = office.mission.as_ref().map(|mission| mission.host.as_str());
        if host.is_some_and(|host| host != HOST_WITH_CALENDAR) {
            rules.calendars = without_host(&office.time_zone)?.into();
            rules.calendar_missing = true;
        }
        Ok(rules)
    }

    /// With the documents that the office set, in the order in which it did. What can't be read is named, and what
    /// ships with the program holds in its place.
    fn with_documents(mut self, rows: &[OfficeDocumentRow], store: &Store) -> Self {
        let shipped = (self.calendars.on(Date::MIN).clone(), self.calendar_missing);
        for row in rows {
            let (Some(part), Ok(from)) = (part_of(&row.part), row.from.parse::<Date>()) else {
                continue;
            };
            self.known.insert((part, row.hlc));
            if row.by_peer && row.size > 0 && !store.blobs().has(&row.sha256) {
                self.awaited.insert((part, row.hlc));
                continue;
            }
            if part == OfficePart::Catalogue {
                self.take_catalogue(row, from, store);
                continue;
            }
            let text = match row.size {
                0 => Ok(None),
                _ => document(store, row).map(Some).ok_or(()),
            };
            let kept = match text {
                Ok(text) => self.set(part, from, text.as_deref(), &shipped.0),
                Err(()) => false,
            };
            if !kept {
                self.damaged.insert((part, row.hlc));
                self.set(part, from, None, &shipped.0);
            }
            if part == OfficePart::Calendar {
                self.calendar_missing = shipped.1 && (row.size == 0 || !kept);
            }
        }
        self
    }

    /// Takes one document; without a text what ships with the program. False when the text can't be read.
    fn set(
        &mut self,
        part: OfficePart,
        from: Date,
        text: Option<&str>,
        shipped: &Calendar,
    ) -> bool {
        match (part, text) {
            (OfficePart::Calendar, None) => self.calendars.set(from, shipped.clone()),
            (OfficePart::Calendar, Some(text)) => {
                let Ok(calendar) = read_calendar(text, self.mission.is_some()) else {
                    return false;
                };
                let version = calendar.version();
                self.calendars
                    .set(from, calendar.with_version(version, from));
            }
            (OfficePart::Tariff, None) => self.tariffs.set(from, OfficeTariff::default()),
            (OfficePart::Tariff, Some(text)) => match OfficeTariff::read(text) {
                Ok(tariff) => self.tariffs.set(from, tariff),
                Err(_) => return false,
            },
            (OfficePart::Units, None) => self.units.set(from, UnitsOf::Shipped),
            (OfficePart::Units, Some(text)) => {
                let imported = Arc::new((text.to_string(), OnceLock::new()));
                self.units.set(from, UnitsOf::Imported(imported));
            }
            (OfficePart::Catalogue, _) => return false,
        }
        true
    }

    /// Takes a catalogue of the centre. What can't be read takes no day from the one before: it is named.
    fn take_catalogue(&mut self, row: &OfficeDocumentRow, from: Date, store: &Store) {
        let procedures = Arc::clone(&self.procedures);
        let known = self.published.entry(row.sha256);
        let read = known.or_insert_with(|| match store.blobs().get(&row.sha256) {
            Ok(bytes) => {
                let trust = trust(store, &row.sha256);
                let read = procedures.with_pages(bytes, trust).map(Arc::new);
                if read.is_ok() && trust == Trust::New {
                    note_read(store, &row.sha256);
                }
                read
            }
            Err(error) => {
                tracing::error!(%error, "a published catalogue can't be read");
                Err(Unreadable::Damaged)
            }
        });
        match read {
            Ok(procedures) => self.pages.set(from, Arc::clone(procedures)),
            Err(Unreadable::Damaged) => _ = self.damaged.insert((OfficePart::Catalogue, row.hlc)),
            Err(Unreadable::Newer) => _ = self.newer.insert((OfficePart::Catalogue, row.hlc)),
        }
    }

    /// The calendar by which a filing received on `day` is promised.
    pub(crate) fn calendar(&self, day: Date) -> &Calendar {
        self.calendars.on(day)
    }

    pub(crate) fn tariff(&self, day: Date) -> &OfficeTariff {
        self.tariffs.on(day)
    }

    /// What the office charges on `day`.
    pub(crate) fn charges(&self, day: Date) -> Charges<'_> {
        let currency = self.mission.as_ref().map(|mission| {
            // The centre refuses a mission whose money it does not know; dollars are what the law's fees are in.
            Currency::parse(&mission.currency).unwrap_or(Currency::Usd)
        });
        Charges {
            tariff: self.tariffs.on(day),
            currency,
            day,
        }
    }

    /// The list of communes that holds on `day`.
    pub(crate) fn units(&self, day: Date) -> Result<&Units> {
        if let UnitsOf::Imported(imported) = self.units.on(day) {
            let (text, kept) = &**imported;
            if let Some(units) = kept.get_or_init(|| Units::import(text).ok()) {
                return Ok(units);
            }
        }
        if let Some(units) = self.shipped_units.get() {
            return Ok(units);
        }
        let read = Units::shipped()
            .map_err(|error| DeskError::because(ErrorCode::Internal, format!("{error:?}")))?;
        Ok(self.shipped_units.get_or_init(|| read))
    }

    /// All procedures as they hold on `day`, with the keys by which they are found.
    pub(crate) fn whole(&self, day: Date) -> Result<&WholeCatalogue> {
        let whole = self.pages.on(day).whole().as_ref();
        whole.map_err(|error| DeskError::because(ErrorCode::Internal, error))
    }

    pub(crate) fn remembered(&self, code: &str, day: Date) -> Option<Arc<Chosen>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, on, chosen) = last.as_ref()?;
        (known == code && *on == day).then(|| Arc::clone(chosen))
    }

    pub(crate) fn remember(&self, code: &str, day: Date, chosen: &Arc<Chosen>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((code.to_string(), day, Arc::clone(chosen)));
    }
}

/// Setting that is there once a catalogue was read to its last page: that costs a start more than all else.
fn read_setting(sha256: &Hash32) -> String {
    format!("catalogue_read/{sha256}")
}

fn trust(store: &Store, sha256: &Hash32) -> Trust {
    match store.read(|reader| reader.setting(&read_setting(sha256))) {
        Ok(Some(_)) => Trust::ReadBefore,
        Ok(None) | Err(_) => Trust::New,
    }
}

fn note_read(store: &Store, sha256: &Hash32) {
    let name = read_setting(sha256);
    if let Err(error) = store.write(Op::local(move |tx| tx.set(&name, "yes"))) {
        tracing::warn!(%error, "a catalogue will be read whole again at the next start");
    }
}

/// The days of Vietnam alone, none of them announced: nobody knows when the host's offices are closed.
fn without_host(zone: &str) -> Result<Calendar> {
    let vietnam = vietnam()?;
    Ok(Calendar::new(
        vietnam.days_off().to_vec(),
        Vec::new(),
        vietnam.weekly_rest(),
        vietnam.hours(),
        i16::MIN,
    )
    .with_zone(zone))
}

fn vietnam() -> Result<Calendar> {
    calendar::shipped().map_err(|error| DeskError::because(ErrorCode::Internal, error))
}

/// Reads an office's calendar; a mission's holds the host's days, to which Vietnam's are added.
pub(crate) fn read_calendar(
    text: &str,
    mission: bool,
) -> std::result::Result<Calendar, calendar::CalendarErrors> {
    match mission {
        false => calendar::read(text),
        true => calendar::read_mission(text, &calendar::shipped()?),
    }
}

/// In the order in which they are listed.
pub(crate) const PARTS: [OfficePart; 4] = [
    OfficePart::Calendar,
    OfficePart::Tariff,
    OfficePart::Units,
    OfficePart::Catalogue,
];

pub(crate) fn part_of(word: &str) -> Option<OfficePart> {
    PARTS.into_iter().find(|part| part_word(*part) == word)
}

/// The part's name in the journal.
pub(crate) fn part_word(part: OfficePart) -> &'static str {
    match part {
        OfficePart::Calendar => "calendar",
        OfficePart::Tariff => "tariff",
        OfficePart::Units => "units",
        OfficePart::Catalogue => "catalogue",
    }
}

fn document(store: &Store, row: &OfficeDocumentRow) -> Option<String> {
    let read = store.blobs().get(&row.sha256);
    if let Err(error) = &read {
        tracing::error!(part = %row.part, %error, "a document of the office can't be read");
    }
    String::from_utf8(read.ok()?).ok()
}

impl Desk {
    /// The rules as they stand: one and the same for the length of a command.
    pub(crate) fn rules(&self) -> Arc<Rules> {
        let kept = &self.0.rules.0;
        Arc::clone(&kept.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Builds all procedures while the clerk looks at the page, so that the first question does not wait for them. The
    /// thread holds nothing of the desk but the procedures: a desk that goes meanwhile leaves its store free.
    pub(crate) fn warm_catalogue(&self) {
        let procedures = Arc::clone(self.rules().pages.on(self.now().date()));
        let warm = std::thread::Builder::new().name("catalogue".to_string());
        if let Err(error) = warm.spawn(move || _ = procedures.whole()) {
            tracing::warn!(%error, "the catalogue waits for its first question");
        }
    }

    /// Reads the office's rules anew: after the store was opened, the office joined, a document set.
    pub(crate) fn read_rules(&self) -> Result<()> {
        let (store, office) = {
            let state = self.state();
            let Some(open) = state.open.as_ref() else {
                return Ok(());
            };
            let Some(workstation) = &open.workstation else {
                return Ok(());
            };
            (open.store.clone(), workstation.enrolment.office.clone())
        };
        let rows = store.read(|reader| reader.office_documents())?;
        let rules = Rules::of_office(&office, &self.rules())?.with_documents(&rows, &store);
        let kept = &self.0.rules.0;
        *kept.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
        Ok(())
    }
}
