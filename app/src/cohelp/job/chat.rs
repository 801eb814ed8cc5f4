//! What the two write to each other.

use leptos::prelude::*;
use shared::cohelp::{ChatLine, ChatMessage, Field as Id, QuickPhrase};

use super::{Here, JobDone, photos};
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::chat::{Chat, Message, Said};
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::live::{Live, LiveTexts};
use crate::design::text_area::TextArea;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// The messages, and two ways to write one. Nothing while there is nobody to write to.
pub(super) fn card(here: Here<'_>, done: Option<JobDone>) -> Option<Markup> {
    let (locale, chat) = (here.locale(), here.page.chat.as_ref()?);
    let messages = chat.messages.iter().map(|message| of(here, message)).collect();
    let (label, earlier) = (texts::help_chat_title(locale), texts::help_chat_earlier(locale));
    // An operator, with somebody on the phone, keeps no page open.
    let lives = here.page.behalf.is_none();
    let live = lives.then(|| {
        let job = here.job().card.id;
        let (url, version) = (format!("/help/{job}/live"), chat.version.clone());
        let words = LiveTexts::of_chat(locale);
        view! {
            <Live url=url after=chat.news about=job.to_string() version=version here=here.url() texts=words/>
        }
    });
    let written = match done {
        Some(JobDone::Written) => true,
        Some(JobDone::PhotoAdded) => photos::is_sent(here),
        _ => false,
    };
    let sent = written.then(|| {
        view! { <p id="sent" role="status" tabindex="-1" autofocus=true>{texts::help_chat_sent(locale)}</p> }
    });
    let forms = forms(here);
    Some(
        view! {
            <section class="mg-card" id="chat">
                <h2 class="mg-card__title">{texts::help_chat_title(locale)}</h2>
                <p>{texts::help_chat_lead(locale)}</p>
                {live}
                <Chat label=label messages=messages earlier=earlier lives=lives/>
                {sent}
                {forms}
            </section>
        }
        .into_markup(),
    )
}

/// As the reader sees it: a phrase in their language, whoever chose it.
pub(in crate::cohelp) fn of(here: Here<'_>, message: &ChatMessage) -> Message {
    let locale = here.locale();
    let name = here.page.named.of(message.by);
    let own = here.page.behalf.as_ref().map_or(here.page.visitor.actor.person, |behalf| behalf.caller.person);
    let who = match name {
        _ if message.by == own => texts::help_you(locale),
        Some(name) => texts::help_person(locale, name.as_str()),
        None => texts::help_other_person(locale),
    };
    Message {
        id: format!("chat-{}", message.number),
        own: message.by == own,
        by: texts::help_chat_by(locale, &who, &format::moment_short(locale, message.at)),
        said: match &message.line {
            ChatLine::Text(text) => Said::Text(Phrase::given(text.as_str().to_owned())),
            ChatLine::Phrase(phrase) => Said::Text(say::quick_phrase(locale, *phrase)),
            ChatLine::Photo(id) => {
                photos::of(here, *id).map_or_else(|| Said::Text(texts::help_photo_gone(locale)), Said::Photo)
            }
        },
    }
}

fn forms(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let phrases = QuickPhrase::ALL.map(|phrase| {
        let sends = ("phrase", phrase.word().to_owned());
        view! { <Button label=say::quick_phrase(locale, phrase) tone=Tone::Secondary sends=sends/> }
    });
    let phrases = phrases.into_iter().collect::<Vec<_>>();
    let say = Field::new(Id::Say.id(), say::field(locale, Id::Say)).error(here.errors.at(Id::Say));
    let say = say.help(texts::help_chat_help(locale));
    let typed = here.input.chat.say.clone();
    let photo = (here.page.adds_photo == Some(true)).then(|| photos::form(here, texts::help_photo_send(locale)));
    view! {
        <Form action=here.url() seal=here.frame.seal_of("phrase")>
            <Hidden name="act" value="chat"/>
            <fieldset class="mg-choices">
                <legend>{texts::help_chat_phrases(locale)}</legend>
                {phrases}
            </fieldset>
        </Form>
        <Form action=here.url() seal=here.frame.seal_of("chat")>
            <Hidden name="act" value="chat"/>
            <TextArea field=say value=typed rows=3/>
            <Button label=texts::help_chat_send(locale)/>
        </Form>
        {photo}
        <p class="mg-soft mg-small">{texts::help_chat_centre(locale)}</p>
    }
    .into_markup()
}
