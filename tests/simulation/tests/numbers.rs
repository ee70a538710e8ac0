//! Every order of events of a small office: one counter's PC, copies of it, one backup, restores of its database, a line
//! that loses, repeats, delays and reorders, an operator who revokes and enrols anew. Checked exhaustively: no number is on
//! two papers, nothing that was shown as "at the centre" is missing there. The acknowledgement is judged by the program's
//! own rule. Not here: the program itself (`world`), and a machine put back with its canary, which nothing can tell before
//! the first contact (docs/THREATS.md).

use onedoor_protocol::{Hash32, batch::BatchAnswer, sign::SignatureBytes};
use onedoor_store::tables::mirror::{Acknowledged, judge};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a fault may take away from the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Planted {
    Nothing,
    /// A restored database goes on as what it was: neither canary nor hello stops it.
    RestoreTheIdentity,
    /// The store is not held against its canary; only the centre notices.
    NoCanary,
    /// The acknowledgement's head is not compared with the own hash.
    AckWithoutHead,
    /// The new identity gets the old one's numbers on the same day.
    SlotAgainAtOnce,
    /// What only this PC has is not brought again, and counts as sent.
    NoSalvage,
}

/// A number on paper: which range, and which of its numbers.
type Number = (u8, u8);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Line {
    filing: u8,
    number: Option<Number>,
}

type Journal = Vec<Line>;

/// The chain's hash after a journal: equal only for equal journals of one workstation.
fn head(ws: u8, journal: &[Line]) -> Hash32 {
    let mut bytes = [0; 32];
    bytes[0] = ws;
    bytes[1] = u8::try_from(journal.len()).unwrap();
    for (place, line) in journal.iter().enumerate() {
        let (range, number) = line.number.unwrap_or((0, 0));
        bytes[2 + 3 * place] = line.filing + 1;
        bytes[3 + 3 * place] = range;
        bytes[4 + 3 * place] = number;
    }
    Hash32(bytes)
}

/// A PC with its store.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Pc {
    ws: u8,
    range: u8,
    journal: Journal,
    mark: u64,
    stopped: bool,
    /// Beside the store: it is not restored with it, nor copied.
    canary: (u8, usize),
    /// What an ended identity left here and the centre was not seen to have.
    former: Journal,
    /// Filings that the page has shown as "at the centre".
    shown: BTreeSet<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Message {
    Batch {
        ws: u8,
        first: usize,
        lines: Journal,
    },
    Answer {
        ws: u8,
        next: usize,
        head: Hash32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Office {
    pcs: Vec<Pc>,
    /// By workstation: what the centre has, and whether it takes more.
    centre: Vec<(Journal, bool)>,
    /// Whatever was sent may come, also again, also never.
    line: BTreeSet<Message>,
    backup: Option<Pc>,
    restores: u8,
    ranges: u8,
    papers: Vec<Number>,
    filings: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Act {
    Receive(usize),
    Send(usize),
    Arrive(Message),
    Hello(usize),
    Backup,
    Restore,
    Copy,
    JoinAnew(usize),
}

struct Small {
    planted: Planted,
    filings: u8,
    restores: u8,
    copies: bool,
}

impl Small {
    /// The program starts over a store: on its own machine, with its canary.
    fn start(&self, pc: &mut Pc) {
        let behind = pc.canary.0 != pc.ws || pc.canary.1 > pc.journal.len();
        let noticed = ![Planted::RestoreTheIdentity, Planted::NoCanary].contains(&self.planted);
        pc.stopped |= behind && noticed;
    }

    fn answer(office: &Office, ws: u8) -> Message {
        let journal = &office.centre[usize::from(ws)].0;
        Message::Answer {
            ws,
            next: journal.len() + 1,
            head: head(ws, journal),
        }
    }

    /// The centre appends what it lacks of a run that follows from what it has; anything else changes nothing.
    fn ingest(office: &mut Office, ws: u8, first: usize, lines: &[Line]) {
        let (journal, welcome) = &mut office.centre[usize::from(ws)];
        if !*welcome || first > journal.len() {
            return;
        }
        let known = journal.len() - first;
        if lines.len() >= known && journal[first..] == lines[..known] {
            journal.extend_from_slice(&lines[known..]);
        }
        let answer = Small::answer(office, ws);
        office.line.insert(answer);
    }

    fn acknowledged(&self, pc: &mut Pc, next: usize, said: Hash32) {
        let own = pc.journal.get(..next - 1).map(|known| head(pc.ws, known));
        let own = match self.planted {
            Planted::AckWithoutHead | Planted::RestoreTheIdentity => Some(said),
            _ => own,
        };
        let answer = BatchAnswer {
            ws: Uuid::from_u128(pc.ws.into()),
            next_seq: next as u64,
            head: said,
            server_time: String::new(),
            quarantined: Vec::new(),
            want: Vec::new(),
            countersignature: SignatureBytes([0; 64]),
        };
        match judge(&answer, own, Some(pc.mark)) {
            Acknowledged::Advanced(mark) => {
                pc.mark = mark;
                let sent = pc.journal.iter().take(next - 1);
                pc.shown.extend(sent.map(|line| line.filing));
            }
            Acknowledged::Stale => {}
            Acknowledged::Fork(_) => pc.stopped = true,
        }
    }

    /// Revoked, enrolled anew, the feed read to its end, what only this PC has brought again: one act of people, during
    /// which the line may fail as often as it likes.
    fn join_anew(&self, office: &mut Office, at: usize) {
        let (old, used) = (office.pcs[at].ws, office.pcs[at].range);
        let alone = office.pcs.iter().filter(|pc| pc.ws == old).count() == 1;
        if alone {
            office.centre[usize::from(old)].1 = false;
        }
        let ws = u8::try_from(office.centre.len()).unwrap();
        office.centre.push((Journal::new(), true));
        let range = match self.planted {
            Planted::SlotAgainAtOnce => used,
            _ => {
                office.ranges += 1;
                office.ranges
            }
        };
        let known = &office.centre[usize::from(old)].0;
        let pc = &mut office.pcs[at];
        let has = |filing: u8| known.iter().any(|line| line.filing == filing);
        let mine = pc.former.drain(..).chain(pc.journal.drain(..));
        let waits: Journal = mine.filter(|line| !has(line.filing)).collect();
        match self.planted {
            Planted::NoSalvage => pc.shown.extend(waits.iter().map(|line| line.filing)),
            // Each as it was: its number stays.
            _ => pc.journal = waits,
        }
        (pc.ws, pc.range, pc.mark, pc.stopped) = (ws, range, 1, false);
        pc.canary = (ws, pc.journal.len());
    }
}

impl Model for Small {
    type State = Office;
    type Action = Act;

    fn init_states(&self) -> Vec<Office> {
        vec![Office {
            pcs: vec![Pc {
                ws: 0,
                range: 1,
                journal: Journal::new(),
                mark: 1,
                stopped: false,
                canary: (0, 0),
                former: Journal::new(),
                shown: BTreeSet::new(),
            }],
            centre: vec![(Journal::new(), true)],
            line: BTreeSet::new(),
            backup: None,
            restores: 0,
            ranges: 1,
            papers: Vec::new(),
            filings: 0,
        }]
    }

    fn actions(&self, office: &Office, acts: &mut Vec<Act>) {
        for (at, pc) in office.pcs.iter().enumerate() {
            if office.filings < self.filings {
                acts.push(Act::Receive(at));
            }
            if pc.mark <= pc.journal.len() as u64 {
                acts.push(Act::Send(at));
            }
            if !pc.stopped {
                acts.push(Act::Hello(at));
            }
            if pc.stopped && office.centre.len() < 3 {
                acts.push(Act::JoinAnew(at));
            }
        }
        acts.extend(office.line.iter().cloned().map(Act::Arrive));
        if office.backup.is_none() && !office.pcs[0].journal.is_empty() {
            acts.push(Act::Backup);
        }
        if office.backup.is_some() && office.restores < self.restores {
            acts.push(Act::Restore);
        }
        if self.copies && office.pcs.len() == 1 && !office.pcs[0].journal.is_empty() {
            acts.push(Act::Copy);
        }
    }

    fn next_state(&self, before: &Office, act: Act) -> Option<Office> {
        let mut office = before.clone();
        match act {
            Act::Receive(at) => {
                let pc = &mut office.pcs[at];
                let of_range =
                    |line: &&Line| line.number.is_some_and(|(range, _)| range == pc.range);
                let used = pc.journal.iter().filter(of_range).count();
                let number = (!pc.stopped).then(|| (pc.range, u8::try_from(used).unwrap()));
                pc.journal.push(Line {
                    filing: office.filings,
                    number,
                });
                // Written before the paper; by a store that is not behind it.
                if !pc.stopped {
                    pc.canary = (pc.ws, pc.journal.len());
                }
                office.papers.extend(number);
                office.filings += 1;
            }
            Act::Send(at) => {
                let pc = &office.pcs[at];
                let first = usize::try_from(pc.mark).unwrap() - 1;
                let lines = pc.journal[first..].to_vec();
                office.line.insert(Message::Batch {
                    ws: pc.ws,
                    first,
                    lines,
                });
            }
            Act::Arrive(Message::Batch { ws, first, lines }) => {
                Small::ingest(&mut office, ws, first, &lines);
            }
            Act::Arrive(Message::Answer { ws, next, head }) => {
                for pc in office.pcs.iter_mut().filter(|pc| pc.ws == ws) {
                    self.acknowledged(pc, next, head);
                }
            }
            Act::Hello(at) => {
                let pc = &mut office.pcs[at];
                let (known, welcome) = &office.centre[usize::from(pc.ws)];
                let own = pc.journal.get(..known.len());
                let same = own.is_some_and(|own| own == known.as_slice());
                let blind = self.planted == Planted::RestoreTheIdentity;
                pc.stopped |= !(blind || same && *welcome);
            }
            Act::Backup => office.backup = Some(office.pcs[0].clone()),
            Act::Restore => {
                let restored = office.backup.clone()?;
                let pc = &mut office.pcs[0];
                // What the page has shown was believed by people; the canary lies elsewhere.
                let (canary, shown) = (pc.canary, std::mem::take(&mut pc.shown));
                *pc = Pc {
                    canary,
                    shown,
                    ..restored
                };
                self.start(pc);
                office.restores += 1;
            }
            Act::Copy => {
                let mut copy = office.pcs[0].clone();
                // Another machine: its fingerprint is not the one that gave the numbers.
                copy.stopped = true;
                copy.shown = BTreeSet::new();
                office.pcs.push(copy);
            }
            Act::JoinAnew(at) => self.join_anew(&mut office, at),
        }
        (office != *before).then_some(office)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::<Self>::always("no number is on two papers", |_, office| {
                let different: BTreeSet<_> = office.papers.iter().collect();
                different.len() == office.papers.len()
            }),
            Property::<Self>::always("what was shown as sent is at the centre", |_, office| {
                let there: BTreeSet<u8> = office
                    .centre
                    .iter()
                    .flat_map(|(journal, _)| journal.iter().map(|line| line.filing))
                    .collect();
                let mut shown = office.pcs.iter().flat_map(|pc| &pc.shown);
                shown.all(|filing| there.contains(filing))
            }),
            Property::<Self>::sometimes(
                "a PC with a new identity gives numbers again",
                |_, office| office.papers.iter().any(|(range, _)| *range > 1),
            ),
            Property::<Self>::sometimes("what only it had reaches the centre", |_, office| {
                let first = &office.centre[0].0;
                let again = office
                    .centre
                    .iter()
                    .skip(1)
                    .flat_map(|(journal, _)| journal);
                let mut numbered =
                    again.filter(|line| line.number.is_some_and(|(range, _)| range == 1));
                numbered.any(|line| !first.contains(line))
            }),
        ]
    }
}

/// How many states were seen until then, and the names of what was reached or found wrong.
fn seen(small: Small, until: HasDiscoveries) -> (usize, BTreeSet<&'static str>) {
    let checker = small
        .checker()
        .threads(2)
        .finish_when(until)
        .spawn_bfs()
        .join();
    let found = checker.discoveries().into_keys().collect();
    (checker.unique_state_count(), found)
}

const NUMBERS: &str = "no number is on two papers";
const SENT: &str = "what was shown as sent is at the centre";
const AGAIN: &str = "a PC with a new identity gives numbers again";
const SALVAGED: &str = "what only it had reaches the centre";

fn restored(planted: Planted) -> Small {
    Small {
        planted,
        filings: 3,
        restores: 2,
        copies: false,
    }
}

fn copied(planted: Planted) -> Small {
    Small {
        planted,
        filings: 3,
        restores: 0,
        copies: true,
    }
}

#[test]
fn whatever_is_restored_no_number_comes_twice_and_nothing_shown_as_sent_is_lost() {
    let small = Small {
        filings: 4,
        ..restored(Planted::Nothing)
    };
    let (states, found) = seen(small, HasDiscoveries::AllFailures);
    println!("{states} states of a PC that is restored twice");
    assert_eq!(
        found,
        BTreeSet::from([AGAIN, SALVAGED]),
        "both are reached, nothing is wrong"
    );
}

#[test]
fn whatever_a_copied_disk_does_no_number_comes_twice_and_nothing_shown_as_sent_is_lost() {
    let (states, found) = seen(copied(Planted::Nothing), HasDiscoveries::AllFailures);
    println!("{states} states of a PC and its copy");
    assert!(found.contains(AGAIN), "{found:?}");
    assert!(
        !found.contains(NUMBERS) && !found.contains(SENT),
        "{found:?}"
    );
}

#[test]
fn a_restored_identity_is_found_to_number_twice_and_to_lose() {
    let found = seen(
        restored(Planted::RestoreTheIdentity),
        HasDiscoveries::AllFailures,
    )
    .1;
    assert!(found.contains(NUMBERS) && found.contains(SENT), "{found:?}");
}

#[test]
fn each_protection_is_needed() {
    for (planted, wrong) in [
        (Planted::NoCanary, NUMBERS),
        (Planted::AckWithoutHead, SENT),
        (Planted::SlotAgainAtOnce, NUMBERS),
        (Planted::NoSalvage, SENT),
    ] {
        let found = seen(restored(planted), HasDiscoveries::AnyFailures).1;
        assert!(
            found.contains(wrong),
            "{planted:?} was not found: {found:?}"
        );
    }
}
