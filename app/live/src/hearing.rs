//! What the server says, and what of it is new. No browser in here.

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nothing that was not known.
    Nothing,
    /// Something changed elsewhere.
    Elsewhere,
    /// What the page is about changed.
    Here,
}

/// How far one has heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    heard: u64,
    about: String,
}

impl Hearing {
    /// From a page that knows of changes up to that one, and is about one thing, or about everything if that is empty.
    pub const fn new(heard: u64, about: String) -> Self {
        Self { heard, about }
    }

    /// The number of the last change that is known.
    pub const fn heard(&self) -> u64 {
        self.heard
    }

    /// Takes a message: a line for each change, its number and what changed. What was heard before is not heard again.
    pub fn hear(&mut self, message: &str) -> News {
        let mut news = News::Nothing;
        for (first, second) in message.lines().filter_map(|line| line.split_once(' ')) {
            // Too much to say one by one: anything may have changed, and numbers may have begun anew.
            let everything = first == "all";
            let Ok(number) = if everything { second } else { first }.parse::<u64>() else { continue };
            if everything || number > self.heard {
                self.heard = number;
                let here = everything || self.about.is_empty() || self.about == second;
                news = if here || news == News::Here { News::Here } else { News::Elsewhere };
            }
        }
        news
    }
}

/// How long to wait before the next try, in milliseconds: longer each time, up to half a minute, and never all at once.
/// `chance` is from 0 to 1.
pub fn pause_milliseconds(tries: u32, chance: f64) -> i32 {
    const FIRST: u32 = 500;
    const LONGEST: u32 = 30_000;
    let longest = FIRST.saturating_mul(1 << tries.min(6)).min(LONGEST);
    (f64::from(longest) * (0.5 + chance.clamp(0.0, 1.0) / 2.0)) as i32
}

/// How long to gather what comes together before the page is asked for, in milliseconds; not everybody at the same moment.
pub fn gather_milliseconds(chance: f64) -> i32 {
    const SHORTEST: f64 = 200.0;
    const MORE: f64 = 600.0;
    (SHORTEST + MORE * chance.clamp(0.0, 1.0)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_heard_once() {
        let mut list = Hearing::new(3, String::new());
        assert_eq!(list.hear("2 a\n3 b"), News::Nothing);
        assert_eq!(list.hear("3 b\n4 c\n5 d"), News::Here);
        assert_eq!((list.hear("4 c\n5 d"), list.heard()), (News::Nothing, 5));
    }

    #[test]
    fn a_page_about_one_thing_hears_of_that_thing() {
        let mut page = Hearing::new(0, "a".to_owned());
        assert_eq!(page.hear("1 b"), News::Elsewhere);
        assert_eq!(page.hear("2 b\n3 a\n4 c"), News::Here);
        assert_eq!((page.hear("4 a"), page.heard()), (News::Nothing, 4));
        assert_eq!((page.hear("all 2"), page.heard()), (News::Here, 2), "a database from a backup counts anew");
    }

    #[test]
    fn what_is_not_of_the_protocol_says_nothing() {
        let mut page = Hearing::new(7, String::new());
        for message in ["", "pong", "x y", "all", "all x", "-1 a", "99999999999999999999999 a", "8"] {
            assert_eq!((page.hear(message), page.heard()), (News::Nothing, 7), "{message}");
        }
    }

    #[test]
    fn tries_become_rare_and_differ() {
        assert_eq!((pause_milliseconds(0, 0.0), pause_milliseconds(0, 1.0)), (250, 500));
        assert_eq!((pause_milliseconds(3, 0.0), pause_milliseconds(3, 1.0)), (2_000, 4_000));
        assert_eq!((gather_milliseconds(0.0), gather_milliseconds(1.0)), (200, 800));
        assert_eq!((pause_milliseconds(99, 0.0), pause_milliseconds(99, 9.0)), (15_000, 30_000));
    }
}
