//! The demo municipality is one that may be served.

use shared::town::Municipality;

#[test]
fn the_demo_municipality_is_sound() {
    let town: Municipality = serde_json::from_str(include_str!("../demo/municipality.json")).unwrap();
    assert_eq!(town.check(), Ok(()));
    assert_eq!((town.name.as_str(), town.areas.len(), town.categories.len()), ("めぐり市", 8, 8));
    let rules = shared::process::cohelp_rules(&town);
    assert_eq!((rules.areas.len(), rules.from_minute, rules.to_minute), (8, 8 * 60, 21 * 60));
}

#[test]
fn a_misspelt_key_is_found() {
    let text = include_str!("../demo/municipality.json").replace("fee_percent", "fee_percant");
    assert!(serde_json::from_str::<Municipality>(&text).is_err());
}
