//! What the card says about its holder, from the userinfo endpoint (OpenID Connect Core §5.3).

use core::fmt;

use serde_json::Value;
use shared::kernel::{Day, Line};

use super::json::{self, Object};
use super::token::subject;
use super::{CardError, same};

/// The largest answer of the userinfo endpoint, in bytes.
pub const USERINFO_BYTES_MAX: usize = 16 * 1024;

/// The name as on the card. Long names of foreign residents are printed in full.
pub type Name = Line<200>;
/// The address as on the card, in one line.
pub type Address = Line<300>;

/// What the card says in its gender field (性別). The numbers are those of JPKI; the words those of OpenID Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// 男: `1`, `male`.
    Male,
    /// 女: `2`, `female`.
    Female,
    /// Neither, or not stated: `3`, `other`.
    Other,
}

/// The four attributes of the card (基本4情報). Hidden from `Debug`, so that no log shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Attributes {
    /// The name (氏名), character for character: 外字, variation selectors and blanks between are never changed.
    pub name: Name,
    /// The address (住所), character for character.
    pub address: Address,
    /// The date of birth (生年月日).
    pub birthdate: Day,
    /// The gender (性別).
    pub gender: Gender,
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attributes(…)")
    }
}

impl Attributes {
    /// Whether the address lies in that municipality, for instance `("長崎県", "大村市")`. Cards show the
    /// prefecture except where the city bears its name, so it may be missing.
    pub fn lives_in(&self, prefecture: &str, municipality: &str) -> bool {
        let address = self.address.as_str();
        let within = address.strip_prefix(prefecture).unwrap_or(address);
        !municipality.is_empty() && within.trim_start().starts_with(municipality)
    }
}

/// The attributes in a userinfo answer about `expected_sub`, the `sub` of the ID token.
///
/// Members we did not ask for are not read, whatever they hold. `certificate_status` is the one
/// addition: an issuer that tells a revoked card says `revoked` there.
pub fn attributes(userinfo: &[u8], expected_sub: &str) -> Result<Attributes, CardError> {
    let userinfo = json::object(userinfo, USERINFO_BYTES_MAX)?;
    if !same(subject(&userinfo)?, expected_sub) {
        return Err(CardError::SubjectMismatch);
    }
    match json::optional_text(&userinfo, "certificate_status")? {
        None | Some("valid") => {}
        Some(_) => return Err(CardError::CertificateRevoked),
    }
    Ok(Attributes {
        name: line(json::optional_text(&userinfo, "name")?)?,
        address: line(address(&userinfo)?)?,
        birthdate: birthdate(&userinfo)?,
        gender: gender(&userinfo)?,
    })
}

fn line<const MAX: usize>(text: Option<&str>) -> Result<Line<MAX>, CardError> {
    use shared::kernel::TextError;
    Line::parse(text.ok_or(CardError::AttributeMissing)?).map_err(|error| match error {
        TextError::Empty => CardError::AttributeMissing,
        TextError::TooLong { .. } => CardError::TooLarge,
        TextError::Control | TextError::IndividualNumber => CardError::Malformed,
    })
}

/// A text, or the standard's object with its `formatted` member (OpenID Connect Core §5.1.1).
fn address(userinfo: &Object) -> Result<Option<&str>, CardError> {
    match userinfo.get("address") {
        Some(Value::Object(parts)) => json::optional_text(parts, "formatted"),
        _ => json::optional_text(userinfo, "address"),
    }
}

/// `YYYYMMDD` or `YYYY-MM-DD`; zeros for a part nobody knows.
fn birthdate(userinfo: &Object) -> Result<Day, CardError> {
    let text = json::optional_text(userinfo, "birthdate")?.ok_or(CardError::AttributeMissing)?;
    let digits: String = match text.len() {
        8 => text.to_owned(),
        10 if text.bytes().enumerate().all(|(at, b)| (b == b'-') == matches!(at, 4 | 7)) => text.replace('-', ""),
        _ => return Err(CardError::Malformed),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CardError::Malformed);
    }
    let date: u32 = digits.parse().map_err(|_| CardError::Malformed)?;
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    if year == 0 || month == 0 || day == 0 {
        return Err(CardError::BirthdateIncomplete);
    }
    Day::from_ymd(year as i32, month as u8, day as u8).ok_or(CardError::Malformed)
}

fn gender(userinfo: &Object) -> Result<Gender, CardError> {
    let text = match userinfo.get("gender") {
        None => return Err(CardError::AttributeMissing),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err(CardError::Malformed),
    };
    match text.as_str() {
        "1" | "male" => Ok(Gender::Male),
        "2" | "female" => Ok(Gender::Female),
        "3" | "other" => Ok(Gender::Other),
        _ => Err(CardError::Malformed),
    }
}

#[cfg(test)]
mod tests;
