//! Where something is, as a square of the standard grid: near enough to plan with, too coarse to find a door.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::digit;

/// Eighths of an arc second in a degree: the finest square is 60 by 90 of them, and its middle is whole.
const DEGREE: u32 = 3_600 * 8;
/// First two digits of a code: latitude in units of forty minutes, from 20° to below 46°.
const ROWS: core::ops::Range<u32> = 30..69;
/// Next two digits: longitude in degrees above 100, from 122° to below 155°.
const COLUMNS: core::ops::Range<u32> = 22..55;
/// Millimetres of an eighth of an arc second along a meridian, on a sphere of 6,371,009 m.
const MM_NORTH: u64 = 3_861;
/// The cosine of 20°, 21°, … 46°, in ten thousandths.
const COSINES: [u32; 27] = [
    9397, 9336, 9272, 9205, 9135, 9063, 8988, 8910, 8829, 8746, 8660, 8572, 8480, 8387, 8290, 8192, 8090, 7986, 7880,
    7771, 7660, 7547, 7431, 7314, 7193, 7071, 6947,
];

/// A square of the standard grid (地域メッシュ, JIS X 0410 and 昭和48年行政管理庁告示第143号): of about a kilometre (8 digits),
/// 500 m (9 digits) or 250 m (10 digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Mesh {
    code: u64,
    middle: Point,
}

/// Not a square of the grid over Japan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a grid square")]
pub struct MeshError;

/// A point in eighths of an arc second, north and east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Point {
    north: u32,
    east: u32,
}

impl Mesh {
    /// How far it is from the middle of one square to the middle of the other, as the crow flies, in metres. On a sphere, so
    /// right to a few metres in a thousand within a town; across the country to a few in a hundred.
    pub fn metres_to(self, other: Self) -> u32 {
        let (here, there) = (self.middle, other.middle);
        let north_cm = u64::from(here.north.abs_diff(there.north)) * MM_NORTH / 10;
        let between = u32::midpoint(here.north, there.north);
        let east_cm = u64::from(here.east.abs_diff(there.east)) * MM_NORTH / 10 * cosine(between) / 10_000;
        u32::try_from((north_cm * north_cm + east_cm * east_cm).isqrt() / 100).unwrap_or(u32::MAX)
    }
}

/// The middle of the square that the digits describe, each pair cutting the square before it; none if they do not.
fn middle(code: u64) -> Option<Point> {
    let text = code.to_string();
    let mut digits = text.chars().map(|character| digit(character).map(u32::from));
    let mut next = || digits.next().flatten();
    let (row, column) = (next()? * 10 + next()?, next()? * 10 + next()?);
    if !ROWS.contains(&row) || !COLUMNS.contains(&column) {
        return None;
    }
    let (mut height, mut width) = (DEGREE * 2 / 3, DEGREE);
    let mut corner = Point { north: row * height, east: (column + 100) * width };
    for parts in [8, 10] {
        let (row, column) = (next()?, next()?);
        if row >= parts || column >= parts {
            return None;
        }
        (height, width) = (height / parts, width / parts);
        corner = Point { north: corner.north + row * height, east: corner.east + column * width };
    }
    for quarter in digits {
        // 1 is south-west, 2 south-east, 3 north-west, 4 north-east.
        let quarter = quarter?.checked_sub(1).filter(|quarter| *quarter < 4)?;
        (height, width) = (height / 2, width / 2);
        corner = Point { north: corner.north + quarter / 2 * height, east: corner.east + quarter % 2 * width };
    }
    Some(Point { north: corner.north + height / 2, east: corner.east + width / 2 })
}

/// The cosine of a latitude in eighths of an arc second, in ten thousandths; a straight line between whole degrees.
fn cosine(north: u32) -> u64 {
    let (degree, rest) = (north / DEGREE, north % DEGREE);
    let at = |degree: u32| usize::try_from(degree.saturating_sub(20)).ok().and_then(|index| COSINES.get(index));
    let low = at(degree).copied().unwrap_or(0);
    let high = at(degree + 1).copied().unwrap_or(low);
    u64::from(low) - u64::from(low.saturating_sub(high)) * u64::from(rest) / u64::from(DEGREE)
}

impl TryFrom<u64> for Mesh {
    type Error = MeshError;
    fn try_from(code: u64) -> Result<Self, MeshError> {
        let known = (10_000_000..10_000_000_000).contains(&code);
        let middle = known.then(|| middle(code)).flatten().ok_or(MeshError)?;
        Ok(Self { code, middle })
    }
}

impl From<Mesh> for u64 {
    fn from(mesh: Mesh) -> Self {
        mesh.code
    }
}

impl FromStr for Mesh {
    type Err = MeshError;
    fn from_str(text: &str) -> Result<Self, MeshError> {
        let plain = (8..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u64>().ok().filter(|_| plain).ok_or(MeshError)?.try_into()
    }
}

impl fmt::Display for Mesh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mesh(text: &str) -> Mesh {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// The middle in degrees.
    fn degrees(mesh: Mesh) -> (f64, f64) {
        let middle = mesh.middle;
        (f64::from(middle.north) / f64::from(DEGREE), f64::from(middle.east) / f64::from(DEGREE))
    }

    /// The great circle between two points in degrees, in metres.
    fn haversine(a: (f64, f64), b: (f64, f64)) -> f64 {
        let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
        let bend = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
        2.0 * 6_371_009.0 * bend.sqrt().asin()
    }

    #[test]
    fn known_places_lie_in_their_squares() {
        // Tokyo station, Osaka station, the town hall of Omura, Cape Soya.
        for (text, (north, east)) in [
            ("53394611", (35.681_236, 139.767_125)),
            ("52350349", (34.702_485, 135.495_951)),
            ("4929278621", (32.900_139, 129.958_222)),
            ("684127244", (45.522_833, 141.936_528)),
        ] {
            let away = haversine(degrees(mesh(text)), (north, east));
            let diagonal = [800.0, 400.0, 200.0][text.len() - 8];
            assert!(away < diagonal, "{text} is {away} m away, at {:?}", degrees(mesh(text)));
            assert_eq!(mesh(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_square_is_refused() {
        for text in [
            "",
            "5339461",
            "53394681x",
            "53398611",
            "53394811",
            "533946110",
            "533946115",
            "5339461110",
            "53394611111",
            "29394611",
            "69394611",
            "53214611",
            "53554611",
            "+53394611",
            "５３３９４６１１",
            "05339461",
        ] {
            assert_eq!(text.parse::<Mesh>(), Err(MeshError), "{text}");
        }
        assert!(postcard::from_bytes::<Mesh>(&postcard::to_stdvec(&5_339_461_u64).unwrap()).is_err());
    }

    #[test]
    fn distances_agree_with_the_great_circle() {
        let places =
            ["53394611", "5339461124", "533946994", "52397799", "5438000011", "36225733", "684177974", "68415700"];
        for (one, other) in places.iter().flat_map(|one| places.iter().map(move |other| (mesh(one), mesh(other)))) {
            let (got, known) = (f64::from(one.metres_to(other)), haversine(degrees(one), degrees(other)));
            let allowed = if known < 100_000.0 { 2.0 + known / 1_000.0 } else { known / 20.0 };
            assert!((got - known).abs() <= allowed, "{one} to {other}: {got}, the great circle says {known}");
            assert_eq!(one.metres_to(other), other.metres_to(one));
        }
    }

    #[test]
    fn the_cosines_are_cosines() {
        for (degree, found) in (20u32..).zip(COSINES) {
            assert_eq!(f64::from(found), (f64::from(degree).to_radians().cos() * 10_000.0).round(), "{degree}");
        }
    }

    #[test]
    fn the_quarters_make_up_their_square() {
        let (whole, half) = (degrees(mesh("53394611")), [1, 2, 3, 4].map(|n| degrees(mesh(&format!("53394611{n}")))));
        let mean = |part: fn(&(f64, f64)) -> f64| half.iter().map(part).sum::<f64>() / 4.0;
        assert!((mean(|d| d.0) - whole.0).abs() < 1e-9 && (mean(|d| d.1) - whole.1).abs() < 1e-9);
        assert!(half[0].0 < half[2].0 && half[0].1 < half[1].1, "{half:?}");
    }
}
