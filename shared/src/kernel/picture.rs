//! Pictures people send (写真): checked by what they are, and built anew from what is needed to show them, so that nothing of where, when and
//! with what they were taken is left.

mod exif;
mod jpeg;
mod png;
#[cfg(test)]
mod tests;

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_bytes::ByteBuf;

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureFormat {
    /// ITU-T T.81, baseline, extended or progressive, as browsers show it.
    Jpeg,
    /// W3C PNG, without animation.
    Png,
}

impl PictureFormat {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// Why bytes are no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Nothing is there.
    #[error("empty")]
    Empty,
    /// More bytes than [`Picture::BYTES_MAX`].
    #[error("too many bytes")]
    TooLarge,
    /// Neither of the [formats](PictureFormat).
    #[error("another kind of file")]
    Unknown,
    /// It ends early, or contradicts itself.
    #[error("broken")]
    Broken,
    /// Nothing to see, or more than a browser should be asked to unpack.
    #[error("too many pixels")]
    TooManyPixels,
}

/// A picture whose frame is sound, and that says nothing but what is to be seen on it: whether what is inside can be unpacked, the browser
/// finds out. On the wire it is its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    format: PictureFormat,
    size: Size,
    bytes: Vec<u8>,
}

/// Width and height in pixels, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Size {
    /// The most pixels of one side.
    const SIDE_MAX: u32 = 20_000;
    /// The most pixels in all: what today's telephones take, at four bytes each 204 MB for whoever looks at it.
    const PIXELS_MAX: u64 = 51_000_000;

    fn new(width: u32, height: u32) -> Result<Self, PictureError> {
        let sides = [width, height].iter().all(|side| (1..=Self::SIDE_MAX).contains(side));
        if !sides || u64::from(width) * u64::from(height) > Self::PIXELS_MAX {
            return Err(PictureError::TooManyPixels);
        }
        Ok(Self { width, height })
    }

    const fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

impl Picture {
    /// The most bytes of one: a photo as telephones take it, without script to make it smaller first.
    pub const BYTES_MAX: usize = 8 * 1024 * 1024;

    /// Looks at the bytes, whatever their sender calls them, and keeps of them what is needed to show the picture.
    pub fn parse(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.is_empty() {
            return Err(PictureError::Empty);
        }
        if bytes.len() > Self::BYTES_MAX {
            return Err(PictureError::TooLarge);
        }
        let (format, (size, bytes)) = if let Some(rest) = bytes.strip_prefix(jpeg::SIGNATURE) {
            (PictureFormat::Jpeg, jpeg::rebuild(rest)?)
        } else {
            let rest = bytes.strip_prefix(png::SIGNATURE).ok_or(PictureError::Unknown)?;
            (PictureFormat::Png, png::rebuild(rest)?)
        };
        // What says which way up it is may be written longer than it was.
        if bytes.len() > Self::BYTES_MAX { Err(PictureError::TooLarge) } else { Ok(Self { format, size, bytes }) }
    }

    /// How it is written.
    pub const fn format(&self) -> PictureFormat {
        self.format
    }

    /// How large it is.
    pub const fn size(&self) -> Size {
        self.size
    }

    /// What is kept and sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, size: Size { width, height }, bytes } = self;
        write!(f, "{format:?} of {width} × {height}, {} bytes", bytes.len())
    }
}

impl Serialize for Picture {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de> Deserialize<'de> for Picture {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&ByteBuf::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The first bytes, so many of them, and what follows.
fn split<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), PictureError> {
    bytes.split_first_chunk().map(|(first, rest)| (*first, rest)).ok_or(PictureError::Broken)
}

/// The same where the count is not known beforehand.
fn split_at(bytes: &[u8], count: usize) -> Result<(&[u8], &[u8]), PictureError> {
    bytes.split_at_checked(count).ok_or(PictureError::Broken)
}
