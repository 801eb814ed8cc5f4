//! From pixels to texts.

use rqrr::PreparedImage;

/// A picture as a canvas gives it: four bytes a pixel, row by row.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and opacity of every pixel.
    pub rgba: Vec<u8>,
}

impl Picture {
    /// How light a pixel is, 0–255 (Rec. 601 weights in 256ths); white outside the picture.
    fn luma(&self, x: usize, y: usize) -> u8 {
        let at = (y * self.width + x) * 4;
        let Some(&[red, green, blue]) = self.rgba.get(at..at + 3).and_then(|pixel| pixel.first_chunk()) else {
            return u8::MAX;
        };
        ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
    }

    /// What the QR codes in the picture say, as far as they can be read (ISO/IEC 18004; bytes are UTF-8).
    ///
    /// # Panics
    /// The decoder asserts what some pictures break: callers contain it.
    pub fn texts(&self) -> Vec<String> {
        if self.width == 0 || self.height == 0 {
            return Vec::new();
        }
        let mut image = PreparedImage::prepare_from_greyscale(self.width, self.height, |x, y| self.luma(x, y));
        let grids = image.detect_grids();
        grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    }
}

/// Sizes of pictures in hundredths, in turn. What is held still in front of a camera looks the same for ever, and the decoder
/// misses some codes in some sizes, which it reads in others.
const SIZES_PERCENT: [u32; 3] = [100, 80, 133];

/// How long a side is in that look.
pub fn sized(side: u32, look: u32) -> u32 {
    let percent = SIZES_PERCENT.get(look as usize % SIZES_PERCENT.len()).copied().unwrap_or(100);
    side * percent / 100
}

/// What a look came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// The code that is looked for.
    Wanted(String),
    /// Only codes of somebody else.
    Other,
    /// No code.
    Nothing,
}

/// Takes the code that holds the mark, for shops put several codes side by side, and only one of them is ours; without a
/// mark, a code short enough to be typed.
pub fn choose(texts: Vec<String>, mark: &str) -> Seen {
    let some = !texts.is_empty();
    let is_wanted = |text: &String| if mark.is_empty() { is_typed(text) } else { text.contains(mark) };
    match texts.into_iter().find(is_wanted) {
        Some(text) => Seen::Wanted(text),
        None if some => Seen::Other,
        None => Seen::Nothing,
    }
}

/// Letters, digits and hyphens: no address, and no code of a poster.
fn is_typed(text: &str) -> bool {
    let typed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=24).contains(&text.len()) && text.bytes().all(typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcodegen::{QrCode, QrCodeEcc};

    /// Codes side by side on paper, `pixels` a module, seen at an angle: rows and columns lean by `lean` in 64ths.
    fn photograph(texts: &[&str], pixels: i32, lean: i32) -> Picture {
        let codes: Vec<QrCode> =
            texts.iter().map(|text| QrCode::encode_text(text, QrCodeEcc::Medium).unwrap()).collect();
        let cell = codes.iter().map(QrCode::size).max().unwrap() + 8;
        let (width, height) = (cell * pixels * codes.len() as i32 + 120, cell * pixels + 120);
        let mut rgba = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let (u, v) = ((x - 60) * 64 + y * lean, (y - 60) * 64 - x * lean);
                let (u, v) = (u.div_euclid(64 * pixels), v.div_euclid(64 * pixels));
                let code = usize::try_from(u.div_euclid(cell)).ok().and_then(|at| codes.get(at));
                let dark = code.is_some_and(|code| code.get_module(u.rem_euclid(cell) - 4, v - 4));
                // Paper in bad light, under a lamp that is stronger on one side.
                let light = if dark { 40 } else { 150 + (x * 60 / width) as u8 };
                rgba.extend([light, light, light, 255]);
            }
        }
        Picture { width: width as usize, height: height as usize, rgba }
    }

    const POSTER: &str =
        "00020101021127320012jp.meguri.test01071000058520454115303392540812005802JP5911こもれび書店6006MIDORI6304ABCD";

    #[test]
    fn what_is_printed_is_read_from_near_and_far_and_askew() {
        for (pixels, lean) in [(3, 0), (5, 0), (9, 0), (5, 4), (6, -7), (8, 12)] {
            assert_eq!(photograph(&[POSTER], pixels, lean).texts(), [POSTER], "{pixels} pixels a module, lean {lean}");
        }
    }

    /// A code on paper on a table, turned and seen from the side, so many pixels wide in the first size.
    fn askew(text: &str, wide: f64, width: usize, height: usize) -> Picture {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let (cell, zoom) = (f64::from(code.size() + 8), width as f64 / 960.0);
        let (sin, cos) = (-0.09f64).sin_cos();
        let light = |x: f64, y: f64| {
            let (x, y) = ((x - width as f64 / 2.0) / zoom, (y - height as f64 / 2.0) / zoom);
            let depth = (1.0 + x * 0.000_24) * wide / cell;
            let (u, v) = ((x * cos + y * sin) / depth + cell / 2.0, (y * cos - x * sin) / depth + cell / 2.0);
            let inside = (0.0..cell).contains(&u) && (0.0..cell).contains(&v);
            let dark = inside && code.get_module(u as i32 - 4, v as i32 - 4);
            if dark { 20 } else { 115 + 100 * u32::from(inside) }
        };
        let mut rgba = Vec::new();
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x as f64, y as f64))) {
            // Between two colours a camera sees a third.
            let sum: u32 = [0.2, 0.5, 0.8].iter().flat_map(|dx| [0.2, 0.5, 0.8].map(|dy| light(x + dx, y + dy))).sum();
            let grey = (sum / 9) as u8;
            rgba.extend([grey, grey, grey, 255]);
        }
        Picture { width, height, rgba }
    }

    #[test]
    fn what_is_held_still_is_read_in_one_of_the_sizes() {
        let mut missed = 0;
        for wide in [150.0, 170.0, 190.0, 210.0, 240.0, 320.0] {
            let reads = [0, 1, 2].map(|look| {
                let (width, height) = (sized(960, look) as usize, sized(540, look) as usize);
                let picture = askew(POSTER, wide, width, height);
                std::panic::catch_unwind(|| picture.texts()).unwrap_or_default() == [POSTER]
            });
            missed += reads.iter().filter(|read| !**read).count();
            assert!(reads.contains(&true), "{wide} pixels wide");
        }
        assert!(missed > 0, "one size would do");
    }

    #[test]
    fn of_several_codes_ours_is_taken() {
        let seen = photograph(&["https://pay.example/other", POSTER], 6, 0).texts();
        assert_eq!(seen.len(), 2);
        assert_eq!(choose(seen.clone(), "jp.meguri.test"), Seen::Wanted(POSTER.to_owned()));
        assert_eq!(choose(seen, "jp.nobody"), Seen::Other);
        let code = "ABCD-EFGH-JKMN-PQRS".to_owned();
        assert_eq!(choose(vec![POSTER.to_owned(), code.clone()], ""), Seen::Wanted(code));
        assert_eq!(choose(vec!["https://a.example".to_owned(), POSTER.to_owned()], ""), Seen::Other);
        assert_eq!(choose(vec![String::new()], ""), Seen::Other);
        assert_eq!(choose(Vec::new(), ""), Seen::Nothing);
    }

    #[test]
    fn without_a_code_or_without_a_picture_nothing_is_read() {
        assert!(Picture { width: 0, height: 0, rgba: Vec::new() }.texts().is_empty());
        // Fewer bytes than the size promises: what is missing is white.
        assert!(Picture { width: 64, height: 64, rgba: vec![200; 100] }.texts().is_empty());
        assert!(Picture { width: 320, height: 240, rgba: vec![127; 320 * 240 * 4] }.texts().is_empty());
    }
}
