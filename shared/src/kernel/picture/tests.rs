//! Pictures of one writer, through ours, to another reader: the same is to be seen, and nothing else is there.

use ::exif;
use jpeg_encoder::{ColorType, Encoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

use super::*;

const SECRET: &[u8] = b"33.58N 130.40E, 2026-11-23";
const WIDTH: u16 = 24;
const HEIGHT: u16 = 16;

/// Numbers that follow from a seed (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }
}

fn seed() -> u64 {
    let seed = std::env::var("MEGURI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_123);
    println!("MEGURI_SEED={seed}");
    seed
}

fn pixels() -> Vec<u8> {
    (0..usize::from(WIDTH) * usize::from(HEIGHT) * 3).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect()
}

fn jpeg(progressive: bool, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_progressive(progressive);
    encoder.set_restart_interval(2);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.to_vec()).unwrap();
    }
    encoder.encode(&pixels(), WIDTH, HEIGHT, ColorType::Rgb).unwrap();
    bytes
}

/// A segment of Exif that says which way up, in either order of bytes, and where it was taken.
fn exif(way: u8, big: bool) -> Vec<u8> {
    let short = |value: u16| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let long = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let entry = |tag: u16, kind: u16, count: usize, value: [u8; 4]| {
        [short(tag).as_slice(), &short(kind), &long(u32::try_from(count).unwrap()), &value].concat()
    };
    let turned = entry(0x0112, 3, 1, [short(way.into()), [0, 0]].concat().try_into().unwrap());
    let describes = entry(0x010e, 2, SECRET.len(), long(38));
    let order: &[u8] = if big { b"MM\0*" } else { b"II*\0" };
    [b"Exif\0\0", order, &long(8), &short(2), &describes, &turned, &long(0), SECRET].concat()
}

fn decoded(bytes: &[u8]) -> Vec<u8> {
    JpegDecoder::new(ZCursor::new(bytes)).decode().unwrap()
}

fn says(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// Where that marker stands for the last time.
fn last(bytes: &[u8], marker: u8) -> usize {
    bytes.windows(2).rposition(|pair| pair == [0xff, marker]).unwrap()
}

/// With something put in there.
fn with(bytes: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    [&bytes[..at], more, &bytes[at..]].concat()
}

fn comment() -> Vec<u8> {
    let length = u16::try_from(SECRET.len() + 2).unwrap().to_be_bytes();
    [[0xff, 0xfe].as_slice(), &length, SECRET].concat()
}

fn sizes(picture: &Picture) -> (u32, u32) {
    (picture.size().width, picture.size().height)
}

#[test]
fn of_a_jpeg_stays_what_is_seen() {
    for progressive in [false, true] {
        let plain = jpeg(progressive, &[]);
        let told = jpeg(progressive, &[(1, &exif(1, true)), (1, SECRET), (2, SECRET), (13, SECRET)]);
        let told = with(&told, 2, &comment());
        // Between two scans, and behind the end, where telephones put a second picture with all that is known of the first.
        let told = with(&told, last(&told, 0xda), &comment());
        let told = [told.as_slice(), &jpeg(false, &[(1, &exif(6, false))])].concat();
        assert!(says(&told, SECRET));
        let picture = Picture::parse(&told).unwrap();
        assert_eq!((picture.format(), sizes(&picture)), (PictureFormat::Jpeg, (24, 16)));
        assert!(!says(picture.bytes(), SECRET) && !says(picture.bytes(), b"Exif"));
        assert_eq!(decoded(picture.bytes()), decoded(&plain));
        assert_eq!(picture.bytes(), Picture::parse(&plain).unwrap().bytes());
    }
}

#[test]
fn which_way_up_is_kept_and_nothing_else_of_it() {
    for (way, big) in (1..=8).flat_map(|way| [(way, true), (way, false)]) {
        let picture = Picture::parse(&jpeg(false, &[(1, &exif(way, big))])).unwrap();
        assert!(!says(picture.bytes(), SECRET));
        assert_eq!(sizes(&picture), if way >= 5 { (16, 24) } else { (24, 16) }, "{way}");
        let mut bytes = picture.bytes();
        let mut cursor = std::io::Cursor::new(&mut bytes);
        let read = exif::Reader::new().read_from_container(&mut cursor);
        match read {
            Ok(read) => {
                let fields: Vec<_> = read.fields().map(|field| (field.tag, field.value.get_uint(0))).collect();
                assert_eq!(fields, [(exif::Tag::Orientation, Some(way.into()))], "{way}");
            }
            Err(error) => assert_eq!(way, 1, "{error}"),
        }
    }
    for broken in
        [b"Exif\0\0MM\0*\xff\xff\xff\xff".as_slice(), b"Exif\0\0II*\0\x08\0\0\0\xff\xff", b"Exif\0\0", b"Exif\0\0II"]
    {
        let picture = Picture::parse(&jpeg(false, &[(1, broken)])).unwrap();
        assert_eq!(picture.bytes(), Picture::parse(&jpeg(false, &[])).unwrap().bytes());
    }
}

#[test]
fn how_colours_are_told_is_kept() {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.add_icc_profile(SECRET).unwrap();
    let pixels: Vec<u8> = pixels().into_iter().chain(pixels()).take(16 * 16 * 4).collect();
    encoder.encode(&pixels, 16, 16, ColorType::Cmyk).unwrap();
    // As it says it itself, and with something hidden behind that.
    let at = bytes.windows(2).position(|pair| pair == [0xff, 0xee]).unwrap();
    let mut adobe = with(&bytes, at + 16, b"zz");
    adobe[at + 3] += 2;
    let picture = Picture::parse(&adobe).unwrap();
    assert!(says(picture.bytes(), &bytes[at..at + 16]) && says(&bytes[at..at + 16], b"Adobe"));
    assert_eq!(picture.bytes(), Picture::parse(&bytes).unwrap().bytes());
    assert!(!says(picture.bytes(), SECRET));
    assert_eq!(decoded(picture.bytes()), decoded(&bytes));
}

fn png_of(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, WIDTH.into(), HEIGHT.into());
    encoder.set_color(::png::ColorType::Rgb);
    if !text.is_empty() {
        encoder.add_text_chunk("Comment".to_owned(), text.to_owned()).unwrap();
        encoder.add_ztxt_chunk("Comment".to_owned(), text.to_owned()).unwrap();
        encoder.add_itxt_chunk("Comment".to_owned(), text.to_owned()).unwrap();
        encoder.set_pixel_dims(Some(::png::PixelDimensions { xppu: 1, yppu: 1, unit: ::png::Unit::Meter }));
    }
    encoder.write_header().unwrap().write_image_data(&pixels()).unwrap();
    bytes
}

#[test]
fn of_a_png_stays_what_is_seen() {
    let told = [png_of(str::from_utf8(SECRET).unwrap()).as_slice(), SECRET].concat();
    let picture = Picture::parse(&told).unwrap();
    assert_eq!((picture.format(), sizes(&picture)), (PictureFormat::Png, (24, 16)));
    for gone in [SECRET, b"tEXt", b"zTXt", b"iTXt", b"pHYs"] {
        assert!(says(&told, gone) && !says(picture.bytes(), gone));
    }
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(picture.bytes())).read_info().unwrap();
    let mut shown = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut shown).unwrap();
    assert_eq!(shown, pixels());
    assert_eq!(picture.bytes(), Picture::parse(&png_of("")).unwrap().bytes());
}

#[test]
fn other_files_are_none() {
    let unknown = [
        b"GIF89a\x01\0\x01\0".as_slice(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"%PDF-1.7",
        b"MZ",
        b"\xff",
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic",
    ];
    for bytes in unknown {
        assert_eq!(Picture::parse(bytes), Err(PictureError::Unknown), "{bytes:?}");
    }
    assert_eq!(Picture::parse(b""), Err(PictureError::Empty));
    assert_eq!(Picture::parse(&vec![0xff; Picture::BYTES_MAX + 1]), Err(PictureError::TooLarge));
    let (jpeg, png) = (jpeg(true, &[(1, &exif(6, true))]), png_of(""));
    for whole in [&jpeg, &png] {
        for length in 8..whole.len() {
            let cut = Picture::parse(&whole[..length]);
            assert!(matches!(cut, Err(PictureError::Broken | PictureError::Unknown)), "{length}: {cut:?}");
        }
    }
    // An arithmetic frame, two frames, and a PNG that begins with its data: nobody shows them.
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc2]).unwrap();
    let mut arithmetic = jpeg.clone();
    arithmetic[frame + 1] = 0xca;
    let twice = with(&jpeg, frame, &jpeg[frame..frame + 19]);
    for broken in [arithmetic, twice, [png::SIGNATURE, &png[33..]].concat()] {
        assert_eq!(Picture::parse(&broken), Err(PictureError::Broken));
    }
}

#[test]
fn no_more_scans_than_a_browser_should_go_through() {
    let whole = jpeg(false, &[]);
    let (at, empty) = (last(&whole, 0xda), b"\xff\xda\0\x08\x01\x01\0\0\x3f\0");
    assert!(Picture::parse(&with(&whole, at, &empty.repeat(99))).is_ok());
    assert_eq!(Picture::parse(&with(&whole, at, &empty.repeat(100))), Err(PictureError::Broken));
}

#[test]
fn what_would_become_too_large_is() {
    // A JPEG that only says its shortest of JFIF: that is written longer.
    let whole = jpeg(false, &[]);
    let at = whole.windows(5).position(|window| window == b"JFIF\0").unwrap();
    let short = [b"\xff\xd8\xff\xe0\0\x07JFIF\0".as_slice(), &whole[at + 14..]].concat();
    let full = with(&short, short.len() - 2, &vec![1; Picture::BYTES_MAX - short.len()]);
    assert_eq!((full.len(), Picture::parse(&full)), (Picture::BYTES_MAX, Err(PictureError::TooLarge)));
}

#[test]
fn no_more_pixels_than_a_browser_should_unpack() {
    let (mut jpeg, mut png) = (jpeg(false, &[]), png_of(""));
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    for (width, height, sound) in [
        (20_000u16, 2_550u16, true),
        (20_001, 1, false),
        (8_192, 6_144, true),
        (7_200, 7_200, false),
        (0, 16, false),
        (24, 0, false),
    ] {
        jpeg[frame + 5..frame + 9].copy_from_slice(&[height.to_be_bytes(), width.to_be_bytes()].concat());
        png[16..24].copy_from_slice(&[u32::from(width).to_be_bytes(), u32::from(height).to_be_bytes()].concat());
        for bytes in [&jpeg, &png] {
            let parsed = Picture::parse(bytes).map(|picture| sizes(&picture));
            let expected = if sound { Ok((width.into(), height.into())) } else { Err(PictureError::TooManyPixels) };
            assert_eq!(parsed, expected);
        }
    }
}

#[test]
fn what_is_kept_is_kept_the_second_time_as_well() {
    let mut dice = Dice(seed());
    let seeds = [jpeg(false, &[(1, &exif(6, true))]), jpeg(true, &[(1, &exif(3, false))]), png_of("x")];
    let mut sound = 0;
    for _ in 0..60_000 {
        let mut bytes = seeds[dice.below(3)].clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes[at] = dice.byte(),
                1 => bytes[at] = 0xff,
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, dice.byte()),
            }
        }
        if let Ok(picture) = Picture::parse(&bytes) {
            sound += 1;
            assert_eq!(Picture::parse(picture.bytes()).as_ref(), Ok(&picture), "{bytes:?}");
        }
    }
    assert!(sound > 1_000, "{sound}");
}

#[test]
fn on_the_wire_it_is_looked_at_again() {
    let picture = Picture::parse(&png_of("")).unwrap();
    let mut bytes = postcard::to_stdvec(&picture).unwrap();
    assert_eq!(postcard::from_bytes::<Picture>(&bytes).as_ref(), Ok(&picture));
    *bytes.last_mut().unwrap() = 0;
    bytes.truncate(40);
    assert!(postcard::from_bytes::<Picture>(&bytes).is_err());
}
