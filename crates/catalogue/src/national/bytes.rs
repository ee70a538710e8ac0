//! Numbers and texts in the packed index: little-endian, lengths first, every read checked.

use super::{NationalError, Result};

/// What every read says that goes past the end.
pub(super) const CUT_OFF: NationalError = NationalError::Damaged("it is cut off");

/// Reads from the front.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(CUT_OFF)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| CUT_OFF)
    }

    pub fn u8(&mut self) -> Result<u8> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub fn u16(&mut self) -> Result<u16> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub fn i64(&mut self) -> Result<i64> {
        Ok(i64::from_le_bytes(self.array()?))
    }

    /// A length or place, as the machine counts.
    pub fn size(&mut self) -> Result<usize> {
        usize::try_from(self.u32()?).map_err(|_| CUT_OFF)
    }
}

/// A length or place as it is written.
pub(super) fn size(of: &'static str, value: usize) -> Result<u32> {
    u32::try_from(value).map_err(|_| NationalError::TooMuch(of))
}
