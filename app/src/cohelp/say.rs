//! Words of co-help: what cards, fields, faults and refusals are called in the reader's language.

use shared::cohelp::helping::TimeOfDay;
use shared::cohelp::matching::{Bar, Reason, Said, Travel};
use shared::cohelp::{
    CONCERNS_MAX, Field, FieldError, JobCard, LATE_MINUTES_MAX, Languages, MEMOS_MAX, Matter, Next, Outcome, Phase,
    Photo, QuickPhrase, Rating, Refusal, STATEMENTS_MAX, Side, What, Who,
};
use shared::kernel::{Category, Language, limit};

use crate::i18n::{Locale, Phrase, format, texts};

/// A kind of help.
pub fn category(locale: Locale, category: Category) -> Phrase {
    match category {
        Category::Shopping => texts::help_category_shopping(locale),
        Category::Paperwork => texts::help_category_forms(locale),
        Category::Escort => texts::help_category_escort(locale),
        Category::Phone => texts::help_category_phone(locale),
        Category::Outdoor => texts::help_category_outdoor(locale),
        Category::Childminding => texts::help_category_childcare(locale),
        Category::Visit => texts::help_category_visit(locale),
        Category::Other => texts::help_category_other(locale),
    }
}

/// A language somebody speaks.
pub fn language(locale: Locale, language: Language) -> Phrase {
    match language {
        Language::Japanese => texts::helper_language_ja(locale),
        Language::English => texts::helper_language_en(locale),
        Language::Chinese => texts::helper_language_zh(locale),
        Language::Korean => texts::helper_language_ko(locale),
        Language::Vietnamese => texts::helper_language_vi(locale),
        Language::Portuguese => texts::helper_language_pt(locale),
        Language::Filipino => texts::helper_language_fil(locale),
        Language::Nepali => texts::helper_language_ne(locale),
        Language::Indonesian => texts::helper_language_id(locale),
        Language::JapaneseSign => texts::helper_language_jsl(locale),
    }
}

/// Words one after the other; none if there are none.
pub fn several(locale: Locale, words: impl Iterator<Item = Phrase>) -> Option<Phrase> {
    let between = Phrase::fixed(if locale == Locale::En { ", " } else { "、" });
    words.reduce(|said, word| said.then(&between).then(&word))
}

/// Languages of which one will do.
pub fn languages(locale: Locale, languages: &Languages) -> Phrase {
    let between = if locale == Locale::En { ", " } else { "・" };
    let words = languages.iter().map(|of| language(locale, *of));
    words.reduce(|said, word| said.then(&Phrase::fixed(between)).then(&word)).unwrap_or(Phrase::fixed(""))
}

/// The same, where it is worth a word: not where everybody expects it.
pub fn foreign(locale: Locale, spoken: &Languages) -> Option<Phrase> {
    (*spoken != Languages::one(Language::Japanese)).then(|| languages(locale, spoken))
}

/// A phrase that is chosen, not typed.
pub fn quick_phrase(locale: Locale, phrase: QuickPhrase) -> Phrase {
    match phrase {
        QuickPhrase::OnTheWay => texts::help_chat_phrase_on_the_way(locale),
        QuickPhrase::Arrived => texts::help_chat_phrase_arrived(locale),
        QuickPhrase::CannotFind => texts::help_chat_phrase_cannot_find(locale),
        QuickPhrase::Wait => texts::help_chat_phrase_wait(locale),
        QuickPhrase::Bring => texts::help_chat_phrase_bring(locale),
        QuickPhrase::Yes => texts::help_chat_phrase_yes(locale),
        QuickPhrase::No => texts::help_chat_phrase_no(locale),
        QuickPhrase::Understood => texts::help_chat_phrase_understood(locale),
        QuickPhrase::ThankYou => texts::help_chat_phrase_thank_you(locale),
    }
}

/// How somebody gets about.
pub fn travel(locale: Locale, travel: Travel) -> Phrase {
    match travel {
        Travel::Foot => texts::helper_travel_foot(locale),
        Travel::Bicycle => texts::helper_travel_bicycle(locale),
        Travel::Car => texts::helper_travel_car(locale),
    }
}

/// How far somebody goes.
pub fn reach(locale: Locale, metres: u32) -> Phrase {
    if metres < 1_000 {
        texts::helper_reach_metres(locale, metres.into())
    } else {
        texts::helper_reach_kilometres(locale, u64::from(metres / 1_000))
    }
}

/// A part of the day.
pub fn time_of_day(locale: Locale, time: TimeOfDay) -> Phrase {
    match time {
        TimeOfDay::Morning => texts::helper_time_morning(locale),
        TimeOfDay::Afternoon => texts::helper_time_afternoon(locale),
        TimeOfDay::Evening => texts::helper_time_evening(locale),
    }
}

/// What speaks for somebody, where it is worth a word. Distances are between the middles of areas, so they are rough.
pub fn reason(locale: Locale, reason: Reason) -> Option<Phrase> {
    Some(match reason {
        Reason::Near { metres: 0..500 } => texts::help_reason_next_door(locale),
        Reason::Near { metres } => {
            texts::help_reason_near(locale, u64::from(metres.saturating_add(500) / 1_000).max(1))
        }
        Reason::WorkedTogether { times } => texts::help_reason_together(locale, times.into()),
        Reason::EvidenceShown => texts::help_reason_evidence(locale),
        Reason::Speaks { language: spoken } => texts::help_reason_speaks(locale, &language(locale, spoken)),
        Reason::FewJobsLately { jobs } => texts::help_reason_lately(locale, jobs.into()),
        Reason::WholeWindow => texts::help_reason_whole_window(locale),
        Reason::SaysYes(Said { yes: 0, not: 0 }) => texts::help_reason_never_asked(locale),
        Reason::SaysYes(Said { yes, not }) => {
            texts::help_reason_says_yes(locale, u64::from(yes) + u64::from(not), yes.into())
        }
    })
}

/// What a concern is about.
pub fn matter(locale: Locale, matter: Matter) -> Phrase {
    match matter {
        Matter::Danger => texts::help_matter_danger(locale),
        Matter::Harassment => texts::help_matter_harassment(locale),
        Matter::Money => texts::help_matter_money(locale),
        Matter::Contact => texts::help_matter_contact(locale),
        Matter::Other => texts::help_matter_other(locale),
    }
}

/// Why somebody, or most people, cannot be asked.
pub fn bar(locale: Locale, bar: Bar) -> Phrase {
    match bar {
        Bar::OutsideHours => texts::desk_bar_hours(locale),
        Bar::OwnRequest => texts::desk_bar_own(locale),
        Bar::Blocked => texts::desk_bar_blocked(locale),
        Bar::Declined => texts::desk_bar_declined(locale),
        Bar::KindNotOffered => texts::desk_bar_kind(locale),
        Bar::SkillMissing => texts::desk_bar_skill(locale),
        Bar::EvidenceMissing => texts::desk_bar_evidence(locale),
        Bar::LanguageMissing => texts::desk_bar_language(locale),
        Bar::CourseMissing => texts::desk_bar_course(locale),
        Bar::TooFar => texts::desk_bar_far(locale),
        Bar::NotThen => texts::desk_bar_then(locale),
        Bar::Busy => texts::desk_bar_busy(locale),
        Bar::WeekFull => texts::desk_bar_week(locale),
    }
}

/// A rating in words.
pub fn rating(locale: Locale, rating: Rating) -> Phrase {
    match rating.get() {
        1 => texts::help_rating_1(locale),
        2 => texts::help_rating_2(locale),
        3 => texts::help_rating_3(locale),
        4 => texts::help_rating_4(locale),
        _ => texts::help_rating_5(locale),
    }
}

/// How satisfied somebody is, in words.
pub fn satisfaction(locale: Locale, satisfaction: Rating) -> Phrase {
    match satisfaction.get() {
        1 => texts::help_satisfaction_1(locale),
        2 => texts::help_satisfaction_2(locale),
        3 => texts::help_satisfaction_3(locale),
        4 => texts::help_satisfaction_4(locale),
        _ => texts::help_satisfaction_5(locale),
    }
}

/// Where a job stands, in a few words; what waits for the reader comes first.
pub fn phase(locale: Locale, card: &JobCard) -> Phrase {
    let turn = card.next.filter(|next| next.who == Who::You).map(|next| next.what);
    match (card.phase, turn) {
        (Phase::Open, Some(What::Choose { .. })) => texts::help_phase_offered(locale),
        (Phase::Agreed | Phase::Started | Phase::Confirming, Some(What::Report)) => {
            texts::help_phase_confirm_you(locale)
        }
        (Phase::Paid, Some(What::Thank)) => texts::help_phase_thank_you(locale),
        (Phase::Open, _) => texts::help_phase_open(locale),
        (Phase::Offered, _) => texts::help_phase_waiting(locale),
        (Phase::Declined, _) => texts::help_phase_declined(locale),
        (Phase::Agreeing, _) => texts::help_phase_agreeing(locale),
        (Phase::Introducing, _) => texts::help_phase_introducing(locale),
        (Phase::Agreed, _) => texts::help_phase_agreed(locale),
        (Phase::Started, _) => texts::help_phase_started(locale),
        (Phase::Disputed, _) => texts::help_phase_disputed(locale),
        (Phase::Confirming, _) => texts::help_phase_confirming(locale),
        (Phase::Paying, _) => texts::help_phase_paying(locale),
        (Phase::Paid, _) => texts::help_phase_paid(locale),
        (Phase::Cancelling, _) => texts::help_phase_cancelling(locale),
        (Phase::Cancelled, _) => texts::help_phase_cancelled(locale),
        (Phase::Expired, _) => texts::help_phase_expired(locale),
    }
}

/// Who does what next, as a sentence. `other` is the name of the other one of the two.
pub fn turn(locale: Locale, card: &JobCard, next: Next, other: &str) -> Phrase {
    let window = card.window;
    let when = || format::window(locale, window.day(), window.from_minute(), window.to_minute());
    match (next.what, next.who) {
        (What::Offer, Who::You) => texts::help_turn_offer_you(locale),
        (What::Offer, _) => texts::help_turn_offers(locale),
        (What::Choose { .. }, Who::You) => texts::help_turn_choose_you(locale),
        (What::Choose { .. }, _) => texts::help_turn_choose(locale),
        (What::MovePoints, _) => match card.phase {
            Phase::Agreeing => texts::help_turn_agreeing(locale),
            Phase::Cancelling => texts::help_turn_returning(locale),
            _ => texts::help_turn_paying(locale),
        },
        (What::Help, Who::You) => texts::help_turn_meet_you(locale, &when(), other),
        (What::Help, _) => texts::help_turn_meet(locale, &when(), other),
        (What::Introduce, _) => texts::help_turn_introduce(locale),
        (What::Notify, Who::You) => texts::help_turn_notify_you(locale),
        (What::Notify, _) => texts::help_turn_notify(locale, other),
        (What::Report, Who::You) => texts::help_turn_confirm_you(locale),
        (What::Report, _) => texts::help_turn_confirm(locale, other),
        (What::Decide, _) => texts::help_turn_decide(locale),
        (What::Thank, _) => texts::help_turn_thank_you(locale),
    }
}

/// What came of a job that takes so many minutes; `who` says who somebody on that side is.
pub fn outcome(locale: Locale, outcome: Outcome, minutes: u16, who: impl Fn(Side) -> Phrase) -> Phrase {
    match outcome {
        Outcome::Done { minutes: worked } if worked >= minutes => texts::help_outcome_all(locale),
        Outcome::Done { minutes: worked } => texts::help_outcome_part(locale, &format::duration(locale, worked)),
        Outcome::NoShow { of } => texts::help_outcome_no_show(locale, &who(of)),
        Outcome::NotDone => texts::help_outcome_not_done(locale),
    }
}

/// The label of a field, as on its page.
pub fn field(locale: Locale, field: Field) -> Phrase {
    match field {
        Field::Category => texts::help_field_category(locale),
        Field::Question(_) => texts::help_question(locale),
        Field::Title => texts::help_field_title(locale),
        Field::Details => texts::help_field_details(locale),
        Field::Area => texts::help_field_area(locale),
        Field::Day => texts::help_field_day(locale),
        Field::From => texts::help_field_from(locale),
        Field::To => texts::help_field_to(locale),
        Field::Minutes => texts::help_field_minutes_unit(locale),
        Field::Reward => texts::help_field_reward(locale),
        Field::Note => texts::help_offer_note(locale),
        Field::Reason => texts::help_cancel_reason(locale),
        Field::Rating => texts::help_thank_rating(locale),
        Field::Message => texts::help_thank_message(locale),
        Field::Late => texts::help_field_late(locale),
        Field::Code => texts::help_field_code(locale),
        Field::Outcome => texts::help_report_title(locale),
        Field::Worked => texts::help_field_worked(locale),
        Field::Text => texts::help_field_text(locale),
        Field::Fits => texts::desk_field_fits(locale),
        Field::How => texts::desk_field_how(locale),
        Field::Why | Field::End => texts::desk_field_why(locale),
        Field::Kinds => texts::helper_field_kinds(locale),
        Field::Times => texts::helper_field_times(locale),
        Field::Reach => texts::helper_field_reach(locale),
        Field::Travel => texts::helper_field_travel(locale),
        Field::Languages => texts::helper_field_languages(locale),
        Field::PerWeek => texts::helper_field_per_week(locale),
        Field::RestFrom => texts::helper_field_rest_from(locale),
        Field::RestTo => texts::helper_field_rest_to(locale),
        Field::Whom => texts::help_field_whom(locale),
        Field::Matter => texts::help_field_matter(locale),
        Field::Happened => texts::help_field_happened(locale),
        Field::Finding => texts::desk_field_finding(locale),
        Field::Say => texts::help_chat_field(locale),
        Field::Satisfaction => texts::help_rate_field(locale),
        Field::Words => texts::help_rate_words(locale),
        Field::Spoken => texts::help_field_spoken(locale),
        Field::Skills => texts::helper_field_skills(locale),
        Field::Able => texts::help_field_able(locale),
        Field::Course => texts::desk_helper_course_day(locale),
        Field::Picture => texts::help_photo_title(locale),
        Field::Caption => texts::help_photo_caption(locale),
        Field::Memo => texts::desk_field_memo(locale),
    }
}

/// What is wrong with a field and what to do.
pub fn field_error(locale: Locale, at: Field, error: &FieldError) -> Phrase {
    field_error_of(locale, at, &field(locale, at), error)
}

/// The same for a field of that label.
pub(super) fn field_error_of(locale: Locale, at: Field, label: &Phrase, error: &FieldError) -> Phrase {
    match (*error, at) {
        (FieldError::Missing | FieldError::Unknown | FieldError::NotANumber, Field::Rating) => {
            texts::error_rating_missing(locale)
        }
        (FieldError::Missing | FieldError::Unknown, Field::Outcome) => texts::error_outcome_missing(locale),
        (FieldError::Missing | FieldError::Unknown, Field::Fits) => texts::error_fits_missing(locale),
        (FieldError::NotACode, _) => texts::error_code_form(locale),
        (FieldError::Missing, at) if chosen(at) => texts::error_missing_choice(locale, label),
        (FieldError::Missing, _) => texts::error_missing(locale, label),
        (FieldError::TooLong { max, got }, _) => texts::error_too_long(locale, label, max.into(), got.into()),
        (FieldError::Control, _) => texts::error_control(locale, label),
        (FieldError::IndividualNumber, _) => texts::error_individual_number(locale, label),
        (FieldError::Unknown, _) => texts::error_unknown_choice(locale, label),
        (FieldError::NotANumber, _) => texts::error_not_number(locale, label),
        (FieldError::NotADate, _) => texts::error_not_date(locale, label),
        (FieldError::NotATime, _) => texts::error_not_time(locale, label),
        (FieldError::PastDate, Field::RestTo) => texts::error_rest_past(locale),
        (FieldError::PastDate, _) => texts::error_past_date(locale),
        (FieldError::FutureDate, _) => texts::error_future_date(locale),
        (FieldError::TooFarAhead { days_max }, _) => texts::error_far_days(locale, days_max.into()),
        (FieldError::PastTime, _) => texts::error_past_window(locale),
        (FieldError::EndBeforeStart, Field::RestTo) => texts::error_rest_order(locale),
        (FieldError::EndBeforeStart, _) => texts::error_window_order(locale),
        (FieldError::WindowShort { minutes_min }, _) => texts::error_window_short(locale, minutes_min.into()),
        (FieldError::OutsideHours { from_minute, to_minute }, _) => outside_hours(locale, from_minute, to_minute),
        (FieldError::LongerThanWindow { minutes_max }, _) => {
            texts::error_minutes_long(locale, &format::duration(locale, minutes_max))
        }
        (FieldError::Zero, Field::Minutes) => texts::error_minutes_zero(locale),
        (FieldError::Zero | FieldError::TooLarge { .. }, Field::Late) => {
            texts::error_minutes_outside(locale, LATE_MINUTES_MAX.into())
        }
        (FieldError::Zero | FieldError::TooLarge { .. }, Field::Worked) => texts::error_worked(locale),
        (FieldError::Zero, _) => texts::error_reward_zero(locale),
        (FieldError::TooLarge { max }, Field::RestTo) => texts::error_rest_long(locale, max),
        (FieldError::TooLarge { .. }, Field::Rating) => texts::error_rating_missing(locale),
        (FieldError::TooLarge { .. }, Field::Minutes) => texts::error_not_number(locale, label),
        (FieldError::TooLarge { max }, _) => texts::error_reward_large(locale, max),
        (FieldError::Fixed { reward }, _) => texts::error_reward_fixed(locale, reward.get()),
        (FieldError::TooManyBytes { max }, _) => texts::error_photo_bytes(locale, (max / 1024 / 1024) as u64),
        (FieldError::NotAPicture, _) => texts::error_photo_kind(locale),
        (FieldError::BrokenPicture, _) => texts::error_photo_broken(locale),
        (FieldError::TooManyPixels, _) => texts::error_photo_pixels(locale),
        (FieldError::TooMany { max }, _) => texts::error_too_many(locale, label, max.into()),
    }
}

/// Whether something is chosen there, rather than written.
const fn chosen(field: Field) -> bool {
    matches!(
        field,
        Field::Category
            | Field::Area
            | Field::Picture
            | Field::Day
            | Field::From
            | Field::To
            | Field::Kinds
            | Field::Times
            | Field::Reach
            | Field::Travel
            | Field::Languages
            | Field::PerWeek
            | Field::Whom
            | Field::Matter
            | Field::Course
    )
}

fn outside_hours(locale: Locale, from_minute: u16, to_minute: u16) -> Phrase {
    texts::error_outside_hours(locale, u64::from(from_minute / 60), u64::from(to_minute / 60))
}

/// Why something was refused and what to do.
pub fn refusal(locale: Locale, refusal: &Refusal) -> Phrase {
    match *refusal {
        Refusal::LevelMissing { .. } => texts::error_level(locale),
        Refusal::CardMissing => texts::error_card_needed(locale),
        Refusal::CommandReused | Refusal::JobExists | Refusal::OfferExists => texts::error_reused(locale),
        Refusal::JobUnknown => texts::error_job_unknown(locale),
        Refusal::OfferUnknown | Refusal::OfferNotStanding => texts::error_offer_gone(locale),
        Refusal::NotYours => texts::error_not_yours(locale),
        Refusal::OwnRequest => texts::error_own_request(locale),
        Refusal::InProgress => texts::error_in_progress(locale),
        Refusal::AlreadyChosen => texts::error_already_chosen(locale),
        Refusal::NotOpen => texts::error_not_open(locale),
        Refusal::NotAgreed => texts::error_not_agreed(locale),
        Refusal::NotPaid => texts::error_not_paid(locale),
        Refusal::AlreadyOffered => texts::error_already_offered(locale),
        Refusal::TooManyOffers => texts::error_offers_full(locale),
        Refusal::TooManyOpenRequests => texts::error_requests_full(locale, limit::OPEN_REQUESTS_MAX.into()),
        Refusal::AlreadyConfirmed => texts::error_already_confirmed(locale),
        Refusal::AlreadyThanked => texts::error_already_thanked(locale),
        Refusal::CancelTooLate => texts::error_confirmed_no_cancel(locale),
        Refusal::TooEarly => texts::error_too_early(locale),
        Refusal::TooLate => texts::error_too_late(locale),
        Refusal::CategoryUnknown => texts::error_category_unknown(locale),
        Refusal::AreaUnknown => texts::error_area_unknown(locale),
        Refusal::WindowPast => texts::error_past_window(locale),
        Refusal::TooFarAhead { days_max } => texts::error_far_days(locale, days_max.into()),
        Refusal::OutsideHours { from_minute, to_minute } => outside_hours(locale, from_minute, to_minute),
        Refusal::WindowShort => texts::error_window_too_short(locale),
        Refusal::RewardZero => texts::error_reward_zero(locale),
        Refusal::RewardTooLarge { max } => texts::error_reward_large(locale, max.get()),
        Refusal::ShortOf { missing } => texts::error_short(locale, missing.get()),
        Refusal::NotOperator => texts::error_not_allowed(locale),
        Refusal::OwnCase => texts::error_own_case(locale),
        Refusal::NotIntroduced => texts::error_not_introduced(locale),
        Refusal::AlreadyIntroduced => texts::error_already_introduced(locale),
        Refusal::NoticeMissing => texts::error_notice_missing(locale),
        Refusal::AlreadyNotified => texts::error_already_notified(locale),
        Refusal::CodeWrong => texts::error_code_wrong(locale),
        Refusal::AlreadyStarted => texts::error_already_started(locale),
        Refusal::NotStarted => texts::error_not_started(locale),
        Refusal::MinutesOutside { minutes_max } => texts::error_minutes_outside(locale, minutes_max.into()),
        Refusal::CostsMore { costs } => texts::error_costs_more(locale, costs.get()),
        Refusal::TooManyStatements => texts::error_statements_full(locale, STATEMENTS_MAX as u64),
        Refusal::NotAskable => texts::error_not_askable(locale),
        Refusal::AlreadyAsked => texts::error_already_asked(locale),
        Refusal::AlreadyAnswered => texts::error_already_answered(locale),
        Refusal::TooManyConcerns => texts::error_concerns_full(locale, CONCERNS_MAX.into()),
        Refusal::ConcernUnknown => texts::error_concern_unknown(locale),
        Refusal::ConcernClosed => texts::error_concern_closed(locale),
        Refusal::TooManyApart => texts::error_apart_full(locale, limit::APART_MAX as u64),
        Refusal::HeldByOther => texts::error_held_by_other(locale),
        Refusal::AlreadyHeld => texts::error_already_held(locale),
        Refusal::NotHeld => texts::error_not_held(locale),
        Refusal::SecondOperator => texts::error_second_operator(locale),
        Refusal::TooManyMessages => texts::error_too_many_messages(locale),
        Refusal::TooManyPhotos => {
            texts::error_photos_full(locale, Photo::OF_REQUEST_MAX as u64, Photo::OF_SIDE_MAX as u64)
        }
        Refusal::PhotoUnknown => texts::error_photo_unknown(locale),
        Refusal::NotOver => texts::error_not_over(locale),
        Refusal::AlreadyRated => texts::error_already_rated(locale),
        Refusal::NothingToRead => texts::error_nothing_to_read(locale),
        Refusal::RewardFixed { reward } => texts::error_reward_fixed(locale, reward.get()),
        Refusal::SkillUnknown => texts::error_skill_unknown(locale),
        Refusal::AnswersWrong => texts::error_answers(locale),
        Refusal::CourseMissing => texts::error_course_missing(locale),
        Refusal::EvidenceMissing => texts::error_evidence_missing(locale),
        Refusal::HelperUnknown => texts::error_helper_unknown(locale),
        Refusal::NobodyToRing => texts::error_nobody_to_ring(locale),
        Refusal::TooManyMemos => texts::error_memos_full(locale, MEMOS_MAX.into()),
        Refusal::TooManyEnquiries => texts::error_enquiries_full(locale, limit::ENQUIRIES_MAX.into()),
    }
}

/// The field a refusal of a request is about, if it is about one.
pub const fn field_of(refusal: &Refusal) -> Option<Field> {
    match refusal {
        Refusal::CategoryUnknown | Refusal::AnswersWrong => Some(Field::Category),
        Refusal::AreaUnknown => Some(Field::Area),
        Refusal::WindowPast | Refusal::TooFarAhead { .. } => Some(Field::Day),
        Refusal::OutsideHours { .. } => Some(Field::From),
        Refusal::WindowShort => Some(Field::Minutes),
        Refusal::CodeWrong => Some(Field::Code),
        Refusal::MinutesOutside { .. } => Some(Field::Worked),
        Refusal::RewardZero
        | Refusal::RewardTooLarge { .. }
        | Refusal::RewardFixed { .. }
        | Refusal::ShortOf { .. } => Some(Field::Reward),
        Refusal::SkillUnknown => Some(Field::Able),
        _ => None,
    }
}

/// Where a refusal that is about the person leads on to, and the word for it.
pub fn way_on(locale: Locale, refusal: &Refusal) -> Option<(&'static str, Phrase)> {
    match refusal {
        Refusal::LevelMissing { .. } => Some(("/signin?next=%2Fhelp", texts::signin_action(locale))),
        Refusal::CardMissing => Some(("/join", texts::join_title(locale))),
        Refusal::ShortOf { .. } => Some(("/wallet", texts::home_wallet(locale))),
        _ => None,
    }
}
