//! A disk that takes nothing: the screen hears when it begins, it is tried again while it lasts, and the screen hears
//! when it is over. Not here: what the disk says (store), the words (the screen).

use crate::{
    desk::{Desk, Event, Inner},
    letting_go,
};
use onedoor_store::Store;
use std::{sync::Weak, time::Duration};

/// Between two tries: a person makes room meanwhile.
const AGAIN: Duration = Duration::from_secs(2);

impl Desk {
    pub(crate) fn watch_room(&self, store: &Store) {
        let inner = std::sync::Arc::downgrade(&self.0);
        let runtime = self.0.config.runtime.clone();
        // It is heard in the midst of a write: everything else happens beside it.
        store.hear_room(move || drop(runtime.spawn(follow(inner.clone()))));
    }
}

/// Tells how it stands, and tries again until the disk takes something. Holds the desk at no time between tries.
async fn follow(inner: Weak<Inner>) {
    let mut told = None;
    loop {
        let Some(desk) = inner.upgrade().map(Desk) else {
            return;
        };
        let Ok(store) = desk.store() else { return };
        let room = store.room();
        let first = told.is_none();
        if told.replace(room) != Some(room) {
            desk.tell(Event::Sync);
        }
        if !room.refused {
            return;
        }
        drop((desk, store));
        if first {
            letting_go::for_room(&inner).await;
        }
        tokio::time::sleep(AGAIN).await;
        let Some(Ok(store)) = inner.upgrade().map(|inner| Desk(inner).store()) else {
            return;
        };
        // It says itself when it goes through, which begins a last round here.
        let tried = tokio::task::spawn_blocking(move || store.try_room()).await;
        if let Ok(Ok(())) = tried {
            return;
        }
    }
}
