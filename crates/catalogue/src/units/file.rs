//! The packed list of units: one zstd frame of lines with tabs, small and quick to open.
//!
//! `F from decree` begins an edition; `P code name folded kind from until` is a province, `C code name folded kind
//! province from until` a commune, `S code into` names what a commune became; `A name folded` is an old province,
//! `B name folded` a district of it, `O name folded new hint` a commune of that. `folded` is the name without marks. Kinds are `t` tỉnh, `c` thành phố, `x` xã, `p` phường, `d` đặc khu.
//! Not here: the file that a person imports (`import`).

use jiff::civil::Date;

use super::{
    CommuneKind, CommuneRow, EditionRow, Life, OldCommune, OldGroup, ProvinceKind, ProvinceRow,
    Span, SuccessorRow, Units,
};

const HEAD: &str = "onedoor-units 1";
/// Far above any list of units; what is larger is no list.
const MAX_BYTES: usize = 16 << 20;

/// Why a packed list can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum UnitsError {
    /// It is no zstd frame, or holds more than a list ever does.
    #[error("the list of units can't be unpacked: {0}")]
    Frame(#[from] std::io::Error),
    /// It is no text.
    #[error("the list of units is no text")]
    Text(#[from] std::string::FromUtf8Error),
    /// A line is not understood.
    #[error("line {line} of the list of units is not understood")]
    Line {
        /// Counted from 1.
        line: usize,
    },
}

impl Units {
    /// Opens a packed list.
    ///
    /// # Errors
    /// [`UnitsError`]: no frame, no text, or a line that is not understood.
    pub fn open(packed: &[u8]) -> Result<Self, UnitsError> {
        let text = String::from_utf8(zstd::bulk::decompress(packed, MAX_BYTES)?)?;
        Self::read(text)
    }

    pub(super) fn read(text: String) -> Result<Self, UnitsError> {
        let mut units = Units {
            text: text.into_boxed_str(),
            editions: Vec::new(),
            provinces: Vec::new(),
            communes: Vec::new(),
            successors: Vec::new(),
            old_provinces: Vec::new(),
            old_districts: Vec::new(),
            old_communes: Vec::new(),
        };
        let text = std::mem::take(&mut units.text);
        let mut start = 0;
        for (index, line) in text.split('\n').enumerate() {
            let understood = match index {
                0 => line == HEAD,
                _ => line.is_empty() || units.take(Fields::of(line, start)).is_some(),
            };
            if !understood {
                return Err(UnitsError::Line { line: index + 1 });
            }
            start += line.len() + 1;
        }
        units.text = text;
        Ok(units)
    }

    fn take(&mut self, mut fields: Fields<'_>) -> Option<()> {
        let (kind, _) = fields.next()?;
        match kind {
            "F" => self.editions.push(EditionRow {
                from: fields.date()??,
                decree: fields.next()?.1,
            }),
            "P" => self.provinces.push(ProvinceRow {
                code: fields.next()?.1,
                name: fields.next()?.1,
                folded: fields.next()?.1,
                kind: fields.province_kind()?,
                life: fields.life()?,
            }),
            "C" => self.communes.push(CommuneRow {
                code: fields.next()?.1,
                name: fields.next()?.1,
                folded: fields.next()?.1,
                kind: fields.commune_kind()?,
                province: fields.next()?.1,
                life: fields.life()?,
            }),
            "S" => self.successors.push(SuccessorRow {
                code: fields.next()?.1,
                into: fields.next()?.1,
            }),
            "A" => push_group(
                &mut self.old_provinces,
                self.old_districts.len(),
                &mut fields,
            )?,
            "B" => {
                push_group(
                    &mut self.old_districts,
                    self.old_communes.len(),
                    &mut fields,
                )?;
                self.old_provinces.last_mut()?.last += 1;
            }
            "O" => {
                self.old_communes.push(OldCommune {
                    name: fields.next()?.1,
                    folded: fields.next()?.1,
                    new: fields.next()?.1,
                    hint: fields.next()?.1,
                });
                self.old_districts.last_mut()?.last += 1;
            }
            _ => return None,
        }
        Some(())
    }

    /// The packed bytes of this list; the same list gives the same bytes.
    ///
    /// # Errors
    /// When the packer has no memory.
    pub fn pack(&self) -> std::io::Result<Vec<u8>> {
        zstd::bulk::compress(self.text.as_bytes(), 19)
    }
}

fn push_group(groups: &mut Vec<OldGroup>, first: usize, fields: &mut Fields<'_>) -> Option<()> {
    let first = u32::try_from(first).ok()?;
    groups.push(OldGroup {
        name: fields.next()?.1,
        folded: fields.next()?.1,
        first,
        last: first,
    });
    Some(())
}

/// The fields of one line, with their places in the whole text.
struct Fields<'l> {
    rest: Option<&'l str>,
    at: usize,
}

impl<'l> Fields<'l> {
    fn of(line: &'l str, at: usize) -> Self {
        Fields {
            rest: Some(line),
            at,
        }
    }

    fn next(&mut self) -> Option<(&'l str, Span)> {
        let rest = self.rest?;
        let (field, left) = match rest.split_once('\t') {
            Some((field, left)) => (field, Some(left)),
            None => (rest, None),
        };
        let span = Span {
            start: u32::try_from(self.at).ok()?,
            end: u32::try_from(self.at + field.len()).ok()?,
        };
        self.at += field.len() + 1;
        self.rest = left;
        Some((field, span))
    }

    /// A day, or nothing for an empty field.
    fn date(&mut self) -> Option<Option<Date>> {
        let (field, _) = self.next()?;
        if field.is_empty() {
            return Some(None);
        }
        field.parse().ok().map(Some)
    }

    fn life(&mut self) -> Option<Life> {
        Some(Life {
            from: self.date()??,
            until: self.date()?,
        })
    }

    fn province_kind(&mut self) -> Option<ProvinceKind> {
        match self.next()?.0 {
            "t" => Some(ProvinceKind::Province),
            "c" => Some(ProvinceKind::City),
            _ => None,
        }
    }

    fn commune_kind(&mut self) -> Option<CommuneKind> {
        match self.next()?.0 {
            "x" => Some(CommuneKind::Commune),
            "p" => Some(CommuneKind::Ward),
            "d" => Some(CommuneKind::SpecialZone),
            _ => None,
        }
    }
}

/// Writes the text that [`Units::read`] understands. Fields must hold neither tab nor line end.
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn new() -> Self {
        Writer(format!("{HEAD}\n"))
    }

    pub(super) fn line(&mut self, fields: &[&str]) {
        self.0.push_str(&fields.join("\t"));
        self.0.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
