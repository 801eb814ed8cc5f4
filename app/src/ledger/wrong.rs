//! What came of a form: what is wrong beside its field where there is one, the rest at the top of the page.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::{Field, FieldErrors, Refusal};
use shared::wire::NotPosted;

use super::say;
use crate::design::{
    banner::{Banner, Matter},
    error_summary::Wrong,
    field,
    link::Link,
};
use crate::i18n::{Phrase, texts};

/// Everything wrong with a form, field by field in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrongs(Vec<(Field, Phrase)>);

impl Wrongs {
    /// From the form, and from the ledger's answer to it in the words of `say_not`.
    pub(super) fn of(
        locale: Locale,
        errors: &FieldErrors,
        not: Option<&NotPosted>,
        label: impl Fn(Field) -> Phrase,
        say_not: fn(Locale, &NotPosted) -> Phrase,
    ) -> Self {
        let typed = errors.iter().map(|&(field, error)| (field, say::field_error(locale, field, error, &label(field))));
        let mut all: Vec<_> = typed.collect();
        if let Some((field, not)) = not.and_then(|not| field_of(not).map(|field| (field, not))) {
            all.retain(|(known, _)| *known != field);
            all.push((field, say_not(locale, not)));
        }
        all.sort_by_key(|(field, _)| *field);
        Self(all)
    }

    /// What is wrong with that field.
    pub(super) fn at(&self, field: Field) -> Option<Phrase> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, words)| words.clone())
    }

    /// A field that has to be filled in, with what is wrong with it.
    pub(super) fn needed(&self, locale: Locale, field: Field, label: Phrase) -> field::Field {
        field::Field::new(field.id(), label).required(texts::shell_required(locale)).error(self.at(field))
    }

    /// How many things are wrong.
    pub(super) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// For the summary.
    pub(super) fn summary(&self) -> Vec<Wrong> {
        self.0.iter().map(|(field, text)| Wrong { field: field.id(), text: text.clone() }).collect()
    }
}

/// The field whose change would help.
fn field_of(not: &NotPosted) -> Option<Field> {
    match not {
        NotPosted::MemberUnknown => Some(Field::Member),
        NotPosted::BudgetUnknown => Some(Field::Budget),
        NotPosted::Refused(Refusal::SameAccount | Refusal::WrongAccountKind) => Some(Field::Member),
        NotPosted::Refused(Refusal::GrantUnknown) => Some(Field::Entry),
        NotPosted::Refused(
            Refusal::ZeroAmount
            | Refusal::Overflow
            | Refusal::Insufficient { .. }
            | Refusal::EndsBefore { .. }
            | Refusal::CorrectionExceeds { .. },
        ) => Some(Field::Amount),
        NotPosted::SignedOut | NotPosted::Refused(_) | NotPosted::TooOften { .. } => None,
    }
}

/// What was just done, said before everything else.
#[component]
pub(super) fn Made(
    /// That it was done.
    title: Phrase,
    /// What came of it.
    words: Phrase,
) -> impl IntoView {
    view! { <div role="status"><Banner matter=Matter::Success title=title><p>{words}</p></Banner></div> }
}

/// What stands in the way apart from the fields: what happened, that no points moved, and the way on.
#[component]
pub(super) fn InTheWay(
    /// The reader's language.
    locale: Locale,
    /// The ledger's answer; nothing is shown for what belongs to a field.
    not: Option<NotPosted>,
    /// What did not happen.
    title: Phrase,
    /// The page to come back to after signing in again.
    back: &'static str,
    /// The words for the answer.
    say_not: fn(Locale, &NotPosted) -> Phrase,
) -> impl IntoView {
    not.filter(|not| field_of(not).is_none()).map(|not| {
        let again = matches!(not, NotPosted::SignedOut | NotPosted::Refused(Refusal::StepUp { .. }));
        let words = say_not(locale, &not);
        view! {
            <div role="alert" id="error-summary" tabindex="-1" autofocus=true>
                <Banner matter=Matter::Error title=title>
                    <p>{words}</p>
                    <p>{texts::wallet_unchanged(locale)}</p>
                    {again.then(|| {
                        let href = format!("/signin?next={back}");
                        view! { <p><Link label=texts::signin_action(locale) href=href/></p> }
                    })}
                </Banner>
            </div>
        }
    })
}
