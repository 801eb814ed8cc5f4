//! What reads bytes from outside, one function each, for a fuzzer to feed: none may panic, and what one of them
//! accepts has to mean something. `edge/fuzz` runs them under libFuzzer, the tests here on the corpora it keeps.

use std::sync::LazyLock;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use futures_util::FutureExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::identity::Call;
use shared::kernel::{Picture, ShopNumber, Trade};
use shared::ledger::mpm::{self, MpmError};
use shared::ledger::{PayCode, Shop, ShopName, shop_number, shop_or_scan};
use shared::wire::{self, Ask, LedgerCall, Tell, Told, TownCall};

use crate::http::cookie::Cookie;
use crate::http::form::{self, Form};
use crate::http::multipart;
use crate::identity::jpki::{self, Anchor, Anchors, Kind};
use crate::identity::oidc::fixture::{CLIENT, ISSUER, NONCE, NOW, jwks};
use crate::identity::oidc::{Issuer, Jwks, attributes, callback, id_token, tokens};
use crate::identity::webauthn::soft::SoftAuthenticator;
use crate::identity::webauthn::support::{
    Begin, ORIGIN, PERSON, Random, begin, begin_sign_in, registered, relying_party,
};
use crate::identity::webauthn::{
    CeremonyState, RelyingParty, StoredPasskey, finish_registration, finish_sign_in, identify,
};

/// A name, what it reads, and inputs to begin with.
pub struct Target {
    /// As in `edge/fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Takes any bytes.
    pub run: fn(&[u8]),
    /// Inputs that get past the first check.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Everything that is fed.
pub const TARGETS: &[Target] = &[
    Target { name: "certificate", run: certificate, seeds: certificate_seeds },
    Target { name: "jwt", run: jwt, seeds: jwt_seeds },
    Target { name: "attestation_object", run: attestation_object, seeds: attestation_object_seeds },
    Target { name: "client_data", run: client_data, seeds: client_data_seeds },
    Target { name: "cookie", run: cookie, seeds: cookie_seeds },
    Target { name: "form", run: form, seeds: form_seeds },
    Target { name: "envelope", run: envelope, seeds: envelope_seeds },
    Target { name: "shop_code", run: shop_code, seeds: shop_code_seeds },
    Target { name: "picture", run: picture, seeds: picture_seeds },
];

const PEMS: [&str; 4] = [
    include_str!("identity/jpki/openssl/ca-sign.pem"),
    include_str!("identity/jpki/openssl/sign-rsa.pem"),
    include_str!("identity/jpki/openssl/sign-p384.pem"),
    include_str!("identity/jpki/openssl/gaiji.pem"),
];

/// A certificate of the card, as DER, and as the PEM of an anchor.
pub fn certificate(bytes: &[u8]) {
    static ANCHORS: LazyLock<Anchors> =
        LazyLock::new(|| Anchors(Anchor::parse(Kind::Signing, PEMS[0]).into_iter().collect()));
    if let Ok(verified) = jpki::verify(bytes, &ANCHORS, NOW) {
        assert!(verified.until > NOW);
        assert!(jpki::verify(bytes, &Anchors(Vec::new()), NOW).is_err(), "no certificate vouches for itself");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Anchor::parse(Kind::Authentication, text);
    }
}

fn certificate_seeds() -> Vec<Vec<u8>> {
    let der = |pem: &&str| der::pem::decode_vec(pem.as_bytes()).map(|(_, der)| der).expect("a certificate");
    let mut seeds: Vec<_> = PEMS.iter().map(der).collect();
    seeds.push(PEMS[0].as_bytes().to_vec());
    seeds
}

/// What an issuer sends: a token, its keys, its description, its answers; and the address it sends people back to.
pub fn jwt(bytes: &[u8]) {
    static KEYS: LazyLock<Jwks> = LazyLock::new(jwks);
    static ISSUER_OF_TESTS: LazyLock<Issuer> = LazyLock::new(crate::identity::oidc::fixture::issuer);
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(claims) = id_token(text, &KEYS, ISSUER, CLIENT, NONCE, NOW) {
            assert!(claims.subject.issuer == ISSUER && !claims.subject.sub.is_empty());
        }
        let _ = callback(text, "state", &ISSUER_OF_TESTS);
    }
    let _ = Jwks::parse(bytes).map(|keys| id_token("e30.e30.e30", &keys, ISSUER, CLIENT, NONCE, NOW));
    let _ = Issuer::from_discovery(bytes, ISSUER);
    let _ = tokens(200, bytes);
    let _ = tokens(400, bytes);
    let _ = attributes(bytes, "ppid-1");
}

fn jwt_seeds() -> Vec<Vec<u8>> {
    use crate::identity::oidc::fixture::{KID, discovery, key, public_jwk, token};
    let texts = [
        token(&json!({})),
        token(&json!({ "aud": [CLIENT, "other"], "azp": CLIENT })),
        token(&json!({ "exp": 1 })),
        json!({ "keys": [public_jwk(&key(1), KID)] }).to_string(),
        discovery().to_string(),
        json!({ "access_token": "a", "token_type": "Bearer", "id_token": "e30.e30.e30", "expires_in": 300 })
            .to_string(),
        json!({ "error": "invalid_grant" }).to_string(),
        json!({ "sub": "ppid-1", "name": "めぐり 花子", "birthdate": "1985-03-15", "gender": "female",
            "address": { "formatted": "みなと県めぐり市東浜一丁目2番3号" } })
        .to_string(),
        format!("code=abc&state=state&iss={}", form::encode(ISSUER)),
    ];
    texts.map(String::into_bytes).into()
}

/// Two ceremonies that are waiting for an answer, and good answers.
struct Ceremonies {
    rp: RelyingParty,
    registration: CeremonyState,
    creation: String,
    sign_in: CeremonyState,
    assertion: String,
    passkey: StoredPasskey,
}

static CEREMONIES: LazyLock<Ceremonies> = LazyLock::new(|| {
    let (rp, mut random) = (relying_party(), Random::from(1));
    let Begin { options, state: registration, .. } = begin(&rp, &[], &mut random);
    let mut device = SoftAuthenticator::synced(1);
    let creation = device.creation(&options, ORIGIN).expect("an answer").self_attested().json();
    let passkey = finish_registration(&rp, &registration, &creation).expect("a passkey");
    let (options, sign_in) = begin_sign_in(&rp, &mut random);
    let assertion = device.get(&options, ORIGIN).expect("an answer");
    Ceremonies { rp, registration, creation, sign_in, assertion, passkey }
});

/// An answer with other bytes in one of its members.
fn with(answer: &str, member: &str, bytes: &[u8]) -> String {
    let mut answer: Value = serde_json::from_str(answer).expect("JSON");
    if let Some(place) = answer.pointer_mut(member) {
        *place = json!(BASE64_URL_SAFE_NO_PAD.encode(bytes));
    }
    answer.to_string()
}

fn member(answer: &str, member: &str) -> Vec<u8> {
    let answer: Value = serde_json::from_str(answer).expect("JSON");
    let text = answer.pointer(member).and_then(Value::as_str).expect("a member");
    BASE64_URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

const ATTESTATION_OBJECT: &str = "/response/attestationObject";
const AUTHENTICATOR_DATA: &str = "/response/authenticatorData";
const CLIENT_DATA: &str = "/response/clientDataJSON";

/// An attestation object, and as well the authenticator data of a sign-in and a passkey we kept.
pub fn attestation_object(bytes: &[u8]) {
    let Ceremonies { rp, registration, creation, sign_in, assertion, passkey } = &*CEREMONIES;
    if let Ok(made) = finish_registration(rp, registration, &with(creation, ATTESTATION_OBJECT, bytes)) {
        let kept = made.to_bytes().expect("bytes");
        assert_eq!(StoredPasskey::from_bytes(&kept).expect("a passkey").credential_id(), made.credential_id());
    }
    let signed = with(assertion, AUTHENTICATOR_DATA, bytes);
    if finish_sign_in(rp, sign_in, &signed, std::slice::from_ref(passkey)).is_ok() {
        assert_eq!(bytes, member(assertion, AUTHENTICATOR_DATA), "the signature covers all of it");
    }
    let _ = StoredPasskey::from_bytes(bytes).map(|kept| finish_sign_in(rp, sign_in, assertion, &[kept]));
}

fn attestation_object_seeds() -> Vec<Vec<u8>> {
    let rp = relying_party();
    let mut random = Random::from(1);
    let begin = begin(&rp, &[], &mut random);
    let bound = SoftAuthenticator::bound(2).creation(&begin.options, ORIGIN).expect("an answer");
    let kept = registered(&rp, &mut SoftAuthenticator::synced(3), PERSON).to_bytes().expect("bytes");
    let Ceremonies { creation, assertion, .. } = &*CEREMONIES;
    vec![member(creation, ATTESTATION_OBJECT), bound.object(), member(assertion, AUTHENTICATOR_DATA), kept]
}

/// The client data of both ceremonies, and their whole answer.
pub fn client_data(bytes: &[u8]) {
    let Ceremonies { rp, registration, creation, sign_in, assertion, passkey } = &*CEREMONIES;
    let passkeys = std::slice::from_ref(passkey);
    if finish_registration(rp, registration, &with(creation, CLIENT_DATA, bytes)).is_ok() {
        // Self attestation signs the client data.
        assert_eq!(bytes, member(creation, CLIENT_DATA));
    }
    if finish_sign_in(rp, sign_in, &with(assertion, CLIENT_DATA, bytes), passkeys).is_ok() {
        assert_eq!(bytes, member(assertion, CLIENT_DATA));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = identify(text);
        let _ = finish_registration(rp, registration, text);
        let _ = finish_sign_in(rp, sign_in, text, passkeys);
    }
}

fn client_data_seeds() -> Vec<Vec<u8>> {
    let Ceremonies { creation, assertion, .. } = &*CEREMONIES;
    let whole = [creation, assertion].map(|answer| answer.clone().into_bytes());
    [member(creation, CLIENT_DATA), member(assertion, CLIENT_DATA)].into_iter().chain(whole).collect()
}

/// A `Cookie` header.
pub fn cookie(bytes: &[u8]) {
    let header = String::from_utf8_lossy(bytes);
    for cookie in [Cookie::Session, Cookie::Ceremony, Cookie::Language] {
        for secure in [true, false] {
            if let Some(token) = cookie.token(&header, secure) {
                assert_eq!(cookie.token(&cookie.set_token(&token, secure), secure), Some(token));
            }
        }
    }
}

fn cookie_seeds() -> Vec<Vec<u8>> {
    let token = "A".repeat(43);
    let texts = [
        format!("__Host-meguri={token}; meguri-language=ja"),
        format!("meguri={token};meguri-ceremony={token}"),
        "__Host-meguri=; meguri==; ; =".to_owned(),
    ];
    texts.map(String::into_bytes).into()
}

/// A form or a query.
pub fn form(bytes: &[u8]) {
    let _ = multipart::parse("multipart/form-data; boundary=XX", bytes).now_or_never();
    let form = Form::parse(bytes);
    let again: Vec<_> =
        form.fields().iter().map(|(name, value)| format!("{}={}", form::encode(name), form::encode(value))).collect();
    assert_eq!(Form::parse(again.join("&").as_bytes()), form);
    for (_, value) in form.fields() {
        let _ = form::command_bytes(value);
    }
}

fn form_seeds() -> Vec<Vec<u8>> {
    let texts = [
        "command_id=01010101010101010101010101010101&title=%E7%89%9B%E4%B9%B3+2&empty=&bare&a=1&a=2",
        "amount=%EF%BC%91%EF%BC%8C000&member=0000-0000&next=%2Fhelp%2Fnew%3Fx%3D1",
        "%zz=%f&%=%&&&==&\u{1f600}=%F0%9F%98%80",
    ];
    let file = "--XX\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--XX\r\nContent-Disposition: form-data; \
                name=\"certificate\"; filename=\"a.cer\"\r\nContent-Type: text/plain\r\n\r\n0\r\n--XX--\r\n";
    texts.into_iter().chain([file]).map(|text| text.as_bytes().to_vec()).collect()
}

/// A message of an island or of the portal.
pub fn envelope(bytes: &[u8]) {
    read::<Tell>(bytes);
    read::<Ask>(bytes);
    read::<Told>(bytes);
    read::<Call>(bytes);
    read::<LedgerCall>(bytes);
    read::<TownCall>(bytes);
}

/// What can be read can be written and read again.
fn read<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    if let Ok(message) = wire::decode::<T>(bytes) {
        let written = wire::encode(&message).expect("bytes");
        assert_eq!(wire::decode::<T>(&written), Ok(message));
    }
}

fn envelope_seeds() -> Vec<Vec<u8>> {
    let tags = (0..32u8).flat_map(|tag| [vec![wire::VERSION, tag], [&[wire::VERSION, tag][..], &[1; 96]].concat()]);
    tags.collect()
}

const SERVICE: &str = "jp.example.midori.meguri";

fn shop_of_posters() -> Shop {
    let name = ShopName::parse("こもれび書店").expect("a name");
    Shop { number: ShopNumber::from_random(7), name, trade: Trade::Books, open: true }
}

/// What a camera read or somebody typed where a shop or a code to pay with is asked for.
pub fn shop_code(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok((shop, amount)) = shop_or_scan(text, SERVICE) {
        assert_eq!(shop_number(&shop.to_string()), Ok(shop));
        assert!(amount.is_none_or(|amount| !amount.is_zero()));
    }
    if let Ok(scanned) = mpm::read(SERVICE, text) {
        assert_eq!(mpm::read("jp.example.elsewhere", text), Err(MpmError::Foreign));
        assert_eq!(shop_or_scan(text, SERVICE), Ok((scanned.shop, scanned.amount)));
    }
    if let Ok(code) = PayCode::parse(text) {
        assert_eq!(PayCode::parse(&code.to_string()), Ok(code));
    }
}

fn shop_code_seeds() -> Vec<Vec<u8>> {
    let shop = shop_of_posters();
    let poster = mpm::poster(SERVICE, &shop, "Midori");
    let without_service = mpm::poster("", &shop, "");
    let texts = [
        poster.clone(),
        without_service,
        poster.replace("6304", "540312363040"),
        poster.to_lowercase(),
        shop.number.to_string(),
        "１００－００５８".to_owned(),
        "ABCD-EFGH-JKMN-PQRS".to_owned(),
        "abcd efgh jkmn pqrs".to_owned(),
        "OIL0-0000-0000-0000".to_owned(),
        "000201".to_owned(),
        "0002016304".to_owned(),
        format!("{poster}{poster}"),
    ];
    texts.map(String::into_bytes).into()
}

#[cfg(test)]
mod tests;

/// A photo. What is kept of one is kept whole the second time, and is never more than was sent.
pub fn picture(bytes: &[u8]) {
    let Ok(picture) = Picture::parse(bytes) else { return };
    assert_eq!(Picture::parse(picture.bytes()).as_ref(), Ok(&picture));
    // What says which way up it is may be written longer than it was.
    assert!(picture.bytes().len() <= bytes.len() + 64);
    assert!(picture.size().width > 0 && picture.size().height > 0);
}

fn picture_seeds() -> Vec<Vec<u8>> {
    const FRAME: &[u8] = b"\xff\xc0\0\x0b\x08\0\x10\0\x18\x01\x01\x11\0";
    const TABLES: &[u8] = b"\xff\xdb\0\x04\0\x01\xff\xc4\0\x04\0\0\xff\xdd\0\x04\0\x02";
    const SCAN: &[u8] = b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\xff\0\x34\xff\xd0\x56";
    const END: &[u8] = b"\xff\xd9";
    let tiff = |order: &[u8], way: &[u8]| {
        let long = |value: u32| if order == b"II*\0" { value.to_le_bytes() } else { value.to_be_bytes() };
        let short = |value: u16| if order == b"II*\0" { value.to_le_bytes() } else { value.to_be_bytes() };
        let entry = [short(0x0112).as_slice(), &short(3), &long(1), way, &[0, 0]].concat();
        let exif = [b"Exif\0\0", order, &long(8), &short(1), &entry, &long(0)].concat();
        let length = u16::try_from(exif.len() + 2).unwrap_or_default().to_be_bytes();
        [b"\xff\xe1".as_slice(), &length, &exif].concat()
    };
    let jfif = b"\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0".to_vec();
    let adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x01".to_vec();
    let heads = [
        Vec::new(),
        jfif.clone(),
        adobe.clone(),
        tiff(b"MM\0*", &[0, 6]),
        tiff(b"II*\0", &[3, 0]),
        [jfif, tiff(b"MM\0*", &[0, 8]), adobe, b"\xff\xfe\0\x05xyz".to_vec()].concat(),
    ];
    let start = b"\xff\xd8".as_slice();
    let jpegs = heads.iter().map(|head| [start, head, TABLES, FRAME, SCAN, SCAN, END, start].concat());
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
        [length.as_slice(), kind, data, b"\0\0\0\0"].concat()
    };
    let header = chunk(b"IHDR", b"\0\0\0\x18\0\0\0\x10\x08\x02\0\0\0");
    let between = [Vec::new(), chunk(b"tEXt", b"a\0b"), chunk(b"eXIf", b"MM\0*"), chunk(b"acTL", &[0; 8])];
    let pngs = between.iter().map(|more| {
        let (data, end) = (chunk(b"IDAT", b"\x78\x9c"), chunk(b"IEND", b""));
        [b"\x89PNG\r\n\x1a\n".as_slice(), &header, more, &data, more, &end, b"behind"].concat()
    });
    jpegs.chain(pngs).chain([b"GIF89a".to_vec()]).collect()
}
