//! JSON as a relying party must read it: bounded, and a member named twice is refused, because two
//! readers would disagree about which one counts (RFC 7515 §4, RFC 8259 §4).

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::CardError;

/// A JSON object.
pub type Object = Map<String, Value>;

/// The object in the bytes; `bytes_max` is checked before anything is read.
pub fn object(bytes: &[u8], bytes_max: usize) -> Result<Object, CardError> {
    if bytes.len() > bytes_max {
        return Err(CardError::TooLarge);
    }
    match serde_json::from_slice::<Strict>(bytes) {
        Ok(Strict(Value::Object(object))) => Ok(object),
        _ => Err(CardError::Malformed),
    }
}

/// The text of a member. Absent is `MissingParameter`, of another type `Malformed`.
pub fn text<'a>(object: &'a Object, name: &str) -> Result<&'a str, CardError> {
    optional_text(object, name)?.ok_or(CardError::MissingParameter)
}

/// The text of a member that may be absent.
pub fn optional_text<'a>(object: &'a Object, name: &str) -> Result<Option<&'a str>, CardError> {
    match object.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(CardError::Malformed),
    }
}

/// The whole number of a member that may be absent; a fraction is `Malformed`.
pub fn optional_integer(object: &Object, name: &str) -> Result<Option<i64>, CardError> {
    match object.get(name) {
        None => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or(CardError::Malformed),
    }
}

/// Whether a member that may be absent lists the text. An absent list says nothing against it.
pub fn allows(object: &Object, name: &str, wanted: &str) -> Result<bool, CardError> {
    match object.get(name) {
        None => Ok(true),
        Some(Value::Array(list)) => Ok(list.iter().any(|entry| entry.as_str() == Some(wanted))),
        Some(_) => Err(CardError::Malformed),
    }
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without doubled members")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(value)) = sequence.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Strict(value))) = members.next_entry::<String, Strict>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("doubled member"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_members_are_refused_at_every_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":{"b":1,"b":2}}"#,
            r#"{"a":[{"b":1,"b":2}]}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":1} x"#,
            r#"[1]"#,
            r#"{"a":1,}"#,
            "",
            "null",
        ] {
            assert_eq!(object(text.as_bytes(), 100), Err(CardError::Malformed), "{text}");
        }
        assert!(object(br#"{"a":{"a":[1,-2,1.5,null,true,"x"]}}"#, 100).is_ok());
    }

    #[test]
    fn bounds_of_size_and_depth() {
        assert_eq!(object(b"{}   ", 4), Err(CardError::TooLarge));
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(object(deep.as_bytes(), 20_000), Err(CardError::Malformed));
    }

    #[test]
    fn numbers_are_whole() {
        let object = object(br#"{"a":1.5,"b":12,"c":"12","d":18446744073709551615}"#, 100).unwrap();
        assert_eq!(optional_integer(&object, "b"), Ok(Some(12)));
        assert_eq!(optional_integer(&object, "e"), Ok(None));
        for name in ["a", "c", "d"] {
            assert_eq!(optional_integer(&object, name), Err(CardError::Malformed), "{name}");
        }
    }
}
