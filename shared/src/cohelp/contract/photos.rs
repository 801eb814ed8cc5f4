//! Photos, and the bytes of their pictures.

use super::cases::write;
use super::equal;
use super::writes::{morning, open_job, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{job, person, picture};
use crate::cohelp::reads::Reads;
use crate::cohelp::store::{Change, Reach, Store};
use crate::cohelp::types::{Photo, PhotoChange};
use crate::kernel::{Line, PhotoId, Picture, PictureFormat, Timestamp};

fn photo(number: u8, of_job: u64, at: Timestamp, picture: &Picture) -> Photo {
    Photo {
        id: PhotoId::from_bytes([number; 16]),
        job: job(of_job),
        helper: None,
        by: person(1),
        at,
        until: at.plus_seconds(86_400),
        caption: Line::parse("動かしてほしい棚").ok(),
        format: picture.format(),
        size: picture.size(),
    }
}

/// As large as one can be, no two parts of it alike.
fn largest() -> Result<Picture, String> {
    const AROUND: usize = 8 + 25 + 12 + 12;
    let small = picture()?;
    let header = small.bytes().get(..33).unwrap_or_default();
    let length = Picture::BYTES_MAX - AROUND;
    let told = u32::try_from(length).unwrap_or_default().to_be_bytes();
    let data: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap_or_default()).collect();
    let end = b"\0\0\0\0IEND\xae\x42\x60\x82".as_slice();
    let bytes = [header, &told, b"IDAT", &data, b"\0\0\0\0", end].concat();
    equal("as large as can be", &bytes.len(), &Picture::BYTES_MAX)?;
    Picture::parse(&bytes).map_err(|error| error.to_string())
}

pub(super) fn comes_and_goes<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    write(store, Changes { jobs: vec![open_job(1, 1, now)?, open_job(2, 1, now)?], ..Changes::default() })?;
    let (small, large) = (picture()?, largest()?);
    let later = now.plus_seconds(1);
    // The later one first: they come by when.
    let second = photo(2, 1, later, &large);
    let first = Photo { helper: Some(person(2)), by: person(2), caption: None, ..photo(3, 1, now, &small) };
    let other = photo(4, 2, now, &small);
    for (one, picture) in [(&second, &large), (&first, &small), (&other, &small)] {
        write(store, Changes { photos: vec![PhotoChange::Added(one.clone(), picture.clone())], ..Changes::default() })?;
    }
    let read = |of| {
        let listed = store.photos(job(of)).map_err(text)?;
        let reads = Reads { photos: Some((job(of), person(1))), ..Reads::default() };
        let found = store.read(&reads).map_err(text)?;
        equal("read and looked up", &found.photos, &listed)?;
        equal("of the person", &found.photos_of_person, &2)?;
        Ok::<_, String>(listed)
    };
    equal("of a job", &read(1)?, &vec![first.clone(), second.clone()])?;
    equal("of another", &read(2)?, &vec![other])?;
    let bytes = |id| store.picture(id).map_err(text);
    equal("small", &bytes(first.id)?.as_deref(), &Some(small.bytes()))?;
    let whole = bytes(second.id)?.is_some_and(|bytes| bytes == large.bytes());
    equal("whole", &whole, &true)?;
    equal("the format is kept", &first.format, &PictureFormat::Png)?;
    let told = |number, of| Change { number, job: job(of), reach: Reach::Desk };
    let said = store.news(2).map_err(text)?.since;
    equal("told the desk of those of requests", &said, &Some(vec![told(3, 1), told(4, 2)]))?;
    write(store, Changes { photos: vec![PhotoChange::Removed(second.clone())], ..Changes::default() })?;
    equal("gone", &bytes(second.id)?, &None)?;
    equal("and not the others", &store.photos(job(1)).map_err(text)?, &vec![first])
}

pub(super) fn kept<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    write(store, Changes { jobs: vec![open_job(1, 1, now)?], ..Changes::default() })?;
    let small = picture()?;
    let last_day = now.plus_seconds(86_399);
    for (number, at) in (1..).zip([now, last_day, last_day.plus_seconds(1)]) {
        let added = PhotoChange::Added(photo(number, 1, at, &small), small.clone());
        write(store, Changes { photos: vec![added], ..Changes::default() })?;
        let left = store.photos(job(1)).map_err(text)?.len();
        equal("left", &left, &if number == 3 { 2 } else { number.into() })?;
    }
    let oldest = PhotoId::from_bytes([1; 16]);
    equal("gone with its picture", &store.picture(oldest).map_err(text)?, &None)
}
