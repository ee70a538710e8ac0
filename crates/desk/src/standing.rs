//! Who may sign in on this machine after what the centre said of the staff: who has left loses the key slot, another role
//! holds from the next sign-in on, and a machine never loses the last one who looks after it. Not here: the centre's word
//! itself (store), signing in (`session`).

use crate::{
    desk::{Desk, Event},
    dto::{ErrorCode, StaffGone},
    error::{DeskError, Result},
    session::staff_role,
};
use onedoor_domain::access::{Permission, Role, may};
use onedoor_store::{KeyFile, Store, keys::SlotKind, tables::staff::StaffRow};
use std::{
    collections::BTreeSet,
    sync::{MutexGuard, PoisonError},
};
use uuid::Uuid;

/// The key file as the centre's word makes it.
pub(crate) struct Settled {
    pub keys: KeyFile,
    /// It is other than before.
    pub changed: bool,
    /// Who has no slot any more.
    pub left: BTreeSet<Uuid>,
    /// Of whom the word does not hold here: nobody else could look after this machine.
    pub kept: Vec<StaffRow>,
}

/// Whoever is to look after the machine comes first, so that as few as possible are kept; of several who would go, the one
/// of whom the centre spoke last.
fn settled(mut keys: KeyFile, mut rows: Vec<StaffRow>) -> Settled {
    rows.retain(|row| row.told > 0);
    rows.sort_by_key(|row| (!stays_in_charge(row), row.told, row.id));
    let (mut changed, mut left, mut kept) = (false, BTreeSet::new(), Vec::new());
    for row in rows {
        let held = |slot: &&mut onedoor_store::keys::Slot| {
            slot.id == row.id && slot.kind != SlotKind::Paper
        };
        let last = !stays_in_charge(&row) && is_last_in_charge(&keys, row.id);
        let Some(slot) = keys.slots.iter_mut().find(held) else {
            left.extend(row.left_on.is_some().then_some(row.id));
            continue;
        };
        if last {
            kept.push(row);
        } else if row.left_on.is_some() {
            keys.slots.retain(|slot| slot.id != row.id);
            left.insert(row.id);
            changed = true;
        } else if slot.role != row.role || slot.name != row.name {
            slot.kind = match row.role == Role::Admin.as_str() {
                true => SlotKind::Admin,
                false => SlotKind::Clerk,
            };
            (slot.role, slot.name) = (row.role, row.name);
            changed = true;
        }
    }
    Settled {
        keys,
        changed,
        left,
        kept,
    }
}

fn stays_in_charge(row: &StaffRow) -> bool {
    row.left_on.is_none() && in_charge(&row.role)
}

fn in_charge(role: &str) -> bool {
    Role::parse(role).is_some_and(|role| may(role, Permission::ManageStaff))
}

fn is_last_in_charge(keys: &KeyFile, clerk: Uuid) -> bool {
    let mut holders = keys.slots.iter().filter(|slot| in_charge(&slot.role));
    holders.next().is_some_and(|slot| slot.id == clerk) && holders.next().is_none()
}

/// Somebody who gave their own password without being signed in.
pub(crate) struct Vouched {
    pub id: Uuid,
    pub name: String,
    pub role: Role,
}

impl Desk {
    /// Whoever changes the key file holds this from reading it to writing it.
    pub(crate) fn keys_turn(&self) -> MutexGuard<'_, ()> {
        self.0.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn standing(&self, store: &Store) -> Result<Settled> {
        let rows = store.read(|reader| reader.staff())?;
        let keys = self.key_file()?;
        let keys = keys.ok_or(DeskError::new(ErrorCode::Internal))?;
        Ok(settled(keys, rows))
    }

    /// Makes the centre's word hold in the key file.
    pub(crate) fn settle_staff(&self, store: &Store) -> Result<Settled> {
        let _turn = self.keys_turn();
        let settled = self.standing(store)?;
        if settled.changed {
            settled.keys.save(&self.0.paths.keys())?;
        }
        Ok(settled)
    }

    /// Name and role of somebody whose slot `shown` them. The staff table decides: the slot only shows them before the store
    /// is open. Where the machine keeps its last one in charge, the slot has the role that still holds.
    pub(crate) fn who(
        &self,
        store: &Store,
        clerk: Uuid,
        (name, role): (&str, Role),
    ) -> Result<(String, Role)> {
        let settled = self.settle_staff(store)?;
        if settled.left.contains(&clerk) {
            // Heard of before the key file could be written, or the file was brought back.
            self.tell(Event::Session);
            return Err(DeskError::new(ErrorCode::StaffLeft));
        }
        let row = store.read(|reader| reader.clerk(clerk))?;
        let kept = settled.kept.iter().any(|row| row.id == clerk);
        Ok(match row {
            Some(row) if kept => (row.name, role),
            Some(row) => (row.name, Role::parse(&row.role).unwrap_or(Role::Clerk)),
            None => (name.to_string(), role),
        })
    }

    /// Whoever answers for something on another's screen: by their own password, with nobody signed in or out by it. The
    /// keys that it opens are let go at once.
    pub(crate) fn vouched(&self, clerk: &str, password: &str) -> Result<Vouched> {
        let unknown = || DeskError::new(ErrorCode::BadRequest);
        let id: Uuid = clerk.parse().map_err(|_| unknown())?;
        let keys = self.key_file()?.ok_or_else(unknown)?;
        let slot = keys.slots.iter().find(|slot| slot.id == id);
        let slot = slot.ok_or_else(unknown)?;
        drop(self.open_slot(&keys, slot, password)?);
        let shown = Role::parse(&slot.role).unwrap_or(Role::Clerk);
        let (name, role) = self.who(&self.store()?, id, (&slot.name, shown))?;
        Ok(Vouched { id, name, role })
    }

    /// The centre spoke, or somebody was added: names on the sign-in page may go, and with one of them the session that is
    /// open. It is only marked: the screen keeps the draft first, and every other command is refused.
    pub(crate) fn heed_staff(&self) -> Result<()> {
        let settled = self.settle_staff(&self.store()?)?;
        let mut changed = settled.changed;
        if let Some(open) = &mut self.state().open
            && let Some(session) = &mut open.session
            && session.left != settled.left.contains(&session.clerk)
        {
            session.left = !session.left;
            changed = true;
        }
        if changed {
            self.tell(Event::Session);
        }
        Ok(())
    }

    /// Of whom the centre's word does not hold on this machine. Asked with every hint of sync: where the centre has said
    /// nothing of the staff, the key file is left alone.
    pub(crate) fn staff_kept(&self, store: &Store) -> Result<Vec<StaffRow>> {
        let rows = store.read(|reader| reader.staff())?;
        if rows.iter().all(|row| row.told == 0) {
            return Ok(Vec::new());
        }
        Ok(self.standing(store)?.kept)
    }

    /// Who has left the office, for the page of who works here; of the machine's last one in charge the tray tells.
    pub(crate) fn staff_gone(&self, store: &Store) -> Result<Vec<StaffGone>> {
        let rows = store.read(|reader| reader.staff())?;
        if rows.iter().all(|row| row.left_on.is_none()) {
            return Ok(Vec::new());
        }
        let left = self.standing(store)?.left;
        let gone = rows.into_iter().filter(|row| left.contains(&row.id));
        Ok(gone
            .filter_map(|row| {
                Some(StaffGone {
                    id: row.id.to_string(),
                    role: staff_role(Role::parse(&row.role).unwrap_or(Role::Clerk)),
                    name: row.name,
                    on: row.left_on?,
                })
            })
            .collect())
    }
}
