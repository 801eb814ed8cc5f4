//! Which way up a photo is (CIPA DC-008 §4.6.5, tag 274): the one thing of all that a camera writes down that is needed to show it.

/// Which of the eight ways; `None` for the usual one, and where nothing can be made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turned(u8);

pub(super) const PREFIX: &[u8] = b"Exif\0\0";
const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

impl Turned {
    /// From a segment of Exif, after its prefix.
    pub(super) fn read(tiff: &[u8]) -> Option<Self> {
        let (order, _) = tiff.split_first_chunk::<4>()?;
        let read = Read { tiff, big: order == b"MM\0*" };
        if !read.big && order != b"II*\0" {
            return None;
        }
        let first = usize::try_from(read.long(4)?).ok()?;
        let count = usize::from(read.short(first)?);
        let entries = (0..count).map(|place| first.saturating_add(2 + place * 12));
        let mut of = entries.map_while(|at| Some((read.short(at)?, at)));
        let (_, at) = of.find(|(tag, _)| *tag == ORIENTATION)?;
        let value = read.short(at.checked_add(8)?).filter(|_| read.short(at.saturating_add(2)) == Some(SHORT))?;
        u8::try_from(value).ok().filter(|way| (2..=8).contains(way)).map(Self)
    }

    /// Whether width and height change places.
    pub(super) const fn on_its_side(self) -> bool {
        self.0 >= 5
    }

    /// A segment that says this and nothing else.
    pub(super) fn segment(self) -> Vec<u8> {
        let tag = [ORIENTATION, SHORT].map(u16::to_be_bytes).concat();
        let tiff = [b"MM\0*".as_slice(), &8u32.to_be_bytes(), &1u16.to_be_bytes(), &tag, &1u32.to_be_bytes()];
        [PREFIX, &tiff.concat(), &[0, self.0, 0, 0], &0u32.to_be_bytes()].concat()
    }
}

/// Numbers in the order of bytes of the file.
struct Read<'a> {
    tiff: &'a [u8],
    big: bool,
}

impl Read<'_> {
    fn chunk<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.tiff.get(at..)?.first_chunk().copied()
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.chunk(at)?;
        Some(if self.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.chunk(at)?;
        Some(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}
