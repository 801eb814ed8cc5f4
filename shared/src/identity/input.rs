//! What staff type about people, as they typed it, and what it means. Every fault of a form is found at once.

use crate::kernel::{Day, Line, MemberNumber, MemberNumberError, Name, Role, TextError, Timestamp};

use super::{CardAttributes, Evidence, Gender};

/// A field of a form about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Member,
    Name,
    Address,
    Birth,
    Gender,
    Evidence,
    Role,
    Certificate,
    Code,
    Telephone,
}

impl Field {
    /// The id and name of the field in pages and posts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Name => "name",
            Self::Address => "address",
            Self::Birth => "birth",
            Self::Gender => "gender",
            Self::Evidence => "evidence",
            Self::Role => "role",
            Self::Certificate => "certificate",
            Self::Code => "code",
            Self::Telephone => "telephone",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldError {
    /// Nothing was entered or chosen.
    Missing,
    /// Longer than allowed, in characters.
    TooLong {
        /// The most.
        max: u32,
        /// How many there are.
        got: u32,
    },
    /// Contains characters that cannot be shown.
    Control,
    /// Contains what looks like a 個人番号.
    IndividualNumber,
    /// Not one of the choices.
    Unknown,
    /// Nobody was born then.
    NotADate,
    /// Not a member number: most likely a slip.
    NotAMember,
    /// A member number nobody has.
    Nobody,
    /// Not a one-time code: most likely a slip.
    NotACode,
    /// A code that was used, is too old, or never was.
    Gone,
    /// Not a telephone number: most likely a slip.
    NotATelephone,
}

impl From<TextError> for FieldError {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Missing,
            TextError::TooLong { max, got } => Self::TooLong { max, got },
            TextError::Control => Self::Control,
            TextError::IndividualNumber => Self::IndividualNumber,
        }
    }
}

/// Everything that is wrong with a form, in the order of its fields.
pub type FieldErrors = Vec<(Field, FieldError)>;

fn keep<T, E: Into<FieldError>>(errors: &mut FieldErrors, field: Field, parsed: Result<T, E>) -> Option<T> {
    parsed.map_err(|error| errors.push((field, error.into()))).ok()
}

fn choice<T>(text: &str, of: impl Fn(&str) -> Option<T>) -> Result<T, FieldError> {
    if text.is_empty() { Err(FieldError::Missing) } else { of(text).ok_or(FieldError::Unknown) }
}

fn member(text: &str) -> Result<MemberNumber, FieldError> {
    text.parse().map_err(|error| match error {
        MemberNumberError::Empty => FieldError::Missing,
        MemberNumberError::Wrong => FieldError::NotAMember,
    })
}

/// Nobody lives longer.
const YEARS_MAX: i32 = 130;

fn birth(text: &str, now: Timestamp) -> Result<Day, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldError::Missing);
    }
    let day = Day::written(text).map_err(|_| FieldError::NotADate)?;
    let (today, (born, ..)) = (now.day(), day.ymd());
    if day <= today && today.ymd().0 - born <= YEARS_MAX { Ok(day) } else { Err(FieldError::NotADate) }
}

impl Gender {
    /// Every gender, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::Other];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Other => "other",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gender| gender.word() == word)
    }
}

/// The form 「新しく登録する」 of the counter, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RegisterForm {
    pub name: String,
    pub address: String,
    pub birth: String,
    pub gender: String,
    pub evidence: String,
}

impl RegisterForm {
    /// What the documents say, and which they are.
    pub fn parse(&self, now: Timestamp) -> Result<(CardAttributes, Evidence), FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = keep(&mut errors, Field::Name, Name::written(&self.name));
        let address = keep(&mut errors, Field::Address, Line::written(&self.address));
        let birth = keep(&mut errors, Field::Birth, birth(&self.birth, now));
        let gender = keep(&mut errors, Field::Gender, choice(&self.gender, Gender::from_word));
        let evidence = keep(&mut errors, Field::Evidence, choice(&self.evidence, Evidence::from_word));
        match (name, address, birth, gender, evidence) {
            (Some(name), Some(address), Some(birth), Some(gender), Some(evidence)) => {
                Ok((CardAttributes { name, address, birth, gender: Some(gender) }, evidence))
            }
            _ => Err(errors),
        }
    }
}

/// The form 「登録のある方」 of the counter, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RecoverForm {
    pub member: String,
    pub name: String,
    pub birth: String,
    pub evidence: String,
}

impl RecoverForm {
    /// Whose account, and what the documents say.
    pub fn parse(&self, now: Timestamp) -> Result<(MemberNumber, Name, Day, Evidence), FieldErrors> {
        let mut errors = FieldErrors::new();
        let member = keep(&mut errors, Field::Member, member(&self.member));
        let name = keep(&mut errors, Field::Name, Name::written(&self.name));
        let birth = keep(&mut errors, Field::Birth, birth(&self.birth, now));
        let evidence = keep(&mut errors, Field::Evidence, choice(&self.evidence, Evidence::from_word));
        match (member, name, birth, evidence) {
            (Some(member), Some(name), Some(birth), Some(evidence)) => Ok((member, name, birth, evidence)),
            _ => Err(errors),
        }
    }
}

/// The form 「電話をかけてきた方」 of the desk, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CallerForm {
    pub member: String,
    pub name: String,
    pub birth: String,
}

impl CallerForm {
    /// Who the caller says they are.
    pub fn parse(&self, now: Timestamp) -> Result<(MemberNumber, Name, Day), FieldErrors> {
        let mut errors = FieldErrors::new();
        let member = keep(&mut errors, Field::Member, member(&self.member));
        let name = keep(&mut errors, Field::Name, Name::written(&self.name));
        let birth = keep(&mut errors, Field::Birth, birth(&self.birth, now));
        match (member, name, birth) {
            (Some(member), Some(name), Some(birth)) => Ok((member, name, birth)),
            _ => Err(errors),
        }
    }
}

/// The form 「職員を招待する」, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct InviteForm {
    pub name: String,
    pub role: String,
}

impl InviteForm {
    /// What the account is called, and its role.
    pub fn parse(&self) -> Result<(Name, Role), FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = keep(&mut errors, Field::Name, Name::written(&self.name));
        let role = keep(&mut errors, Field::Role, choice(&self.role, Role::from_word));
        name.zip(role).ok_or(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_219_200_000);

    #[test]
    fn every_fault_of_a_form_is_found_at_once() {
        let form =
            RegisterForm { name: " ".into(), birth: "2027-01-01".into(), evidence: "x".into(), ..Default::default() };
        let errors = form.parse(NOW).expect_err("errors");
        let expected = [
            (Field::Name, FieldError::Missing),
            (Field::Address, FieldError::Missing),
            (Field::Birth, FieldError::NotADate),
            (Field::Gender, FieldError::Missing),
            (Field::Evidence, FieldError::Unknown),
        ];
        assert_eq!(errors, expected);
        let fit = |birth: &str| RegisterForm {
            name: "海野 花子".into(),
            address: "めぐり市東浜1丁目2番3号".into(),
            birth: birth.into(),
            gender: "female".into(),
            evidence: "licence".into(),
        };
        for good in ["1950-04-01", "１９５０年４月１日", "1900/01/01"] {
            assert!(fit(good).parse(NOW).is_ok(), "{good}");
        }
        for bad in ["", "1895-12-31", "2027-01-01", "1950-02-30", "昭和25年4月1日"] {
            assert!(fit(bad).parse(NOW).is_err(), "{bad}");
        }
        let written = RegisterForm { address: "1234 5678 9018".into(), ..fit("1950-04-01") };
        assert_eq!(written.parse(NOW), Err(vec![(Field::Address, FieldError::IndividualNumber)]));
        let empty =
            [Field::Member, Field::Name, Field::Birth, Field::Evidence].map(|field| (field, FieldError::Missing));
        assert_eq!(RecoverForm::default().parse(NOW), Err(empty.to_vec()));
        let empty = [Field::Member, Field::Name, Field::Birth].map(|field| (field, FieldError::Missing));
        assert_eq!(CallerForm::default().parse(NOW), Err(empty.to_vec()));
        let empty = [(Field::Name, FieldError::Missing), (Field::Role, FieldError::Missing)];
        assert_eq!(InviteForm::default().parse(), Err(empty.to_vec()));
    }
}
