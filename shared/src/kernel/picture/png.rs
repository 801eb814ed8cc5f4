//! PNG, chunk by chunk (W3C PNG, §5).

use super::{PictureError, Size, split, split_at};

/// What it begins with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What is needed to show one picture, in its colours.
const KEPT: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"IDAT"];
const END: &[u8; 4] = b"IEND";
/// Length, kind and check sum of a chunk, in bytes.
const AROUND: usize = 12;

/// The picture after its [`SIGNATURE`], anew. Check sums are the browser's to look at: a chunk is kept whole.
pub(super) fn rebuild(mut rest: &[u8]) -> Result<(Size, Vec<u8>), PictureError> {
    let mut bytes = SIGNATURE.to_vec();
    let (mut size, mut data) = (None, false);
    loop {
        let (length, after) = split(rest)?;
        let (kind, _) = split::<4>(after)?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| PictureError::Broken)?;
        let (chunk, after) = split_at(rest, length.checked_add(AROUND).ok_or(PictureError::Broken)?)?;
        // The first one says how large it is, and no other.
        if size.is_none() != (&kind == b"IHDR") {
            return Err(PictureError::Broken);
        }
        if size.is_none() {
            size = Some(measured(chunk, length)?);
        }
        data |= &kind == b"IDAT";
        let ends = &kind == END;
        if ends && length != 0 {
            return Err(PictureError::Broken);
        }
        if ends || KEPT.contains(&&kind) {
            bytes.extend_from_slice(chunk);
        }
        if ends {
            return size.filter(|_| data).map(|size| (size, bytes)).ok_or(PictureError::Broken);
        }
        rest = after;
    }
}

fn measured(header: &[u8], length: usize) -> Result<Size, PictureError> {
    let (_, rest) = split::<8>(header)?;
    let (width, rest) = split(rest)?;
    let (height, _) = split(rest)?;
    if length != 13 {
        return Err(PictureError::Broken);
    }
    Size::new(u32::from_be_bytes(width), u32::from_be_bytes(height))
}
