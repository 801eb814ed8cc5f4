//! One version byte, then postcard. Enums only ever grow at the end; a change that is not an
//! addition raises [`VERSION`].

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::kernel::{Fault, limit};

/// The version written in the first byte.
pub const VERSION: u8 = 1;

/// Why bytes are not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Larger than [`limit::BODY_BYTES_MAX`].
    #[error("too large")]
    TooLarge,
    /// Written by another version.
    #[error("unknown version")]
    Version,
    /// Not a message of ours, or something left over behind it.
    #[error("malformed")]
    Malformed,
}

/// The message as bytes.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, Fault> {
    postcard::to_extend(message, vec![VERSION]).map_err(|error| Fault::new("wire.encode", error))
}

/// The message in the bytes; refuses anything over the size cap before looking at it.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WireError> {
    if bytes.len() > limit::BODY_BYTES_MAX {
        return Err(WireError::TooLarge);
    }
    decode_trusted(bytes)
}

/// As [`decode`], for answers of our own objects, which may be longer than a person's request.
pub fn decode_trusted<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, WireError> {
    match bytes.split_first() {
        Some((&VERSION, rest)) => match postcard::take_from_bytes(rest) {
            Ok((message, [])) => Ok(message),
            _ => Err(WireError::Malformed),
        },
        Some(_) => Err(WireError::Version),
        None => Err(WireError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let bytes = encode(&(7u32, "水")).unwrap();
        assert_eq!(decode::<(u32, String)>(&bytes), Ok((7, "水".to_owned())));
    }

    #[test]
    fn bad_bytes_are_refused() {
        let mut bytes = encode(&7u32).unwrap();
        bytes.push(0);
        assert_eq!(decode::<u32>(&bytes), Err(WireError::Malformed));
        assert_eq!(decode::<u32>(&[]), Err(WireError::Malformed));
        assert_eq!(decode::<u32>(&[9, 1]), Err(WireError::Version));
        assert_eq!(decode::<String>(&[VERSION, 255, 255, 255, 15]), Err(WireError::Malformed));
        assert_eq!(decode::<u32>(&vec![VERSION; limit::BODY_BYTES_MAX + 1]), Err(WireError::TooLarge));
    }
}
