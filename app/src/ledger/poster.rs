//! `/shop/{number}/poster`: what a shop puts on its counter.

use leptos::prelude::*;
use shared::ledger::mpm;
use shared::wire::TillPage;

use crate::design::{link::Link, page::Page, qr::Qr, readout::Readout};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, texts};

/// `/shop/{number}/poster`: the shop's QR code and number, to be printed.
pub fn poster(frame: &Frame<'_>, page: &TillPage) -> String {
    let locale = frame.locale;
    let shop = &page.shop;
    let title = texts::till_poster(locale);
    let code = mpm::poster(&frame.town.payment_service(), shop, &frame.town.name_en);
    let picture = texts::till_poster_picture(locale, shop.name.as_str());
    let number = Phrase::given(shop.number.to_string());
    let name = Phrase::given(shop.name.as_str().to_owned());
    let pays = texts::till_poster_title(locale, &frame.town_name().plain());
    let till = format!("/shop/{}", shop.number.get());
    let shell = frame.shell(None);
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::sale_back(locale) href=till back=true/></p>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::till_poster_lead(locale)}</p>
                <section class="mg-card mg-stack">
                    <h2>{name}</h2>
                    <p class="mg-lead">{pays}</p>
                    <Qr text=code label=picture/>
                    <Readout label=texts::shop_number(locale) value=number note=texts::till_poster_how(locale)/>
                </section>
            </Page>
        }
    })
}
