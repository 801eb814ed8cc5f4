//! The form 「写真を加える」.

use super::parse::{Collect, optional_line};
use super::{Field, FieldError, FieldErrors};
use crate::cohelp::types::CAPTION_MAX;
use crate::kernel::{Line, Picture, PictureError};

/// A file as it was sent, and what was typed beside it.
#[derive(Debug, Clone, Copy)]
pub struct PhotoForm<'a> {
    /// The file; none if there was no room for what was sent.
    pub picture: Option<&'a [u8]>,
    /// What is to be seen on it.
    pub caption: &'a str,
}

impl PhotoForm<'_> {
    /// What is to be seen on it, and the picture.
    pub fn parse(&self) -> Result<(Option<Line<CAPTION_MAX>>, Picture), FieldErrors> {
        let mut errors = Collect::default();
        let picture = self.picture.ok_or(PictureError::TooLarge).and_then(Picture::parse);
        let picture = errors.take(Field::Picture, picture.map_err(FieldError::from));
        let caption = errors.take(Field::Caption, optional_line(self.caption));
        caption.zip(picture).ok_or_else(|| errors.into_inner())
    }
}

impl From<PictureError> for FieldError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Empty => Self::Missing,
            PictureError::TooLarge => Self::TooManyBytes { max: Picture::BYTES_MAX },
            PictureError::Unknown => Self::NotAPicture,
            PictureError::Broken => Self::BrokenPicture,
            PictureError::TooManyPixels => Self::TooManyPixels,
        }
    }
}
