use super::*;
use crate::identity::oidc::fixture::{Random, client, issuer};

const REDIRECT: &str = "https://portal.example/join/callback";

fn random() -> [u8; 96] {
    core::array::from_fn(|at| at as u8)
}

#[test]
fn rfc_7636_appendix_b() {
    let verifier = Verifier::parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
    assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[test]
fn a_started_proof() {
    let started = start(&issuer(), &client(), REDIRECT, &random());
    let (base, query) = started.url.split_once('?').unwrap();
    assert_eq!(base, issuer().authorization_endpoint);
    let expected = [
        ("response_type", "code"),
        ("scope", "openid name address birthdate gender"),
        ("client_id", "meguri"),
        ("redirect_uri", REDIRECT),
        ("state", &started.state),
        ("nonce", &started.nonce),
        ("code_challenge", &started.verifier.challenge()),
        ("code_challenge_method", "S256"),
        ("max_age", "600"),
    ];
    assert_eq!(url::pairs(query).unwrap(), expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    for part in [&started.state, &started.nonce, started.verifier.as_str()] {
        assert!(part.len() == 43 && part.bytes().all(|b| b.is_ascii_graphic()), "{part}");
    }
    assert!(started.state != started.nonce && started.nonce != started.verifier.as_str());
    assert!(!started.url.contains(started.verifier.as_str()), "the verifier stays here");
    assert!(Verifier::parse(started.verifier.as_str()).is_ok());
    assert!(!format!("{started:?}").contains(started.verifier.as_str()));
}

#[test]
fn an_endpoint_with_a_query_keeps_it() {
    let issuer = Issuer { authorization_endpoint: "https://card.example/auth?realm=main".into(), ..issuer() };
    let started = start(&issuer, &client(), REDIRECT, &random());
    assert!(started.url.starts_with("https://card.example/auth?realm=main&response_type=code&"), "{}", started.url);
}

#[test]
fn callbacks() {
    let refused = |code: &str| Err(CardError::IssuerError { code: ErrorCode::new(code) });
    let long = |name: &str, length: usize| format!("state=s&{name}={}", "c".repeat(length));
    let ok = |code: &str| Ok(Code(code.to_owned()));
    for (query, expected) in [
        ("code=abc&state=s", ok("abc")),
        ("state=s&code=a%2Fb&session_state=x&unknown=1", ok("a/b")),
        ("code=abc&state=s&iss=https%3A%2F%2Fcard.example%2Fapi%2Frealms%2Fmain", ok("abc")),
        (&long("code", 1024), ok(&"c".repeat(1024))),
        ("error=access_denied&state=s", Err(CardError::Cancelled)),
        ("error=access_denied&error_description=%E3%82%84%E3%82%81%E3%81%9F&state=s", Err(CardError::Cancelled)),
        ("error=server_error&state=s", refused("server_error")),
        ("error=temporarily_unavailable&state=s", refused("temporarily_unavailable")),
        ("error=%3Cscript%3E&state=s", refused("_script_")),
        (&long("error", 3000), refused(&"c".repeat(64))),
        ("", Err(CardError::MissingParameter)),
        ("state=s", Err(CardError::MissingParameter)),
        ("code=abc", Err(CardError::MissingParameter)),
        ("code=&state=s", Err(CardError::MissingParameter)),
        ("error=access_denied", Err(CardError::MissingParameter)),
        ("code=abc&state=t", Err(CardError::StateMismatch)),
        ("code=abc&state=", Err(CardError::StateMismatch)),
        ("code=abc&state=S", Err(CardError::StateMismatch)),
        ("code=abc&state=ss", Err(CardError::StateMismatch)),
        ("error=access_denied&state=t", Err(CardError::StateMismatch)),
        ("code=abc&state=s&state=s", Err(CardError::Malformed)),
        ("code=abc&code=abc&state=s", Err(CardError::Malformed)),
        ("error=a&error=b&state=s", Err(CardError::Malformed)),
        ("code=abc&state=s&iss=x&iss=x", Err(CardError::Malformed)),
        ("code=abc&c%6fde=def&state=s", Err(CardError::Malformed)),
        ("code=abc&error=access_denied&state=s", Err(CardError::Malformed)),
        ("code=a%00b&state=s", Err(CardError::Malformed)),
        ("code=a+b&state=s", Err(CardError::Malformed)),
        ("code=%E5%90%8D&state=s", Err(CardError::Malformed)),
        ("code=%zz&state=s", Err(CardError::Malformed)),
        ("code=%ff&state=s", Err(CardError::Malformed)),
        ("code=abc&state=s&iss=https%3A%2F%2Fevil.example", Err(CardError::WrongIssuer)),
        ("code=abc&state=s&iss=", Err(CardError::WrongIssuer)),
        ("error=access_denied&state=s&iss=https%3A%2F%2Fevil.example", Err(CardError::WrongIssuer)),
        (&long("code", 1025), Err(CardError::TooLarge)),
        (&long("other", 4096), Err(CardError::TooLarge)),
    ] {
        assert_eq!(callback(query, "s", &issuer()), expected, "{query}");
    }
}

#[test]
fn an_issuer_that_names_itself_must_do_so_every_time() {
    let issuer = Issuer { names_itself: true, ..issuer() };
    assert_eq!(callback("code=abc&state=s", "s", &issuer), Err(CardError::WrongIssuer));
    assert!(callback(&format!("code=abc&state=s&iss={}", issuer.issuer), "s", &issuer).is_ok());
}

#[test]
fn verifiers() {
    for text in ["", &"v".repeat(42), &"v".repeat(129), &format!("{}=", "v".repeat(43)), &"名".repeat(20)] {
        assert_eq!(Verifier::parse(text), Err(CardError::Malformed), "{text}");
    }
}

#[test]
fn damaged_queries_never_panic_nor_pass_a_wrong_state() {
    let (mut random, seed) = Random::new();
    let state = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    let good = format!("code=abc%2Fdef&state={state}&iss=https%3A%2F%2Fcard.example%2Fapi%2Frealms%2Fmain");
    for round in 0..20_000 {
        let query = String::from_utf8_lossy(&random.damage(good.as_bytes())).into_owned();
        if callback(&query, state, &issuer()).is_ok() {
            let carries = url::pairs(&query).unwrap().iter().any(|(name, value)| name == "state" && value == state);
            assert!(carries, "seed {seed} round {round}: {query}");
        }
    }
}
