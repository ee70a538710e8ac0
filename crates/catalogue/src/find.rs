//! The whole catalogue of an office: curated procedures and the nation's pages, found by what a clerk types.
//!
//! A curated procedure wins over a page of the same code. Not here: how well a title fits (domain), what the office
//! offers (`offered`).

use std::collections::{BTreeMap, BTreeSet};

use onedoor_domain::procedure::{Findable, Finder, Procedure};

use crate::Listed;
use crate::national::{self, Details, National, Result};
use crate::offered::Offered;

/// A national code without a province's suffix, in bytes.
const CODE_LEN: usize = 8;

/// Everything that can be filed, with the keys by which it is found. Built once; a search takes about a millisecond.
#[derive(Debug)]
pub struct WholeCatalogue {
    curated: Vec<Procedure>,
    listed: Vec<Listed>,
    national: National,
    finder: Finder,
    places: Vec<Place>,
    by_code: BTreeMap<String, usize>,
}

/// Where an entry lies.
#[derive(Debug, Clone, Copy)]
enum Place {
    Curated(usize),
    Listed(usize),
    National(usize),
}

/// An entry that was found.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// Worked out by hand.
    Curated(&'a Procedure),
    /// Worked out by hand, but for the time limit, which no text states.
    Listed(&'a Listed),
    /// A page of the national portal.
    National(national::Listed<'a>),
}

impl<'a> Found<'a> {
    /// Its code.
    pub fn code(&self) -> &'a str {
        match self {
            Found::Curated(procedure) => &procedure.code,
            Found::Listed(listed) => listed.code(),
            Found::National(page) => page.code,
        }
    }

    /// Its Vietnamese title.
    pub fn title(&self) -> &'a str {
        match self {
            Found::Curated(procedure) => &procedure.title.vi,
            Found::Listed(listed) => &listed.sheet().title.vi,
            Found::National(page) => page.title,
        }
    }

    /// Whether a person must look at time, fee or papers before relying on them.
    pub fn needs_review(&self) -> bool {
        match self {
            Found::Curated(procedure) => !procedure.checked,
            Found::Listed(_) => true,
            Found::National(page) => page.needs_review,
        }
    }
}

impl WholeCatalogue {
    /// Joins the curated procedures of an office, and those without a time limit, with the nation's pages.
    pub fn new(curated: Vec<Procedure>, listed: Vec<Listed>, national: National) -> Self {
        let own: BTreeSet<&str> = curated
            .iter()
            .map(|procedure| procedure.code.as_str())
            .chain(listed.iter().map(Listed::code))
            .collect();
        let pages: Vec<usize> = national
            .index()
            .iter()
            .enumerate()
            .filter(|(_, page)| !own.contains(page.code))
            .map(|(at, _)| at)
            .collect();
        let places: Vec<Place> = (0..curated.len())
            .map(Place::Curated)
            .chain((0..listed.len()).map(Place::Listed))
            .chain(pages.into_iter().map(Place::National))
            .collect();
        let mut whole = WholeCatalogue {
            finder: Finder::default(),
            by_code: BTreeMap::new(),
            curated,
            listed,
            national,
            places,
        };
        whole.finder = Finder::of(whole.iter().map(findable));
        whole.by_code = whole
            .iter()
            .enumerate()
            .map(|(at, found)| (found.code().to_owned(), at))
            .collect();
        whole
    }

    /// How many procedures there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Every procedure: the curated ones, then the pages in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = Found<'_>> {
        self.places.iter().filter_map(|place| self.at(*place))
    }

    /// What `query` means, best first, at most `limit`: the office's own short name, what is named outright, what the
    /// office offers, then all procedures. An empty query gives the pins, then what is offered.
    pub fn find(&self, query: &str, limit: usize, offered: &Offered) -> Vec<Found<'_>> {
        let first: Vec<usize> = match query.trim() {
            "" => offered
                .pins()
                .iter()
                .filter_map(|code| self.position(code))
                .collect(),
            typed => offered
                .named(typed)
                .and_then(|code| self.position(code))
                .into_iter()
                .collect(),
        };
        let is_offered = |at| {
            self.found(at)
                .is_some_and(|found| offered.offers(found.code()))
        };
        let rest = self
            .finder
            .find(query, limit.saturating_add(first.len()), is_offered);
        let rest: Vec<usize> = rest.into_iter().filter(|at| !first.contains(at)).collect();
        first
            .into_iter()
            .chain(rest)
            .take(limit)
            .filter_map(|at| self.found(at))
            .collect()
    }

    /// A procedure by its code, with or without a province's suffix.
    pub fn get(&self, code: &str) -> Option<Found<'_>> {
        self.found(self.position(code)?)
    }

    /// The curated procedures.
    pub fn curated(&self) -> &[Procedure] {
        &self.curated
    }

    /// A page with everything on it, also where a curated procedure has its code.
    ///
    /// # Errors
    /// As [`National::details`].
    pub fn details(&self, code: &str) -> Result<Option<Details>> {
        self.national.details(code)
    }

    fn position(&self, code: &str) -> Option<usize> {
        let short = || self.by_code.get(code.get(..CODE_LEN)?);
        self.by_code.get(code).or_else(short).copied()
    }

    fn found(&self, at: usize) -> Option<Found<'_>> {
        self.places.get(at).and_then(|place| self.at(*place))
    }

    fn at(&self, place: Place) -> Option<Found<'_>> {
        match place {
            Place::Curated(at) => self.curated.get(at).map(Found::Curated),
            Place::Listed(at) => self.listed.get(at).map(Found::Listed),
            Place::National(at) => self.national.index().get(at).map(Found::National),
        }
    }
}

fn findable(found: Found<'_>) -> Findable<'_> {
    match found {
        Found::Curated(procedure) => procedure.into(),
        Found::Listed(listed) => listed.sheet().into(),
        Found::National(page) => Findable {
            code: page.code,
            title: page.title,
            field: page.field,
            title_en: None,
            field_en: None,
            nicknames: &[],
        },
    }
}
