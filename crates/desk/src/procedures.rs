//! The procedures of one version of the catalogue: those worked out by hand, and the nation's pages once somebody asks for
//! them. Not here: which version holds on which day (`rules`), one procedure as a filing needs it (`catalogue`).

use onedoor_catalogue::{
    Catalogue,
    find::WholeCatalogue,
    national::{National, NationalError},
};
use std::sync::{Arc, OnceLock};

/// See the module.
pub(crate) struct Procedures {
    pub catalogue: Arc<Catalogue>,
    /// Pages of the centre; none = those that ship with the program.
    pages: Option<Vec<u8>>,
    whole: OnceLock<Result<WholeCatalogue, String>>,
}

/// Why a catalogue of the centre can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is cut off, changed, or something else.
    Damaged,
    /// Only a newer program can.
    Newer,
}

/// Whether a catalogue of the centre was read to its last page already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    New,
    ReadBefore,
}

impl Procedures {
    pub(crate) fn of(catalogue: Catalogue) -> Self {
        Procedures {
            catalogue: Arc::new(catalogue),
            pages: None,
            whole: OnceLock::new(),
        }
    }

    /// The same with these pages. The first time they are read to the last one, so that none of them fails at the counter;
    /// what was sound then is opened at a start without it.
    pub(crate) fn with_pages(&self, pages: Vec<u8>, trust: Trust) -> Result<Self, Unreadable> {
        let opened = match trust {
            Trust::New => National::open_whole(pages.clone()),
            Trust::ReadBefore => National::open(pages.clone()),
        };
        if let Err(error) = opened {
            tracing::error!(%error, "a published catalogue can't be used");
            return Err(match error {
                NationalError::Newer(_) => Unreadable::Newer,
                _ => Unreadable::Damaged,
            });
        }
        Ok(Procedures {
            catalogue: Arc::clone(&self.catalogue),
            pages: Some(pages),
            whole: OnceLock::new(),
        })
    }

    /// Built at the first question, off the way to the first picture. Whoever comes meanwhile waits, and builds nothing
    /// twice.
    pub(crate) fn whole(&self) -> &Result<WholeCatalogue, String> {
        self.whole.get_or_init(|| {
            let national = match &self.pages {
                None => National::shipped(),
                Some(pages) => National::open(pages.clone()),
            };
            let national = national.map_err(|error| error.to_string())?;
            let (procedures, listed) = (&self.catalogue.procedures, &self.catalogue.listed);
            Ok(WholeCatalogue::new(
                procedures.clone(),
                listed.clone(),
                national,
            ))
        })
    }
}
