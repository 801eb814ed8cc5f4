//! What a signing certificate says of its holder: six entries in the subject's alternative names (JPKI certificate profile).

use der::asn1::{Any, ObjectIdentifier, Utf8StringRef};
use shared::identity::{Gender, Marked, Substitutes};
use shared::kernel::{Day, Line, Name};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use super::JpkiError;

const NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.1");
const NAME_SUBSTITUTES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.2");
const GENDER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.3");
const BIRTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.4");
const ADDRESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.5");
const ADDRESS_SUBSTITUTES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.6");

/// The four attributes (基本4情報).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Name.
    pub name: Marked<Name>,
    /// Address, in one line.
    pub address: Marked<Line<300>>,
    /// Birth date.
    pub birth: Day,
    /// Gender.
    pub gender: Gender,
}

impl Holder {
    pub(super) fn read(names: &SubjectAltName) -> Result<Self, JpkiError> {
        let required = |id| text(names, id)?.ok_or(JpkiError::AttributeMissing);
        let (name, address) = (required(NAME)?, required(ADDRESS)?);
        let (gender, birth) = (required(GENDER)?, required(BIRTH)?);
        Ok(Self {
            name: Marked {
                text: Name::parse(name).map_err(|_| JpkiError::AttributeMalformed)?,
                substitutes: substitutes(name, text(names, NAME_SUBSTITUTES)?)?,
            },
            address: Marked {
                text: Line::parse(address).map_err(|_| JpkiError::AttributeMalformed)?,
                substitutes: substitutes(address, text(names, ADDRESS_SUBSTITUTES)?)?,
            },
            birth: birth_date(birth)?,
            gender: gender_of(gender)?,
        })
    }
}

/// The entry of that kind, if there is one; never two.
fn text(names: &SubjectAltName, id: ObjectIdentifier) -> Result<Option<&str>, JpkiError> {
    let mut found = names.0.iter().filter_map(|name| match name {
        GeneralName::OtherName(other) if other.type_id == id => Some(&other.value),
        _ => None,
    });
    let first = found.next().map(utf8).transpose()?;
    if found.next().is_some() { Err(JpkiError::AttributeRepeated) } else { Ok(first) }
}

fn utf8(value: &Any) -> Result<&str, JpkiError> {
    value.decode_as::<Utf8StringRef<'_>>().map(|text| text.as_str()).map_err(|_| JpkiError::AttributeMalformed)
}

/// Marks as the profile writes them: a digit for each character, `1` where it stands for another.
fn substitutes(text: &str, marks: Option<&str>) -> Result<Substitutes, JpkiError> {
    let marks = marks.unwrap_or_default();
    if !marks.bytes().all(|mark| matches!(mark, b'0' | b'1')) {
        return Err(JpkiError::AttributeMalformed);
    }
    let places: Vec<_> = (0..).zip(marks.bytes()).filter(|(_, mark)| *mark == b'1').map(|(place, _)| place).collect();
    Ok(match places.is_empty() {
        true => Substitutes::None,
        false if marks.len() == text.chars().count() => Substitutes::At(places),
        false => Substitutes::Somewhere,
    })
}

/// `EYYYYMMDD`: the era's digit, then the date of the common calendar. What is not known is zeros.
fn birth_date(text: &str) -> Result<Day, JpkiError> {
    let digits = text.bytes().all(|digit| digit.is_ascii_digit());
    let (Some(era), Some(year), Some(month), Some(day), 9, true) =
        (text.get(..1), text.get(1..5), text.get(5..7), text.get(7..9), text.len(), digits)
    else {
        return Err(JpkiError::AttributeMalformed);
    };
    if !matches!(era, "0" | "1" | "2" | "3" | "4" | "5") {
        return Err(JpkiError::AttributeMalformed);
    }
    if era == "0" || year == "0000" || month == "00" || day == "00" {
        return Err(JpkiError::BirthUnknown);
    }
    let known = year.parse().ok().zip(month.parse().ok()).zip(day.parse().ok());
    known.and_then(|((year, month), day)| Day::from_ymd(year, month, day)).ok_or(JpkiError::AttributeMalformed)
}

fn gender_of(text: &str) -> Result<Gender, JpkiError> {
    match text {
        "1" => Ok(Gender::Male),
        "2" => Ok(Gender::Female),
        "3" => Ok(Gender::Other),
        _ => Err(JpkiError::AttributeMalformed),
    }
}
