//! Who works at an office, as its counters named them and as the centre has said since; and the centre's word on one of them.
//! Not here: what a counter makes of it (its store), the feed itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use onedoor_domain::access::Role;
use onedoor_protocol::{
    facts::{STAFF, StaffFact},
    feed::{FeedLine, PEER_LINE, PeerLine},
    journal::{self, Body},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::central::{Central, Refused, system};

/// Somebody who works at an office, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who; somebody who was named at several PCs has an id of each.
    pub clerk: Uuid,
    /// Full name.
    pub name: String,
    /// `clerk`, `supervisor`, `admin`.
    pub role: String,
    /// The day since which this one works there no more.
    pub left_on: Option<String>,
    /// The workstations whose lines named this one.
    pub named_by: BTreeSet<Uuid>,
    /// The hybrid clock of the centre's last word; 0 while it has said nothing.
    told: u64,
}

/// What the centre says of a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Works there no more.
    Left,
    /// Works there, in this role; also who had left.
    Role(Role),
}

impl Central {
    /// Who works at an office, or did, by name: everybody whom a counter's line or the centre has named.
    pub async fn staff(&self, office: &str) -> Result<Vec<Member>, Refused> {
        let mut known = BTreeMap::new();
        self.each_line(office, |line| {
            take(&mut known, line);
            Ok(())
        })
        .await?;
        let mut staff: Vec<Member> = known.into_values().collect();
        staff.sort_by(|one, other| (&one.name, one.clerk).cmp(&(&other.name, other.clerk)));
        Ok(staff)
    }

    /// Says that somebody has left, or has this role from the next sign-in on. Gives its number in the feed.
    pub async fn tell_staff(&self, office: &str, clerk: Uuid, word: Word) -> Result<u64, Refused> {
        let staff = self.staff(office).await?;
        let member = staff.into_iter().find(|member| member.clerk == clerk);
        let member = member.ok_or(Refused::StaffUnknown(clerk))?;
        if word == Word::Left && member.left_on.is_some() {
            return Err(Refused::BadFact("the office was told already"));
        }
        let zone = TimeZone::get(&self.office(office).await?.office.time_zone).map_err(system)?;
        let now = (self.clock)();
        let hlc = u64::try_from(now.as_millisecond()).unwrap_or(0) << 16;
        let fact = StaffFact {
            // Also when this clock was set back since the last word.
            hlc: hlc.max(member.told + 1),
            wall: now
                .to_zoned(zone)
                .strftime("%Y-%m-%dT%H:%M:%S%.3f%:z")
                .to_string(),
            clerk,
            name: member.name,
            role: match word {
                Word::Left => member.role,
                Word::Role(role) => role.as_str().to_string(),
            },
            state: match word {
                Word::Left => StaffFact::LEFT,
                Word::Role(_) => StaffFact::ACTIVE,
            }
            .to_string(),
        };
        self.tell(office, STAFF, &fact).await
    }
}

fn take(known: &mut BTreeMap<Uuid, Member>, line: &FeedLine) {
    match line.kind.as_str() {
        PEER_LINE => {
            let Some(peer) = body::<PeerLine>(line) else {
                return;
            };
            let read = peer.line.as_deref().map(str::as_bytes).map(journal::decode);
            let Some(Ok(read)) = read else { return };
            let said = read.reissued().unwrap_or(read).body;
            if let Body::StaffAdded(added) = said {
                let member = member(known, added.clerk);
                member.named_by.insert(peer.ws);
                if member.told == 0 {
                    (member.name, member.role) = (added.name, added.role);
                }
            }
        }
        STAFF => {
            let Some(fact) = body::<StaffFact>(line) else {
                return;
            };
            let member = member(known, fact.clerk);
            if fact.hlc >= member.told {
                let left = fact.state == StaffFact::LEFT;
                member.left_on = left.then(|| fact.wall.chars().take(10).collect());
                (member.name, member.role, member.told) = (fact.name, fact.role, fact.hlc);
            }
        }
        _ => {}
    }
}

fn member(known: &mut BTreeMap<Uuid, Member>, clerk: Uuid) -> &mut Member {
    known.entry(clerk).or_insert_with(|| Member {
        clerk,
        name: String::new(),
        role: String::new(),
        left_on: None,
        named_by: BTreeSet::new(),
        told: 0,
    })
}

fn body<T: DeserializeOwned>(line: &FeedLine) -> Option<T> {
    serde_json::from_str(line.body.get()).ok()
}
