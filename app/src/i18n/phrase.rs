//! A text for people, perhaps with readings over its kanji.

use std::{borrow::Cow, fmt};

use leptos::{
    either::Either,
    html::span,
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        view::{Position, PositionState, add_attr::AddAnyAttr, any_view::AnyView},
    },
};
use serde::{Deserialize, Serialize};

/// Opens a base that has a reading. Noncharacters are never part of a text (Unicode §23.7), so what
/// people write cannot open one.
const BASE: char = '\u{FDD0}';
/// Ends the base, begins the reading.
const READING: char = '\u{FDD1}';
/// Ends the reading.
const END: char = '\u{FDD2}';

fn is_mark(character: char) -> bool {
    matches!(character, BASE | READING | END)
}

/// A text in the reader's language (文言). In a page it is text, or `<ruby>` where it has readings (ふりがな);
/// in an attribute or `<title>` use [`Phrase::plain`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Phrase(Cow<'static, str>);

impl Phrase {
    /// A text of ours, as compiled from the locale files.
    pub const fn fixed(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// A text from outside, for example a name: shown exactly, never read as markup or readings.
    pub fn given(text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        if text.contains(is_mark) {
            Self(text.chars().filter(|c| !is_mark(*c)).collect::<String>().into())
        } else {
            Self(text)
        }
    }

    /// Whether any part of it has a reading.
    pub fn has_readings(&self) -> bool {
        self.0.contains(BASE)
    }

    /// The text without readings.
    pub fn plain(&self) -> Cow<'static, str> {
        if !self.has_readings() {
            return self.0.clone();
        }
        let mut reading = false;
        let kept = self.0.chars().filter(|&character| {
            reading = (reading || character == READING) && character != END;
            !reading && !is_mark(character)
        });
        kept.collect::<String>().into()
    }

    /// This text, then another.
    #[must_use]
    pub fn then(self, other: &Self) -> Self {
        Self(Cow::Owned(self.0.into_owned() + &other.0))
    }

    /// As HTML. The parentheses are for browsers that know no ruby (HTML §4.5.10).
    fn html(&self) -> String {
        let mut out = String::with_capacity(self.0.len() * 2);
        for character in self.0.chars() {
            match character {
                BASE => out.push_str("<ruby>"),
                READING => out.push_str("<rp>(</rp><rt>"),
                END => out.push_str("</rt><rp>)</rp></ruby>"),
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                other => out.push(other),
            }
        }
        out
    }

    fn view(self) -> Either<Cow<'static, str>, AnyView> {
        if self.has_readings() {
            Either::Right(span().inner_html(self.html()).into_any())
        } else {
            Either::Left(self.0)
        }
    }
}

impl fmt::Display for Phrase {
    /// Without readings.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

/// Puts a text together from stretches of ours and arguments from outside.
#[derive(Debug, Default)]
pub struct Composer(String);

impl Composer {
    /// Nothing yet.
    pub fn new() -> Self {
        Self(String::with_capacity(96))
    }

    /// A stretch of ours; may hold readings.
    pub fn text(&mut self, text: &'static str) {
        self.0.push_str(text);
    }

    /// An argument from outside: shown exactly, never read as readings.
    pub fn given(&mut self, text: &str) {
        if text.contains(is_mark) {
            self.0.extend(text.chars().filter(|c| !is_mark(*c)))
        } else {
            self.0.push_str(text)
        }
    }

    /// A name from outside with its reading over it.
    pub fn reading(&mut self, base: &str, reading: &str) {
        self.0.push(BASE);
        self.given(base);
        self.0.push(READING);
        self.given(reading);
        self.0.push(END);
    }

    /// A text of ours, with its readings.
    pub fn phrase(&mut self, phrase: &Phrase) {
        self.0.push_str(&phrase.0);
    }

    /// A number, with a comma every three digits.
    pub fn number(&mut self, number: u64) {
        let digits = number.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                self.0.push(',');
            }
            self.0.push(digit);
        }
    }

    /// The text.
    pub fn finish(self) -> Phrase {
        Phrase(Cow::Owned(self.0))
    }
}

type View = Either<Cow<'static, str>, AnyView>;

impl Render for Phrase {
    type State = <View as Render>::State;

    fn build(self) -> Self::State {
        self.view().build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.view().rebuild(state);
    }
}

impl AddAnyAttr for Phrase {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl RenderHtml for Phrase {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn html_len(&self) -> usize {
        self.0.len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.view().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.view().hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn easy() -> Phrase {
        let mut out = Composer::new();
        out.text("\u{FDD0}助\u{FDD1}たす\u{FDD2}けを");
        out.given("｜山《やま》<b>&\u{FDD0}");
        out.text("に");
        out.number(1_234_567);
        out.finish()
    }

    #[test]
    fn readings_become_ruby_and_arguments_stay_text() {
        assert_eq!(
            easy().to_html(),
            "<span><ruby>助<rp>(</rp><rt>たす</rt><rp>)</rp></ruby>けを｜山《やま》&lt;b&gt;&amp;に1,234,567</span>"
        );
        assert_eq!(easy().plain(), "助けを｜山《やま》<b>&に1,234,567");
    }

    #[test]
    fn a_text_without_readings_is_only_text() {
        let phrase = Phrase::given("<script>");
        assert_eq!(phrase.clone().to_html(), "&lt;script&gt;");
        assert!(matches!(Phrase::fixed("水").plain(), Cow::Borrowed("水")));
        assert_eq!(Phrase::given("a\u{FDD0}b").plain(), "ab");
    }

    #[test]
    fn small_numbers_have_no_comma() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (100_000, "100,000")] {
            let mut out = Composer::new();
            out.number(number);
            assert_eq!(out.finish().plain(), text);
        }
    }
}
