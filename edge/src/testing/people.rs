//! People of a test: residents with a card, staff with a link.

use shared::identity::{Answer, Call, CounterPage, Look, Visitor};
use shared::kernel::{AccountId, CommandId, MemberNumber, PersonId, Role, Shard};
use shared::ledger::{self, AccountKind, PayCode};
use shared::wire::{Tell, Told};

use crate::http::Response;
use crate::world::Object;

use super::browser::{Browser, status_line};
use super::deployment::{Deployment, ORIGIN};
use super::issuer::Card;

/// The code of a staff link.
pub(crate) fn staff_code(role: Role, number: u8) -> String {
    format!("code-of-{}-{number}", role.word())
}

/// Somebody with an account and a browser.
#[derive(Clone)]
pub(crate) struct Resident {
    /// Their browser.
    pub browser: Browser,
    /// Their card; staff have none here.
    pub card: Option<Card>,
    /// Who they are.
    pub person: PersonId,
    /// What others call them by.
    pub member: MemberNumber,
}

impl Resident {
    /// Joins with card and passkey.
    pub(crate) fn join(deployment: &Deployment, number: u32) -> Self {
        let (mut browser, card) = (Browser::new(deployment, number), Card::of(number));
        let back = browser.prove(deployment, &card, "");
        assert_eq!(status_line(&back), (303, "/join/passkey"));
        browser.make_passkey().unwrap();
        Self::of(deployment, browser, Some(card))
    }

    /// Joins as somebody whose account that book keeps. Tries numbers from that one on.
    pub(crate) fn join_in(deployment: &Deployment, book: Shard, number: u32) -> Self {
        let kept = |who: &Self| ledger::home(deployment.shards(), AccountKind::Person, who.account()) == Some(book);
        (number..number + 500).map(|number| Self::join(deployment, number)).find(kept).expect("somebody of that book")
    }

    /// Takes up a staff link and makes a passkey.
    pub(crate) fn staff(deployment: &Deployment, role: Role) -> Self {
        Self::staff_of(deployment, role, 0)
    }

    /// The same with one of the links of that role.
    pub(crate) fn staff_of(deployment: &Deployment, role: Role, number: u8) -> Self {
        let mut browser = Browser::new(deployment, 900_000 + 100 * u32::from(number) + role as u32);
        let opened = browser.post(&format!("/staff/{}", staff_code(role, number)), &[]);
        assert_eq!(status_line(&opened), (303, "/join/passkey"));
        browser.make_passkey().unwrap();
        Self::of(deployment, browser, None)
    }

    fn of(deployment: &Deployment, browser: Browser, card: Option<Card>) -> Self {
        let visitor = visitor(deployment, &browser).expect("a live session");
        Self { browser, card, person: visitor.actor.person, member: visitor.member }
    }

    /// The same person at another deployment.
    pub(crate) fn at(&self, deployment: &Deployment) -> Self {
        Self { browser: self.browser.at(deployment), ..self.clone() }
    }

    /// Their points.
    pub(crate) fn account(&self) -> AccountId {
        ledger::account_of(self.person)
    }

    /// Grants points, as an officer, under a command id of that number.
    pub(crate) fn grant(&mut self, to: &Self, amount: u64, number: u64) -> Response {
        let fields = [("budget", "kyojo"), ("reason", "見守りのお礼")];
        let (member, amount, command) = (to.member.to_string(), amount.to_string(), command(number));
        let own = [("member", member.as_str()), ("amount", &amount), ("command_id", &command)];
        self.browser.post("/office", &[&fields[..], &own[..]].concat())
    }

    /// Proves somebody at the counter who has lost their passkeys, with a second officer: the one-time code.
    pub(crate) fn recovery_code(
        &mut self,
        deployment: &Deployment,
        second: &mut Self,
        whose: &Self,
        number: u64,
    ) -> String {
        let command = command(number);
        let answer = self.recover(&whose.member.to_string(), &whose.card.clone().expect("a card"), number);
        assert_eq!(status_line(&answer), (303, "/office/counter"));
        let proof = self.counter(deployment).lines[0].id.to_string();
        let fields = [("act", "approve"), ("proof", &proof), ("command_id", &command)];
        assert_eq!(status_line(&second.browser.post("/office/counter", &fields)), (303, "/office/counter"));
        self.counter(deployment).lines[0].code.expect("a code").to_string()
    }

    /// Begins to let back in whoever has that member number, by documents that say what that card says.
    pub(crate) fn recover(&mut self, member: &str, card: &Card, number: u64) -> Response {
        let command = command(number);
        let fields = [("act", "recover"), ("member", member), ("evidence", "licence"), ("command_id", &command)];
        let birth = card.birth();
        let own = [("name", card.name.as_str()), ("birth", birth.as_str())];
        self.browser.post("/office/counter/back", &[&fields[..], &own[..]].concat())
    }

    /// Takes the call, as an operator, of who says to be that one.
    pub(crate) fn take_call(&mut self, member: &str, name: &str, birth: &str, number: u64) -> Response {
        let command = command(number);
        let said = [("member", member), ("name", name), ("birth", birth), ("command_id", command.as_str())];
        self.browser.post("/desk/call", &said)
    }

    /// Takes the call of somebody with a card: which call it is.
    pub(crate) fn call_of(&mut self, whose: &Self, number: u64) -> String {
        let card = whose.card.as_ref().expect("a card");
        let answer = self.take_call(&whose.member.to_string(), &card.name, &card.birth(), number);
        let (status, to) = status_line(&answer);
        assert_eq!(status, 303, "{to}");
        to.strip_prefix("/desk/call/").expect("a call").to_owned()
    }

    /// What runs at the counter, as an officer sees it.
    pub(crate) fn counter(&self, deployment: &Deployment) -> CounterPage {
        let session = self.browser.session().expect("a session").session();
        match deployment.call(Object::Registry, &Call::Counter { session }) {
            Answer::Counter(Ok(page)) => page,
            other => panic!("{other:?}"),
        }
    }

    /// Registers a shop of that trade with that clerk, as an officer, under a command id of that number: the shop's number.
    pub(crate) fn register_shop(&mut self, clerk: &Self, trade: &str, number: u64) -> String {
        let (member, command) = (clerk.member.to_string(), command(number));
        let fields = [("act", "register"), ("name", "さくら書店"), ("trade", trade), ("member", &member)];
        let answer = self.browser.post("/office/shops", &[&fields[..], &[("command_id", &command)]].concat());
        let (status, to) = status_line(&answer);
        assert_eq!(status, 303, "{to}");
        to.strip_prefix("/office/shops?new=").expect("a number").to_owned()
    }

    /// Pays a shop out of these purses, under a command id of that number.
    pub(crate) fn buy(&mut self, shop: &str, amount: &str, tender: &str, number: u64) -> Response {
        let command = command(number);
        let fields = [("act", "pay"), ("amount", amount), ("tender", tender), ("command_id", &command)];
        self.browser.post(&format!("/wallet/shop/{shop}"), &fields)
    }

    /// Makes a one-time code for at most that much, under a command id of that number: what is shown to a shop.
    pub(crate) fn pay_code(&mut self, max: &str, number: u64) -> String {
        let command = command(number);
        let answer = self.browser.post("/wallet/code", &[("amount", max), ("command_id", &command)]);
        assert_eq!(status_line(&answer), (303, format!("/wallet/code/{command}").as_str()));
        PayCode::of(self.person, command.parse().expect("a command id")).to_string()
    }

    /// Takes a code at a shop, as its clerk.
    pub(crate) fn take(&mut self, shop: &str, code: &str, amount: &str, number: u64) -> Response {
        let command = command(number);
        let fields = [("code", code), ("amount", amount), ("command_id", &command)];
        self.browser.post(&format!("/shop/{shop}"), &fields)
    }

    /// Pays, under a command id of that number.
    pub(crate) fn pay(&mut self, to: &Self, amount: u64, number: u64) -> Response {
        let (member, amount, command) = (to.member.to_string(), amount.to_string(), command(number));
        self.browser.post("/wallet/pay", &[("member", &member), ("amount", &amount), ("command_id", &command)])
    }
}

/// A command id as a form carries it.
pub(crate) fn command(number: u64) -> String {
    CommandId::from_bytes(u128::from(number).to_be_bytes()).to_string()
}

/// Who the browser's session belongs to, asked of the Registry itself.
pub(crate) fn visitor(deployment: &Deployment, browser: &Browser) -> Option<Visitor> {
    let look = Look { sessions: vec![browser.session()?.session()], ..Look::default() };
    match deployment.call(Object::Registry, &Call::Look(look)) {
        Answer::Seen(seen) => seen.sessions.into_iter().next().flatten(),
        other => panic!("{other:?}"),
    }
}

impl Browser {
    /// Goes to the issuer: the target to come back to.
    pub(crate) fn visit_issuer(&mut self, deployment: &Deployment, card: &Card, query: &str) -> String {
        let sent = self.post(&format!("/join{query}"), &[]);
        assert_eq!(sent.status, 303, "{:?}", deployment.log());
        let back = deployment.issuer().authorize(sent.header("location").unwrap(), card);
        back.strip_prefix(ORIGIN).unwrap().to_owned()
    }

    /// Proves the person by card: the answer to the way back.
    pub(crate) fn prove(&mut self, deployment: &Deployment, card: &Card, query: &str) -> Response {
        let back = self.visit_issuer(deployment, card, query);
        self.get(&back)
    }

    /// Makes a passkey, or says why not.
    pub(crate) fn make_passkey(&mut self) -> Result<String, Told> {
        let options = match self.tell(&Tell::StartPasskey) {
            Told::Options(options) => options,
            other => return Err(other),
        };
        let credential = self.device.create(&options, ORIGIN).unwrap();
        match self.tell(&Tell::FinishPasskey { credential, name: "スマホ".to_owned() }) {
            Told::Entered { next } => Ok(next),
            other => Err(other),
        }
    }

    /// Begins a sign-in: the device's answer, ready to be sent.
    pub(crate) fn begin_sign_in(&mut self) -> String {
        match self.tell(&Tell::StartSignIn) {
            Told::Options(options) => self.device.get(&options, ORIGIN).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Signs in with the passkey, or says why not.
    pub(crate) fn sign_in(&mut self, next: &str) -> Result<String, Told> {
        let credential = self.begin_sign_in();
        match self.tell(&Tell::FinishSignIn { credential, next: next.to_owned() }) {
            Told::Entered { next } => Ok(next),
            other => Err(other),
        }
    }
}
