//! Generated from the table of routes: what each of them does to those it is not for.

use futures_executor::block_on;
use shared::identity::Token;
use shared::kernel::{JobId, MemberNumber, Role};

use crate::http::cookie::Cookie;
use crate::http::form::encode;
use crate::http::{Method, Request, Response};
use crate::portal::{Needs, ROUTES, Route};
use crate::testing::{Browser, Deployment, Resident, status_line};

const METHODS: [Method; 3] = [Method::Get, Method::Post, Method::Other];

/// Paths of a route: its `{}` as a number, as an id, as a word, and as the number of a shop.
fn paths(route: &Route) -> Vec<String> {
    let id = JobId::from_bytes([1; 16]).to_string();
    let mut paths: Vec<_> =
        ["7", &id, "word", "1000058"].into_iter().map(|word| route.path.replace("{}", word)).collect();
    paths.dedup();
    paths
}

fn routes(method: Method) -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(move |route| route.methods.contains(&method))
}

/// A form with every field any page has, sound as far as one form can be.
fn form(browser: &Browser, path: &str) -> Request {
    let (member, command) = (MemberNumber::from_random(5).to_string(), JobId::from_bytes([9; 16]).to_string());
    let fields = [
        ("command_id", command.as_str()),
        ("act", "notify"),
        ("member", &member),
        ("amount", "5"),
        ("budget", "kyojo"),
        ("reason", "見守り"),
        ("step", "send"),
    ];
    browser.form(path, &fields)
}

fn request(browser: &Browser, method: Method, path: &str) -> Request {
    if method == Method::Post { form(browser, path) } else { browser.request(method, path) }
}

fn send(browser: &Browser, request: Request) -> Response {
    // A copy: no answer may change what the next request brings along.
    block_on(browser.clone().send(request))
}

/// Somebody who may open the route.
struct Staff {
    resident: Resident,
    staff: Vec<(Role, Resident)>,
}

impl Staff {
    fn of(deployment: &Deployment) -> Self {
        let staff = Role::ALL.into_iter().map(|role| (role, Resident::staff(deployment, role)));
        Self { resident: Resident::join(deployment, 1), staff: staff.collect() }
    }

    fn may(&self, needs: Needs) -> &Browser {
        let wanted = |role| self.staff.iter().find(|(known, _)| *known == role);
        match needs {
            Needs::Nothing | Needs::SignedIn => &self.resident.browser,
            Needs::Role(role) => wanted(role).map(|(_, person)| &person.browser).unwrap(),
        }
    }
}

#[test]
fn without_a_session_they_lead_to_the_sign_in_page_and_back() {
    let deployment = Deployment::demo();
    let browser = Browser::new(&deployment, 1);
    for route in ROUTES {
        for (method, path) in
            route.methods.iter().flat_map(|method| paths(route).into_iter().map(|path| (*method, path)))
        {
            let query = if method == Method::Get { "?a=1&b=%E3%81%82" } else { "" };
            let response = send(&browser, request(&browser, method, &format!("{path}{query}")));
            let (status, to) = status_line(&response);
            if route.needs == Needs::Nothing {
                assert!(status < 500 && !to.starts_with("/signin"), "{method:?} {path}: {status} {to}");
            } else if route.path.starts_with("/api/") {
                assert_eq!((status, to), (401, ""), "{method:?} {path}");
            } else {
                let back = format!("/signin?next={}", encode(&format!("{path}{query}")));
                assert_eq!((status, to), (303, back.as_str()), "{method:?} {path}");
            }
        }
    }
}

#[test]
fn with_a_dead_session_they_lead_to_the_sign_in_page() {
    let deployment = Deployment::demo();
    let mut browser = Browser::new(&deployment, 1);
    browser.put_cookie(Cookie::Session, Some(Token([3; 32])));
    let before = deployment.dump();
    for route in ROUTES.iter().filter(|route| route.needs != Needs::Nothing) {
        for method in route.methods {
            let answers: Vec<_> =
                paths(route).iter().map(|path| send(&browser, request(&browser, *method, path))).collect();
            for answer in &answers {
                let (status, to) = status_line(answer);
                let signed_out = status == 401 || status == 303 && to.starts_with("/signin?next=");
                assert!(signed_out || status == 404, "{method:?} {}: {status} {to}", route.path);
            }
            let gone = answers.iter().any(|answer| answer.status != 404);
            assert!(gone, "{method:?} {}: no word of the path says that the session is over", route.path);
        }
    }
    // Objects are opened by now; beyond that nothing was written.
    let after = deployment.dump();
    assert!(before.iter().all(|table| after.contains(table)));
}

#[test]
fn the_wrong_role_is_forbidden() {
    let deployment = Deployment::demo();
    let staff = Staff::of(&deployment);
    let before = deployment.dump();
    for route in ROUTES {
        let Needs::Role(role) = route.needs else { continue };
        let others = staff.staff.iter().filter(|(known, _)| *known != role).map(|(_, other)| &other.browser);
        for browser in others.chain([&staff.resident.browser]) {
            for (method, path) in
                route.methods.iter().flat_map(|method| paths(route).into_iter().map(|path| (*method, path)))
            {
                let response = send(browser, request(browser, method, &path));
                assert_eq!(response.status, 403, "{method:?} {path}");
            }
        }
    }
    assert!(deployment.dump() == before, "nothing may change");
}

#[test]
fn those_who_may_see_a_page() {
    let deployment = Deployment::demo();
    let staff = Staff::of(&deployment);
    for route in routes(Method::Get) {
        let browser = staff.may(route.needs);
        for path in paths(route) {
            let status = send(browser, request(browser, Method::Get, &path)).status;
            let fine = match route.path.contains("{}") {
                true => matches!(status, 200 | 303 | 404),
                // The way back from the issuer, without a way there.
                false => status == if route.path == "/join/callback" { 400 } else { 200 },
            };
            assert!(fine, "{path}: {status}");
        }
    }
    assert_eq!(deployment.log(), Vec::<String>::new());
}

#[test]
fn the_wrong_method_is_refused() {
    let deployment = Deployment::demo();
    let staff = Staff::of(&deployment);
    let nobody = Browser::new(&deployment, 2);
    for route in ROUTES {
        for method in METHODS.into_iter().filter(|method| !route.methods.contains(method)) {
            for (browser, path) in [&nobody, staff.may(route.needs)]
                .into_iter()
                .flat_map(|who| paths(route).into_iter().map(move |path| (who, path)))
            {
                // A word may also be another route's own path, which has methods of its own.
                if ROUTES.iter().any(|other| other.path == path && other.methods.contains(&method)) {
                    continue;
                }
                assert_eq!(send(browser, request(browser, method, &path)).status, 405, "{method:?} {path}");
            }
        }
    }
}

#[test]
fn a_form_from_elsewhere_is_refused() {
    let deployment = Deployment::demo();
    let staff = Staff::of(&deployment);
    let other = Resident::join(&deployment, 2).browser.csrf();
    let before = deployment.dump();
    for route in routes(Method::Post) {
        let browser = staff.may(route.needs);
        for path in paths(route) {
            let sound = form(browser, &path);
            let with = |origin: &str, site: &str| Request {
                origin: Some(origin.to_owned()),
                fetch_site: Some(site.to_owned()),
                ..sound.clone()
            };
            let own = sound.origin.clone().unwrap();
            let foreign = [
                with("https://evil.example", "cross-site"),
                with("https://evil.example", "same-origin"),
                with(&own, "cross-site"),
                with(&own, "same-site"),
                with("null", "none"),
                with(&own.replace("https", "http"), "same-origin"),
                with(&format!("{own}.evil.example"), "same-origin"),
                with("", "same-origin"),
            ];
            for request in foreign {
                let said = format!("{path} from {:?} {:?}", request.origin, request.fetch_site);
                assert_eq!(send(browser, request).status, 403, "{said}");
            }
            if route.needs != Needs::Nothing {
                let text = String::from_utf8(sound.body.clone().unwrap()).unwrap();
                let own = browser.csrf();
                for csrf in ["", &other, "0", &own.to_uppercase(), &own[1..]] {
                    let body = text.replace(&format!("csrf={own}"), &format!("csrf={csrf}"));
                    if body != text {
                        let request = Request { body: Some(body.into_bytes()), ..sound.clone() };
                        assert_eq!(send(browser, request).status, 403, "{path} with csrf {csrf}");
                    }
                }
                let without = Request { body: Some(text.split("&csrf=").next().unwrap().into()), ..sound.clone() };
                assert_eq!(send(browser, without).status, 403, "{path} without csrf");
                let no_form = Request { content_type: "text/plain".to_owned(), ..sound.clone() };
                assert_eq!(send(browser, no_form).status, 403, "{path} as text");
            }
        }
    }
    assert!(deployment.dump() == before, "nothing may change");
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let deployment = Deployment::demo();
    let staff = Staff::of(&deployment);
    for route in routes(Method::Post) {
        let browser = staff.may(route.needs);
        for path in paths(route) {
            let request = Request { body: None, ..form(browser, &path) };
            assert_eq!(send(browser, request).status, 413, "{path}");
        }
    }
}

#[test]
fn no_path_breaks_anything() {
    let deployment = Deployment::new();
    let resident = Resident::join(&deployment, 1);
    let (mut random, seed) = crate::identity::oidc::fixture::Random::new();
    let known: Vec<_> = ROUTES.iter().map(|route| route.path).collect();
    for _ in 0..400 {
        let path = known[random.below(known.len())];
        let path = random.damage(path.as_bytes());
        let query = random.damage(b"next=/help&before=5&done=asked&a=%E3");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let bare = resident.browser.request(Method::Get, "/");
        let request = Request { path: text(&path), query: text(&query), ..bare };
        let status = send(&resident.browser, request).status;
        assert!(status < 500, "MEGURI_SEED={seed}: {path:?} {query:?}: {status}");
    }
    assert_eq!(deployment.log(), Vec::<String>::new());
}

#[test]
fn the_demo_clock_is_the_demos() {
    let mut browser = Browser::new(&Deployment::new(), 1);
    assert_eq!(browser.post("/demo/clock", &[("offset_seconds", "60")]).status, 404);
    let demo = Deployment::demo();
    let mut browser = Browser::new(&demo, 1);
    assert_eq!(browser.post("/demo/clock", &[("offset_seconds", "60")]).status, 200);
    assert_eq!(browser.post("/demo/clock", &[("offset_seconds", "soon")]).status, 422);
}
