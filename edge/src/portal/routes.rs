//! The table of routes: one line each. Tests walk it, so that a new route cannot be forgotten.

use shared::identity::Admission;
use shared::kernel::Role;

use crate::http::Method::{self, Get, Post};

/// What a route needs before anything is read or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Open to everybody.
    Nothing,
    /// A live session.
    SignedIn,
    /// A live session with that role.
    Role(Role),
}

/// What a path or the form sent to it names. Whatever belongs to somebody is tried by everybody else in tests, so a route
/// that names something new needs a kind here, and a kind needs somebody in the tests who has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A word that belongs to nobody.
    Word,
    /// A passkey.
    Passkey,
    /// A session.
    Session,
    /// A staff link.
    Invitation,
    /// A request for help and what became of it.
    Job,
    /// An offer to help.
    Offer,
    /// A payment.
    Receipt,
    /// Whoever has that member number.
    Member,
    /// A proof at the counter, by its one-time code.
    CounterCode,
    /// A shop, by its number.
    Shop,
    /// A code to pay with.
    PayCode,
    /// A payment to a shop.
    Sale,
    /// Somebody who has registered to help.
    Helper,
    /// Somebody kept away from.
    Apart,
    /// What somebody told the centre of somebody.
    Concern,
    /// A photo.
    Photo,
    /// A call an operator takes.
    PhoneCall,
}

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handler {
    Home,
    Language,
    Health,
    Ready,
    DemoClock,
    Join,
    JoinCallback,
    Passkey,
    SignIn,
    SignOut,
    Invitation,
    Me,
    Sessions,
    PasskeyOf,
    Log,
    Code,
    Staff,
    Counter,
    Certificate,
    Logs,
    Board,
    Offers,
    Notifications,
    NewRequest,
    Profile,
    Job,
    Desk,
    Live,
    DeskDay,
    Circulation,
    Figures,
    Helpers,
    Helper,
    DeskJob,
    Caller,
    PhoneCall,
    PhoneRequest,
    PhoneJob,
    Photo,
    DeskPhoto,
    PhonePhoto,
    Wallet,
    Statement,
    StatementCsv,
    Pay,
    Paid,
    ChooseShop,
    Buy,
    CodeForm,
    PayCode,
    MyShops,
    Till,
    Poster,
    Sale,
    Shops,
    Office,
    Correct,
    Tell,
    Ask,
    Journal,
    Hledger,
}

/// A route.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The path; `{}` stands for one word.
    pub path: &'static str,
    /// What may be done there.
    pub methods: &'static [Method],
    /// What it needs.
    pub needs: Needs,
    /// What its path and its form name.
    pub names: &'static [Named],
    /// Whether what was typed into its form is kept while somebody signs in.
    pub keeps_draft: bool,
    /// Whether it is also kept for another day.
    pub saves_draft: bool,
    /// What of identity it asks, for which there is a rate: what it does, not what it shows.
    pub admission: Option<Admission>,
    pub(super) handler: Handler,
}

const fn route(
    path: &'static str,
    methods: &'static [Method],
    needs: Needs,
    names: &'static [Named],
    handler: Handler,
) -> Route {
    assert!(!names.is_empty() || !matches!(path.as_bytes(), [.., b'}']), "say what the path names");
    Route { path, methods, needs, names, keeps_draft: false, saves_draft: false, admission: None, handler }
}

impl Route {
    const fn keeping_drafts(self) -> Self {
        Self { keeps_draft: true, ..self }
    }

    const fn saving_drafts(self) -> Self {
        Self { keeps_draft: true, saves_draft: true, ..self }
    }

    const fn admitting(self, what: Admission) -> Self {
        Self { admission: Some(what), ..self }
    }
}

/// Every route. The first that fits is taken.
pub const ROUTES: &[Route] = &[
    route("/", &[Get], Needs::Nothing, &[], Handler::Home),
    route("/join", &[Get, Post], Needs::Nothing, &[], Handler::Join).admitting(Admission::Proof),
    route("/join/callback", &[Get], Needs::Nothing, &[], Handler::JoinCallback).admitting(Admission::Proof),
    route("/join/passkey", &[Get], Needs::SignedIn, &[], Handler::Passkey),
    route("/join/code", &[Get, Post], Needs::Nothing, &[Named::CounterCode], Handler::Code)
        .admitting(Admission::Invitation),
    route("/signin", &[Get], Needs::Nothing, &[], Handler::SignIn),
    route("/signout", &[Get, Post], Needs::Nothing, &[], Handler::SignOut),
    route("/staff/{}", &[Get, Post], Needs::Nothing, &[Named::Invitation], Handler::Invitation)
        .admitting(Admission::Invitation),
    route("/me", &[Get], Needs::SignedIn, &[], Handler::Me),
    route("/me/sessions", &[Get, Post], Needs::SignedIn, &[Named::Session], Handler::Sessions),
    route("/me/log", &[Get, Post], Needs::SignedIn, &[], Handler::Log),
    route("/me/passkeys/{}", &[Get, Post], Needs::SignedIn, &[Named::Passkey], Handler::PasskeyOf),
    route("/notifications", &[Get], Needs::SignedIn, &[], Handler::Notifications),
    route("/circulation", &[Get], Needs::Nothing, &[], Handler::Circulation),
    route("/help", &[Get], Needs::SignedIn, &[], Handler::Board),
    route("/help/new", &[Get, Post], Needs::SignedIn, &[], Handler::NewRequest).saving_drafts(),
    route("/help/offers", &[Get], Needs::SignedIn, &[], Handler::Offers),
    route("/help/profile", &[Get, Post], Needs::SignedIn, &[Named::Apart], Handler::Profile).keeping_drafts(),
    route("/help/{}", &[Get, Post], Needs::SignedIn, &[Named::Job, Named::Offer, Named::Photo], Handler::Job)
        .keeping_drafts(),
    route("/help/{}/photos/{}", &[Get], Needs::SignedIn, &[Named::Job, Named::Photo], Handler::Photo),
    route(super::live::JOB, &[Get], Needs::SignedIn, &[Named::Job], Handler::Live),
    route("/desk", &[Get], Needs::Role(Role::Operator), &[], Handler::Desk),
    route(super::live::DESK, &[Get], Needs::Role(Role::Operator), &[], Handler::Live),
    route("/desk/figures", &[Get], Needs::Role(Role::Operator), &[], Handler::Figures),
    route("/desk/helpers", &[Get], Needs::Role(Role::Operator), &[], Handler::Helpers),
    route("/desk/helpers/{}", &[Get, Post], Needs::Role(Role::Operator), &[Named::Helper], Handler::Helper),
    route("/desk/day", &[Get, Post], Needs::Role(Role::Operator), &[Named::Job, Named::Helper], Handler::DeskDay),
    route("/desk/call", &[Get, Post], Needs::Role(Role::Operator), &[Named::Member], Handler::Caller),
    route("/desk/call/{}", &[Get, Post], Needs::Role(Role::Operator), &[Named::PhoneCall], Handler::PhoneCall),
    route("/desk/call/{}/new", &[Get, Post], Needs::Role(Role::Operator), &[Named::PhoneCall], Handler::PhoneRequest),
    route(
        "/desk/call/{}/help/{}",
        &[Get, Post],
        Needs::Role(Role::Operator),
        &[Named::PhoneCall, Named::Job, Named::Offer],
        Handler::PhoneJob,
    ),
    route(
        "/desk/{}",
        &[Get, Post],
        Needs::Role(Role::Operator),
        &[Named::Job, Named::Helper, Named::Concern],
        Handler::DeskJob,
    )
    .keeping_drafts(),
    route("/desk/{}/photos/{}", &[Get], Needs::Role(Role::Operator), &[Named::Job, Named::Photo], Handler::DeskPhoto),
    route(
        "/desk/call/{}/help/{}/photos/{}",
        &[Get],
        Needs::Role(Role::Operator),
        &[Named::PhoneCall, Named::Job, Named::Photo],
        Handler::PhonePhoto,
    ),
    route("/wallet", &[Get], Needs::SignedIn, &[], Handler::Wallet),
    route("/wallet/statement", &[Get], Needs::SignedIn, &[], Handler::Statement),
    route("/wallet/statement.csv", &[Get], Needs::SignedIn, &[], Handler::StatementCsv),
    route("/wallet/pay", &[Get, Post], Needs::SignedIn, &[Named::Member], Handler::Pay).keeping_drafts(),
    route("/wallet/done/{}", &[Get], Needs::SignedIn, &[Named::Receipt], Handler::Paid),
    route("/wallet/shop", &[Get, Post], Needs::SignedIn, &[Named::Shop], Handler::ChooseShop),
    route("/wallet/shop/{}", &[Get, Post], Needs::SignedIn, &[Named::Shop], Handler::Buy).keeping_drafts(),
    route("/wallet/code", &[Get, Post], Needs::SignedIn, &[], Handler::CodeForm),
    route("/wallet/code/{}", &[Get], Needs::SignedIn, &[Named::PayCode], Handler::PayCode),
    route("/shop", &[Get], Needs::SignedIn, &[], Handler::MyShops),
    route("/shop/{}", &[Get, Post], Needs::SignedIn, &[Named::Shop, Named::PayCode], Handler::Till),
    route("/shop/{}/poster", &[Get], Needs::SignedIn, &[Named::Shop], Handler::Poster),
    route("/shop/{}/sale/{}", &[Get, Post], Needs::SignedIn, &[Named::Shop, Named::Sale], Handler::Sale),
    route("/office/shops", &[Get, Post], Needs::Role(Role::Officer), &[Named::Shop, Named::Member], Handler::Shops)
        .keeping_drafts(),
    route("/office", &[Get, Post], Needs::Role(Role::Officer), &[Named::Member], Handler::Office).keeping_drafts(),
    route(
        "/office/correct",
        &[Get, Post],
        Needs::Role(Role::Officer),
        &[Named::Member, Named::Receipt],
        Handler::Correct,
    )
    .keeping_drafts(),
    route("/office/staff", &[Get, Post], Needs::Role(Role::Administrator), &[Named::Member], Handler::Staff)
        .keeping_drafts(),
    route("/office/counter", &[Get, Post], Needs::Role(Role::Officer), &[Named::Member], Handler::Counter)
        .keeping_drafts(),
    route("/office/counter/back", &[Get, Post], Needs::Role(Role::Officer), &[Named::Member], Handler::Counter)
        .keeping_drafts(),
    route("/office/certificate", &[Get, Post], Needs::Role(Role::Officer), &[], Handler::Certificate),
    route("/language/{}", &[Get], Needs::Nothing, &[Named::Word], Handler::Language),
    route("/tell", &[Post], Needs::Nothing, &[], Handler::Tell),
    route("/ask", &[Post], Needs::Nothing, &[], Handler::Ask),
    route("/api/v1/ledger/entries", &[Get], Needs::Role(Role::Auditor), &[], Handler::Journal),
    route("/api/v1/ledger/hledger", &[Get], Needs::Role(Role::Auditor), &[], Handler::Hledger),
    route("/api/v1/identity/logs", &[Get], Needs::Role(Role::Auditor), &[], Handler::Logs),
    route("/healthz", &[Get], Needs::Nothing, &[], Handler::Health),
    route("/readyz", &[Get], Needs::Nothing, &[], Handler::Ready),
    route(DEMO_CLOCK, &[Post], Needs::Nothing, &[], Handler::DemoClock),
];

/// Exists in the demo only.
const DEMO_CLOCK: &str = "/demo/clock";

/// The route of a path, and the words at its `{}`.
pub(super) fn find(path: &str, demo: bool) -> Option<(&'static Route, Vec<&str>)> {
    let there = ROUTES.iter().filter(|route| demo || route.path != DEMO_CLOCK);
    there.into_iter().find_map(|route| fits(route.path, path).map(|words| (route, words)))
}

fn fits<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut words = Vec::new();
    let mut given = path.split('/');
    for wanted in pattern.split('/') {
        match (wanted, given.next()?) {
            ("{}", word) if !word.is_empty() => words.push(word),
            (fixed, word) if fixed == word => {}
            _ => return None,
        }
    }
    given.next().is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_find_their_route() {
        let found = |path| find(path, false).map(|(route, words)| (route.path, words));
        assert_eq!(found("/"), Some(("/", vec![])));
        assert_eq!(found("/help/new"), Some(("/help/new", vec![])));
        assert_eq!(found("/help/abc"), Some(("/help/{}", vec!["abc"])));
        for path in ["", "/help/", "/help/a/b", "//", "/nothing", "/Help", "/demo/clock"] {
            assert_eq!(found(path), None, "{path}");
        }
        assert!(find("/demo/clock", true).is_some());
    }
}
