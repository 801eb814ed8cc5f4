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

/// Everything wrong with a form, field by field in their order, and what stands in the way apart from them.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrongs {
    fields: Vec<(Field, Phrase)>,
    in_the_way: Option<NotPosted>,
}

impl Wrongs {
    /// From the form, and from the ledger's answer to it in the words of `say_not`. What would belong to a field the page has
    /// not stands in the way.
    pub(super) fn of(
        locale: Locale,
        on_page: &[Field],
        errors: &FieldErrors,
        not: Option<&NotPosted>,
        label: impl Fn(Field) -> Phrase,
        say_not: fn(Locale, &NotPosted) -> Phrase,
    ) -> Self {
        let typed = errors
            .iter()
            .filter(|(field, _)| on_page.contains(field))
            .map(|&(field, error)| (field, say::field_error(locale, field, error, &label(field))));
        let mut all: Vec<_> = typed.collect();
        let mut in_the_way = None;
        match not.map(|not| (field_of(not).filter(|field| on_page.contains(field)), not)) {
            Some((Some(field), not)) => {
                all.retain(|(known, _)| *known != field);
                all.push((field, say_not(locale, not)));
            }
            Some((None, not)) => in_the_way = Some(not.clone()),
            None => {}
        }
        all.sort_by_key(|(field, _)| *field);
        Self { fields: all, in_the_way }
    }

    /// What is wrong with that field.
    pub(super) fn at(&self, field: Field) -> Option<Phrase> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, words)| words.clone())
    }

    /// A field that has to be filled in, with what is wrong with it.
    pub(super) fn needed(&self, locale: Locale, field: Field, label: Phrase) -> field::Field {
        field::Field::new(field.id(), label).required(texts::shell_required(locale)).error(self.at(field))
    }

    /// How many things are wrong.
    pub(super) fn count(&self) -> u64 {
        self.fields.len() as u64
    }

    /// What stands in the way apart from the fields.
    pub(super) fn in_the_way(&self) -> Option<NotPosted> {
        self.in_the_way.clone()
    }

    /// Whether anything is wrong at all.
    pub(super) const fn failed(&self) -> bool {
        !self.fields.is_empty() || self.in_the_way.is_some()
    }

    /// For the summary.
    pub(super) fn summary(&self) -> Vec<Wrong> {
        self.fields.iter().map(|(field, text)| Wrong { field: field.id().into(), text: text.clone() }).collect()
    }
}

/// The field whose change would help.
fn field_of(not: &NotPosted) -> Option<Field> {
    match not {
        NotPosted::MemberUnknown => Some(Field::Member),
        NotPosted::BudgetUnknown => Some(Field::Budget),
        NotPosted::Refused(Refusal::SameAccount | Refusal::WrongAccountKind) => Some(Field::Member),
        NotPosted::ShopUnknown => Some(Field::Shop),
        NotPosted::CodeUnknown | NotPosted::Refused(Refusal::CodeExpired) => Some(Field::Code),
        NotPosted::Refused(Refusal::CouponNotTaken { .. }) => Some(Field::Tender),
        NotPosted::Refused(Refusal::OriginalUnknown) => Some(Field::Entry),
        NotPosted::Refused(
            Refusal::ZeroAmount
            | Refusal::Overflow
            | Refusal::Insufficient { .. }
            | Refusal::EndsBefore { .. }
            | Refusal::ExceedsOriginal { .. }
            | Refusal::ExceedsCode { .. },
        ) => Some(Field::Amount),
        NotPosted::SignedOut | NotPosted::NotAClerk | NotPosted::Refused(_) | NotPosted::TooOften { .. } => None,
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
    /// The ledger's answer, if it belongs to no field.
    not: Option<NotPosted>,
    /// What did not happen.
    title: Phrase,
    /// The page to come back to after signing in again.
    #[prop(into)]
    back: String,
    /// The words for the answer.
    say_not: fn(Locale, &NotPosted) -> Phrase,
) -> impl IntoView {
    not.map(|not| {
        let again = matches!(not, NotPosted::SignedOut | NotPosted::Refused(Refusal::StepUp { .. }));
        // Under a command that was used, something may well have moved before.
        let unchanged = not != NotPosted::Refused(Refusal::CommandReused);
        let words = say_not(locale, &not);
        view! {
            <div role="alert" id="error-summary" tabindex="-1" autofocus=true>
                <Banner matter=Matter::Error title=title>
                    <p>{words}</p>
                    {unchanged.then(|| view! { <p>{texts::wallet_unchanged(locale)}</p> })}
                    {again.then(|| {
                        let href = format!("/signin?next={back}");
                        view! { <p><Link label=texts::signin_action(locale) href=href/></p> }
                    })}
                </Banner>
            </div>
        }
    })
}
