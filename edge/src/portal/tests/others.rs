//! Generated from the table of routes: somebody else's passkeys, sessions, jobs and payments, named wherever a request can
//! name something, by everybody they are not for.

use futures_executor::block_on;
use shared::cohelp::helping::{self, helper_id};
use shared::identity::{Answer, Call};
use shared::kernel::{JobId, Role, Timestamp};

use crate::http::{Method, Request};
use crate::portal::{Named, Needs, ROUTES, Route};
use crate::testing::{
    Browser, Deployment, Resident, act, ask, body_text, choose, command, concern_id, offer_id, photo_id, picture,
    register, send_photo, staff_code, status_line,
};
use crate::world::Object;

const DETAILS: &str = "青い屋根の家です。";
const NOTE: &str = "自転車で伺います。";
const TOLD: &str = "門の前で待っていました。";
const SAID: &str = "合図は緑のかさです。";
const SHELF: &str = "動かしてほしい棚です。";
/// What is in the picture itself.
const SEEN: &str = "a shelf of hers";
const ACTS: [&str; 24] = [
    "photo",
    "remove-photo",
    "rate",
    "chat",
    "raise",
    "save",
    "leave",
    "meet",
    "part",
    "decline",
    "offer",
    "withdraw",
    "choose",
    "notify",
    "late",
    "check-in",
    "report",
    "consult",
    "cancel",
    "thank",
    "course",
    "no-course",
    "show",
    "unshow",
];

/// Somebody with everything one can have, and what they read of it.
struct Owner {
    owner: Resident,
    job: JobId,
    /// Used: an unused one is for whoever has it.
    code: String,
    /// Where she takes payments, and one she took.
    shop: String,
    sale: String,
    /// A code to pay with, unused.
    pay_code: String,
    /// From whom she keeps away.
    apart: String,
    /// In which an operator speaks with her.
    call: String,
    words: Vec<(Named, String)>,
}

impl Owner {
    /// Hanako has two browsers, a passkey, an agreed job with an offer, and has paid.
    fn new(deployment: &Deployment, officer: &mut Resident) -> Self {
        let (mut owner, mut helper) = (Resident::join(deployment, 1), Resident::join(deployment, 2));
        assert_eq!(register(&mut owner, &[]).status, 303);
        officer.grant(&owner, 500, 1);
        officer.grant(&helper, 500, 8);
        ask(&mut owner, 100, 2);
        let job = deployment.jobs()[0].id;
        assert_eq!(send_photo(&mut owner, job, SHELF, &picture(SEEN.as_bytes()), 95).status, 303);
        act(&mut helper, job, "offer", &[("note", NOTE)], 3);
        assert_eq!(choose(&mut owner, job, offer_id(3), 4).status, 303);
        assert_eq!(act(&mut owner, job, "chat", &[("say", SAID)], 94).status, 303);
        assert_eq!(act(&mut owner, job, "part", &[("offer", &offer_id(3).to_string())], 92).status, 303);
        let offer = offer_id(3).to_string();
        let told = [("whom", offer.as_str()), ("matter", "other"), ("happened", TOLD)];
        assert_eq!(act(&mut owner, job, "raise", &told, 93).status, 303);
        let apart = helping::Apart { who: owner.person, from: helper.person, at: Timestamp(0) }.id().to_string();
        assert_eq!(owner.pay(&helper, 5, 5).status, 303);
        let shop = officer.register_shop(&owner, "books", 91);
        let paid = helper.buy(&shop, "5", "granted-5", 6);
        let sale = status_line(&paid).1.strip_prefix("/wallet/done/").unwrap().to_owned();
        let pay_code = owner.pay_code("50", 7);
        let mut second = Browser::new(deployment, 1);
        second.device = owner.browser.device.clone();
        second.sign_in("/").unwrap();
        let call = Resident::staff(deployment, Role::Operator).call_of(&owner, 94);
        let mut other_officer = Resident::staff_of(deployment, Role::Officer, 2);
        let code = officer.recovery_code(deployment, &mut other_officer, &owner, 90);
        let mut found = Browser::new(deployment, 79);
        assert_eq!(status_line(&found.post("/join/code", &[("code", &code)])), (303, "/join/passkey"));
        found.post("/signout", &[]);
        let mut this = Self { owner, job, code, shop, sale, pay_code, apart, call, words: Vec::new() };
        this.words = this.all_words(deployment);
        this
    }

    /// Every kind of thing a route can name, as hers. A new kind does not compile until she has one.
    fn all_words(&self, deployment: &Deployment) -> Vec<(Named, String)> {
        use Named::{
            Apart, Concern, CounterCode, Helper, Invitation, Job, Member, Offer, Passkey, PayCode, PhoneCall, Photo,
            Receipt, Sale, Session, Shop, Word,
        };
        let session = self.owner.browser.session().unwrap().session();
        let sessions = || match deployment.call(Object::Registry, &Call::Sessions { session }) {
            Answer::Sessions(Some(page)) => page.sessions.iter().map(|line| line.id.to_string()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let passkeys = || match deployment.call(Object::Registry, &Call::Me { session }) {
            Answer::Me(Some(me)) => me.passkeys.iter().map(|line| line.id.to_string()).collect(),
            other => panic!("{other:?}"),
        };
        let of = |kind| match kind {
            Word => vec!["ja".to_owned()],
            Passkey => passkeys(),
            Session => sessions(),
            Invitation => vec![staff_code(Role::Officer, 0)],
            Job => vec![self.job.to_string()],
            Offer => vec![offer_id(3).to_string()],
            Receipt => vec![command(5)],
            Member => vec![self.owner.member.to_string()],
            CounterCode => vec![self.code.clone()],
            Shop => vec![self.shop.clone()],
            PayCode => vec![command(7), self.pay_code.clone()],
            Sale => vec![self.sale.clone()],
            Helper => vec![helper_id(self.owner.person).to_string()],
            Apart => vec![self.apart.clone()],
            Concern => vec![concern_id(93, self.job).to_string()],
            PhoneCall => vec![self.call.clone()],
            Photo => vec![photo_id(&self.owner, 95).to_string()],
        };
        let kinds = [
            Word,
            Passkey,
            Session,
            Invitation,
            Job,
            Offer,
            Receipt,
            Member,
            CounterCode,
            Shop,
            PayCode,
            Sale,
            Helper,
            Apart,
            Concern,
            PhoneCall,
            Photo,
        ];
        let all: Vec<_> = kinds.into_iter().flat_map(|kind| of(kind).into_iter().map(move |id| (kind, id))).collect();
        assert_eq!(all.iter().filter(|(kind, _)| *kind == Session).count(), 2);
        all
    }

    /// What nobody else may read.
    fn secrets(&self) -> Vec<String> {
        let card = self.owner.card.clone().unwrap();
        let given = card.name.split(' ').next_back().unwrap().to_owned();
        let ids = self.words.iter().filter(|(kind, _)| matches!(kind, Named::Passkey | Named::Session));
        let texts = [
            card.name,
            given,
            card.address,
            card.birthdate,
            card.subject,
            DETAILS.to_owned(),
            NOTE.to_owned(),
            TOLD.to_owned(),
            SAID.to_owned(),
            SHELF.to_owned(),
            SEEN.to_owned(),
        ];
        texts.into_iter().chain([self.pay_code.clone()]).chain(ids.map(|(_, id)| id.clone())).collect()
    }

    /// Her pages, as she sees them now.
    fn pages(&self, deployment: &Deployment) -> Vec<(String, String)> {
        let mut browser = self.owner.browser.at(deployment);
        let own = ROUTES.iter().filter(|route| route.needs == Needs::SignedIn && route.methods.contains(&Method::Get));
        let paths = own.flat_map(|route| paths(route, &self.words)).chain(["/".to_owned()]);
        paths
            .map(|path| {
                let answer = browser.get(&path);
                (path, without_commands(&body_text(&answer)))
            })
            .collect()
    }
}

/// A page without what is drawn anew each time: the ids its forms carry, and how many changes there were in the town.
fn without_commands(page: &str) -> String {
    [r#"name="command_id" value=""#, r#"data-after=""#].iter().fold(page.to_owned(), |page, before| {
        let mut parts = page.split(before);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |page, part| page + part.split_once('"').map_or(part, |(_, rest)| rest))
    })
}

/// The paths of a route, with each word that fits what it names.
fn paths(route: &Route, words: &[(Named, String)]) -> Vec<String> {
    if !route.path.contains("{}") {
        return vec![route.path.to_owned()];
    }
    // A second word of a path is what its route names second.
    let (first, second) = match (route.path.matches("{}").count(), route.names) {
        (2, [first, second]) => (std::slice::from_ref(first), std::slice::from_ref(second)),
        _ => (route.names, &[][..]),
    };
    let of = |kinds: &'static [Named]| words.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, word)| word);
    let firsts = of(first).map(|word| route.path.replacen("{}", word, 1));
    firsts
        .flat_map(|path| match of(second).next() {
            Some(_) => of(second).map(|word| path.replace("{}", word)).collect(),
            None => vec![path],
        })
        .collect()
}

/// Requests for her things at a route, as that browser would send them.
fn requests(route: &Route, browser: &Browser, words: &[(Named, String)]) -> Vec<Request> {
    let id = |kind| words.iter().find(|(known, _)| *known == kind).map(|(_, id)| id.as_str()).unwrap();
    let pay_code = words.iter().rfind(|(kind, _)| *kind == Named::PayCode).map(|(_, code)| code.as_str()).unwrap();
    let mut found = Vec::new();
    for path in paths(route, words) {
        if route.methods.contains(&Method::Get) {
            let query = format!(
                "{path}?before=9&done=asked&draft=kept&after=0&job={}&member={}",
                id(Named::Job),
                id(Named::Member)
            );
            found.extend([path.clone(), query].map(|target| browser.request(Method::Get, &target)));
        }
        if route.methods.contains(&Method::Post) {
            let sessions = words.iter().filter(|(kind, _)| *kind == Named::Session);
            for (number, (act, (_, session))) in
                ACTS.iter().flat_map(|act| sessions.clone().map(move |s| (act, s))).enumerate()
            {
                let (command, new) = (command(5), command(900 + number as u64));
                let fields = [
                    ("act", *act),
                    ("session", session),
                    ("offer", id(Named::Offer)),
                    ("photo", id(Named::Photo)),
                    ("job", id(Named::Job)),
                    ("passkey", id(Named::Passkey)),
                    ("member", id(Named::Member)),
                    ("helper", id(Named::Helper)),
                    ("apart", id(Named::Apart)),
                    ("amount", "5"),
                    ("reason", "見守り"),
                    ("note", "手伝います。"),
                    ("late", "5"),
                    ("outcome", "not-done"),
                    ("text", "こまっています。"),
                    ("whom", "requester"),
                    ("concern", id(Named::Concern)),
                    ("say", "こまっています。"),
                    ("finding", "こまっています。"),
                    ("course", "2026-01-01"),
                    ("skill", "care"),
                    ("matter", "money"),
                    ("happened", "こまっています。"),
                    ("costs", "500"),
                    ("rating", "5"),
                    ("message", "ありがとう"),
                    ("end_others", "on"),
                    ("step", "send"),
                    ("seen", "999"),
                    ("code", if number % 2 == 0 { id(Named::CounterCode) } else { pay_code }),
                    ("shop", id(Named::Shop)),
                    ("tender", "granted-5"),
                ];
                // Under a command of her own, and under a new one.
                for command in [&command, &new] {
                    let fields = [&fields[..], &[("command_id", command)]].concat();
                    found.push(browser.form(&path, &fields));
                    if *act == "photo" {
                        found.push(browser.form_with_file(&path, &fields, "picture", &picture(b"theirs")));
                    }
                }
            }
        }
    }
    found
}

#[test]
fn nobody_reads_or_changes_what_is_somebody_elses() {
    let deployment = Deployment::demo();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let owner = Owner::new(&deployment, &mut officer);
    let others = [Resident::join(&deployment, 3), officer, Resident::staff(&deployment, Role::Auditor)];
    // In a copy too: what only a living object remembers is in none of them.
    let (secrets, before) = (owner.secrets(), owner.pages(&deployment.fork()));
    let mut tried = 0;
    for route in ROUTES.iter().filter(|route| !matches!(route.needs, Needs::Role(_))) {
        for other in &others {
            // Each route in a copy: it may end the session of whoever asks.
            let copy = deployment.fork();
            let browser = other.browser.at(&copy);
            let requests = requests(route, &browser, &owner.words);
            assert!(!requests.is_empty(), "{} names what nobody has", route.path);
            for request in requests {
                let said = format!("{:?} {}", request.method, request.path);
                let sent = format!("{said} {}", String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()));
                let answer = block_on(browser.clone().send(request));
                let body = body_text(&answer);
                assert!(answer.status < 500, "{said}: {}", answer.status);
                // What was sent may come back, in the links that change the language.
                for secret in secrets.iter().filter(|secret| !sent.contains(secret.as_str())) {
                    assert!(!body.contains(secret), "{said} shows {secret}");
                    assert!(!answer.headers.iter().any(|(_, value)| value.contains(secret)), "{said} names {secret}");
                }
                tried += 1;
            }
            for ((path, was), (_, is)) in before.iter().zip(owner.pages(&copy)) {
                assert!(*was == is, "after {} her {path} is another", route.path);
            }
            assert_eq!(copy.log(), Vec::<String>::new(), "{}", route.path);
        }
    }
    assert!(tried > 300, "{tried} requests");
}

#[test]
fn the_owner_sees_what_the_others_are_searched_for() {
    let deployment = Deployment::demo();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let owner = Owner::new(&deployment, &mut officer);
    let pages: String = owner.pages(&deployment).into_iter().map(|(_, page)| page).collect();
    let card = owner.owner.card.clone().unwrap();
    let unseen = [card.subject, card.birthdate, owner.owner.browser.session().unwrap().session().to_string()];
    for secret in owner.secrets().iter().filter(|secret| !unseen.contains(secret)) {
        assert!(pages.contains(secret.as_str()), "{secret} stands on none of her pages");
    }
}
