//! Rows as JSON arrays, so that one parameter carries a whole batch. Only numbers and hex go in, so nothing needs
//! escaping.

use std::fmt::Write as _;

/// Well below the runtime's 2 MB a value, with room for one more row of any size we make.
const BYTES_MAX: usize = 1_000_000;

/// A cell: a whole number, or bytes as hex.
pub enum Cell<'a> {
    /// A whole number.
    Number(i64),
    /// A whole number of the product, far below 2^53.
    Count(u64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Nothing.
    None,
}

/// Collects rows into as few arrays as fit. A row of one cell is the cell itself.
#[derive(Default)]
pub struct Rows {
    full: Vec<String>,
    open: String,
}

impl Rows {
    /// One more row.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        if self.open.len() > BYTES_MAX {
            self.close();
        }
        self.open.push(if self.open.is_empty() { '[' } else { ',' });
        let nested = cells.len() != 1;
        if nested {
            self.open.push('[');
        }
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.open.push(',');
            }
            self.cell(cell);
        }
        if nested {
            self.open.push(']');
        }
    }

    /// The arrays; none if there was no row.
    pub fn finish(mut self) -> Vec<String> {
        if !self.open.is_empty() {
            self.close();
        }
        self.full
    }

    fn close(&mut self) {
        self.open.push(']');
        self.full.push(std::mem::take(&mut self.open));
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        // Writing to a String cannot fail.
        let _ = match cell {
            Cell::Number(number) => write!(self.open, "{number}"),
            Cell::Count(number) => write!(self.open, "{number}"),
            Cell::Bytes(bytes) => {
                self.open.reserve(2 * bytes.len() + 2);
                self.open.push('"');
                for byte in *bytes {
                    self.open.push(digit(byte >> 4));
                    self.open.push(digit(byte & 15));
                }
                self.open.push('"');
                Ok(())
            }
            Cell::None => write!(self.open, "null"),
        };
    }
}

/// The ids as arrays of hex.
pub fn ids<'a>(ids: impl IntoIterator<Item = &'a [u8; 16]>) -> Vec<String> {
    let mut rows = Rows::default();
    ids.into_iter().for_each(|id| rows.push(&[Cell::Bytes(id)]));
    rows.finish()
}

/// The numbers as arrays.
pub fn numbers(numbers: impl IntoIterator<Item = u64>) -> Vec<String> {
    let mut rows = Rows::default();
    numbers.into_iter().for_each(|number| rows.push(&[Cell::Count(number)]));
    rows.finish()
}

fn digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let mut rows = Rows::default();
        rows.push(&[Cell::Bytes(&[0, 0x9a, 0xff]), Cell::Number(-7)]);
        rows.push(&[Cell::Bytes(&[]), Cell::Count(3)]);
        rows.push(&[Cell::None, Cell::Count(0)]);
        assert_eq!(rows.finish(), [r#"[["009aff",-7],["",3],[null,0]]"#]);
        assert_eq!(ids([&[1; 16], &[2; 16]]), [format!(r#"["{}","{}"]"#, "01".repeat(16), "02".repeat(16))]);
        assert!(ids([]).is_empty());
    }

    #[test]
    fn no_array_outgrows_a_value() {
        let mut rows = Rows::default();
        let body = [7u8; 400];
        for number in 0..5_000 {
            rows.push(&[Cell::Number(number), Cell::Bytes(&body)]);
        }
        let arrays = rows.finish();
        assert!(arrays.len() > 1);
        assert!(arrays.iter().all(|array| array.len() < 1_100_000 && array.starts_with("[[") && array.ends_with("]]")));
        assert_eq!(arrays.iter().map(|array| array.matches("],[").count() + 1).sum::<usize>(), 5_000);
    }
}
