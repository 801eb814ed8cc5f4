//! JPEG, segment by segment (ITU-T T.81, annex B). Libraries that take metadata out pass on what follows the first scan as it is: comments
//! between scans, and whole pictures with all their metadata behind the end, as telephones add them.

use super::exif::{self, Turned};
use super::{PictureError, Size, split, split_at};

/// The start of the picture (SOI).
pub(super) const SIGNATURE: &[u8] = &[0xff, SOI];

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
/// A frame of a kind that browsers show: baseline, extended, progressive.
const SOF_SHOWN: core::ops::RangeInclusive<u8> = 0xc0..=0xc2;
const DHT: u8 = 0xc4;
const DQT: u8 = 0xdb;
const DRI: u8 = 0xdd;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

/// What JFIF says of itself, without a preview: version 1.2, square pixels.
const JFIF: &[u8] = b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0";
const JFIF_PREFIX: &[u8] = b"JFIF\0";
const ADOBE_PREFIX: &[u8] = b"Adobe";
/// Prefix, version, flags, and how colours are told.
const ADOBE_BYTES: usize = 12;

/// The most scans: progressive pictures have about ten. Each is a pass over all of the picture for whoever looks at it, and an empty one
/// costs its sender ten bytes.
const SCANS_MAX: usize = 100;

/// What is found on the way through.
#[derive(Default)]
struct Found<'a> {
    scans: usize,
    size: Option<Size>,
    turned: Option<Turned>,
    jfif: bool,
    adobe: Option<&'a [u8]>,
    /// Everything else that is kept, in order.
    body: Vec<&'a [u8]>,
}

/// The picture after its [`SIGNATURE`], anew.
pub(super) fn rebuild(mut rest: &[u8]) -> Result<(Size, Vec<u8>), PictureError> {
    let mut found = Found::default();
    loop {
        let from = rest;
        let (marker, after) = marker(rest)?;
        if marker == EOI {
            return found.written();
        }
        let (segment, after) = segment(after)?;
        let whole = split_at(from, from.len() - after.len())?.0;
        rest = match marker {
            SOS => {
                let (scan, after) = scan(after)?;
                found.scans += 1;
                if found.scans > SCANS_MAX {
                    return Err(PictureError::Broken);
                }
                found.body.extend([whole, scan]);
                after
            }
            _ => {
                found.take(marker, segment, whole)?;
                after
            }
        };
    }
}

/// The code of a marker, and what follows it. Before it there may be any number of fill bytes.
fn marker(bytes: &[u8]) -> Result<(u8, &[u8]), PictureError> {
    let ([0xff], mut rest) = split(bytes)? else { return Err(PictureError::Broken) };
    loop {
        let ([code], after) = split(rest)?;
        match code {
            0xff => rest = after,
            _ => return Ok((code, after)),
        }
    }
}

/// What a segment holds, after its length, and what follows it.
fn segment(bytes: &[u8]) -> Result<(&[u8], &[u8]), PictureError> {
    let (length, rest) = split(bytes)?;
    let length = u16::from_be_bytes(length).checked_sub(2).ok_or(PictureError::Broken)?;
    split_at(rest, length.into())
}

/// A scan, up to the next marker that is none of its own, and what follows it.
fn scan(bytes: &[u8]) -> Result<(&[u8], &[u8]), PictureError> {
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let ends = |(first, second): (&u8, &u8)| *first == 0xff && !matches!(*second, 0x00 | 0xd0..=0xd7 | 0xff);
    let at = pairs.into_iter().position(ends).ok_or(PictureError::Broken)?;
    split_at(bytes, at)
}

impl<'a> Found<'a> {
    fn take(&mut self, marker: u8, segment: &'a [u8], whole: &'a [u8]) -> Result<(), PictureError> {
        match marker {
            DHT | DQT | DRI => self.body.push(whole),
            code if SOF_SHOWN.contains(&code) => {
                self.size = match self.size {
                    None => Some(size(segment)?),
                    Some(_) => return Err(PictureError::Broken),
                };
                self.body.push(whole);
            }
            APP0 => self.jfif |= segment.starts_with(JFIF_PREFIX),
            APP1 if self.turned.is_none() => {
                self.turned = segment.strip_prefix(exif::PREFIX).and_then(Turned::read);
            }
            APP14 if segment.starts_with(ADOBE_PREFIX) => self.adobe = segment.get(..ADOBE_BYTES),
            APP1..=APP15 | COM => {}
            _ => return Err(PictureError::Broken),
        }
        Ok(())
    }

    fn written(self) -> Result<(Size, Vec<u8>), PictureError> {
        let size = self.size.ok_or(PictureError::Broken)?;
        let mut bytes = SIGNATURE.to_vec();
        let mut put = |marker: u8, segment: &[u8]| {
            // All of them are a few bytes long.
            let length = u16::try_from(segment.len() + 2).unwrap_or_default().to_be_bytes();
            bytes.extend([[0xff, marker].as_slice(), &length, segment].concat());
        };
        if self.jfif {
            put(APP0, JFIF);
        }
        if let Some(turned) = self.turned {
            put(APP1, &turned.segment());
        }
        if let Some(adobe) = self.adobe {
            put(APP14, adobe);
        }
        self.body.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes.extend([0xff, EOI]);
        let on_its_side = self.turned.is_some_and(Turned::on_its_side);
        Ok((if on_its_side { size.turned() } else { size }, bytes))
    }
}

/// What a frame says of its size. One that says it only later is shown by nobody.
fn size(frame: &[u8]) -> Result<Size, PictureError> {
    let ([_, h1, h2, w1, w2], _) = split(frame)?;
    Size::new(u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into())
}
