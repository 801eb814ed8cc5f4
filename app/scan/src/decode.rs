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
