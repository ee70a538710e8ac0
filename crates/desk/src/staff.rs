//! Who works here, and the recovery paper made anew: what changes key slots while the store is open. Not here: signing
//! in (`session`), the paper's picture (`receipt`).

use crate::{
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
};
use onedoor_domain::access::Role;
use onedoor_protocol::journal::{RecoveryRenewed, StaffAdded, StaffReset};
use onedoor_store::{Lines, Op, RecoveryCode};
use uuid::Uuid;

impl Desk {
    pub(crate) fn staff_add(
        &self,
        name: String,
        role: StaffRole,
        password: String,
    ) -> Result<AppState> {
        let (name, password) = (self.name(&name)?, self.password(password)?);
        let at = self.at_work()?;
        let turn = self.keys_turn();
        let (clerk, role) = (Uuid::now_v7(), Role::from(role).as_str());
        let mut keys = self
            .key_file()?
            .ok_or(DeskError::new(ErrorCode::Internal))?;
        let share = self.share_for_new_slot(keys.store);
        keys.set_clerk(
            (clerk, &name, role),
            &password,
            share.as_ref(),
            &self.master()?,
        )?;
        // The line first: a slot without a line would be a clerk whom nobody named.
        let line = StaffAdded {
            clerk,
            name,
            role: role.to_string(),
        };
        at.store
            .write(Op::act(at.context, move |_| Ok((Lines::one(line), ()))))?;
        keys.save(&self.0.paths.keys())?;
        drop(turn);
        // There may be somebody else in charge now.
        self.heed_staff()?;
        self.tell(Event::Changed(vec!["staff"]));
        self.app_state()
    }

    pub(crate) fn staff_reset(&self, clerk: String, password: String) -> Result<AppState> {
        let clerk: Uuid = clerk
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::BadRequest))?;
        let password = self.password(password)?;
        let at = self.at_work()?;
        let row = at
            .store
            .read(|reader| reader.clerk(clerk))?
            .ok_or(DeskError::new(ErrorCode::BadRequest))?;
        let _turn = self.keys_turn();
        let mut keys = self
            .key_file()?
            .ok_or(DeskError::new(ErrorCode::Internal))?;
        let share = self.share_for_new_slot(keys.store);
        let slot = keys.slots.iter().find(|slot| slot.id == clerk);
        // A slot that is here has the role that holds here.
        let role = match (slot, &row.left_on) {
            (Some(slot), _) => slot.role.clone(),
            (None, None) => row.role,
            (None, Some(_)) => return Err(DeskError::new(ErrorCode::StaffLeft)),
        };
        let who = (clerk, row.name.as_str(), role.as_str());
        keys.set_clerk(who, &password, share.as_ref(), &self.master()?)?;
        let line = StaffReset {
            clerk,
            by: at.session.role.as_str().to_string(),
        };
        at.store
            .write(Op::act(at.context, move |_| Ok((Lines::one(line), ()))))?;
        keys.save(&self.0.paths.keys())?;
        self.tell(Event::Changed(vec!["staff"]));
        self.app_state()
    }

    /// A new recovery code in place of the old one, for who types the own password again: whoever passes an unlocked
    /// screen must not walk away with the key to everything.
    pub(crate) fn recovery_new(&self, password: String) -> Result<NewRecovery> {
        let at = self.at_work()?;
        let _turn = self.keys_turn();
        let mut keys = self
            .key_file()?
            .ok_or(DeskError::new(ErrorCode::Internal))?;
        let clerk = at.session.clerk;
        let slot = keys.slots.iter().find(|slot| slot.id == clerk);
        let slot = slot.ok_or(DeskError::new(ErrorCode::Internal))?;
        let master = self.open_slot(&keys, slot, &password)?;
        let code = RecoveryCode::generate()?;
        let slot = keys.set_paper(&code, &master)?;
        // The line first, as for staff: a paper without a line would be one that nobody made. The file is replaced as a
        // whole, so that at every moment exactly one paper opens.
        at.store.write(Op::act(at.context, move |_| {
            Ok((Lines::one(RecoveryRenewed { slot }), ()))
        }))?;
        keys.save(&self.0.paths.keys())?;
        Ok(NewRecovery {
            recovery_code: code.groups(),
        })
    }
}
