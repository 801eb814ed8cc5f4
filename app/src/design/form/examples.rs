use leptos::prelude::*;

use super::{Form, Hidden, Seal};
use crate::{
    design::{
        Example,
        button::Button,
        field::Field,
        text_field::{Keys, TextField},
    },
    i18n::{Locale, texts},
};

/// Paying somebody.
pub fn examples(locale: Locale) -> Vec<Example> {
    let seal = Seal { csrf: "c".to_owned(), command_id: "0".repeat(26) };
    let to = Field::new("to", texts::wallet_pay_to(locale)).help(texts::wallet_pay_to_help(locale));
    let amount = Field::new("amount", texts::wallet_pay_amount(locale)).help(texts::wallet_pay_amount_help(locale));
    let form = view! {
        <Form action="/wallet/pay" seal=seal>
            <Hidden name="from" value="here"/>
            <TextField field=to keys=Keys::Code/>
            <TextField field=amount keys=Keys::Digits/>
            <Button label=texts::wallet_pay_action(locale)/>
        </Form>
    };
    vec![Example::of("form", form)]
}
