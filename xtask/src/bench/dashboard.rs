//! What the start page shows in the benchmark: the same for the product, made through its own forms, and for the peer,
//! put into PostgreSQL.

use shared::kernel::{Day, Points, Timestamp};

use crate::client::help::{self, Wish};
use crate::client::{Person, people};
use crate::step::{Because, Outcome, step};

use super::ours::Ours;

/// What everybody begins with.
pub const POINTS_EACH: u64 = 20_000;

/// Who reads the page: `resident-0001`, as the sandbox issuer names them.
pub const READER: &str = "石川 陽菜";
/// Who asks for help on it: `resident-0002`.
pub const OTHER: &str = "上田 悠真";
/// As others are shown on it.
pub const OTHER_SHOWN: &str = "上田さん";

/// Where a job stands for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The reader helps; agreed, not yet paid.
    Coming,
    /// Somebody else asks; the reader could help.
    Open,
    /// The reader helped and was thanked.
    Thanked,
}

/// A job of the benchmark.
#[derive(Debug, Clone, Copy)]
struct Job {
    stands: Stands,
    category: &'static str,
    title: &'static str,
    area: &'static str,
    hour: u8,
    reward: u64,
}

const fn job(
    stands: Stands,
    category: &'static str,
    title: &'static str,
    area: &'static str,
    hour: u8,
    reward: u64,
) -> Job {
    Job { stands, category, title, area, hour, reward }
}

/// Three letters of thanks, and ten lines on the page.
const JOBS: [Job; 13] = [
    job(Stands::Thanked, "shopping", "重い荷物の買い物", "tsukimi", 9, 500),
    job(Stands::Thanked, "paperwork", "書類の整理", "kawazoe", 9, 400),
    job(Stands::Thanked, "phone", "写真の送り方", "ishibashi", 9, 300),
    job(Stands::Coming, "shopping", "牛乳とお米の買い物", "minatohara", 9, 500),
    job(Stands::Coming, "escort", "病院への付き添い", "sakurado", 10, 800),
    job(Stands::Coming, "phone", "スマートフォンの設定", "tsukimi", 11, 400),
    job(Stands::Coming, "outdoor", "庭の草取り", "kawazoe", 13, 900),
    job(Stands::Coming, "paperwork", "申請書の書き方", "ishibashi", 14, 300),
    job(Stands::Coming, "visit", "将棋の相手", "midorigaoka", 15, 300),
    job(Stands::Coming, "shopping", "灯油の買い出し", "otonashi", 16, 600),
    job(Stands::Open, "outdoor", "雪囲いの手伝い", "hamakaze", 10, 1000),
    job(Stands::Open, "escort", "図書館までの付き添い", "minatohara", 13, 500),
    job(Stands::Open, "visit", "朗読の相手", "sakurado", 15, 300),
];

const MESSAGE: &str = "とても助かりました。またお願いします。";

/// A job as it was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its word in URLs.
    pub word: String,
    /// Where it stands.
    pub stands: Stands,
    /// Its few words.
    pub title: &'static str,
    /// Word of its area.
    pub area: &'static str,
    /// Minutes after midnight when it begins; it lasts two hours.
    pub from_minute: u16,
    /// What its helper receives.
    pub to_helper: u64,
    /// What its helper was told.
    pub thanks: Option<&'static str>,
}

/// The page's content.
#[derive(Debug)]
pub struct Content {
    /// Who reads it, signed in.
    pub reader: Person,
    /// The day of all jobs.
    pub day: Day,
    /// How far the demo's clock is ahead, in seconds.
    pub offset_seconds: i64,
    /// The jobs.
    pub jobs: Vec<Made>,
}

/// Makes the content through the product's own forms.
pub fn make(ours: &Ours) -> Outcome<Content> {
    let people = ours.residents(2, |_| POINTS_EACH)?;
    let [mut reader, mut other]: [Person; 2] = people.try_into().map_err(|_| "too few people".to_owned())?;
    step("make jobs and thanks", || {
        let (day, offset_seconds) = move_clock(&mut reader)?;
        for person in [&mut reader, &mut other] {
            let Person { browser, device, origin, .. } = person;
            let answer = people::begin_sign_in(browser, origin, device)?;
            people::entered(browser.tell(origin, &answer)?)?;
        }
        let mut operator = people::staff(&ours.demo, "operator")?;
        let mut jobs = Vec::with_capacity(JOBS.len());
        for (number, job) in JOBS.iter().enumerate() {
            // The first is paid and thanked for: from then on the two know each other.
            let operator = (number == 0).then_some(&mut operator);
            jobs.push(made(job, day, &mut reader, &mut other, operator)?);
        }
        // Who has read what they were told: the line that there is more is not on both pages.
        reader.browser.get(&format!("{}/notifications", reader.origin))?;
        Ok(Content { reader, day, offset_seconds, jobs })
    })
}

/// Moves the demo's clock to half past eight: jobs of that day are still to come, and those of nine can begin.
fn move_clock(reader: &mut Person) -> Outcome<(Day, i64)> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).because("the clock")?.as_millis();
    let now = Timestamp(i64::try_from(now).because("the clock")?);
    let day = now.day().plus(1);
    let offset_seconds = (day.at_minute(8 * 60 + 30).0 - now.0) / 1000;
    let url = format!("{}/demo/clock", reader.origin);
    let moved = reader.browser.post(&url, &[("offset_seconds", &offset_seconds.to_string())])?;
    if moved.answer.status == 200 {
        Ok((day, offset_seconds))
    } else {
        Err(format!("{url} answered {}", moved.answer.status))
    }
}

fn made(job: &Job, day: Day, reader: &mut Person, other: &mut Person, operator: Option<&mut Person>) -> Outcome<Made> {
    let (year, month, date) = day.ymd();
    let day = format!("{year}-{month:02}-{date:02}");
    let (from, to) = (format!("{:02}:00", job.hour), format!("{:02}:00", job.hour + 2));
    let Job { category, title, area, reward, .. } = *job;
    let word = help::ask(other, &Wish { category, title, area, day: &day, window: (&from, &to), reward })?;
    if job.stands != Stands::Open {
        help::offer(reader, &word)?;
        help::choose(other, &word)?;
    }
    if job.stands == Stands::Thanked {
        if let Some(operator) = operator {
            help::introduce(operator, &word)?;
        }
        help::begin(reader, other, &word)?;
        help::report(reader, &word)?;
        help::report(other, &word)?;
        help::thank(other, &word, MESSAGE)?;
    }
    let thanks = (job.stands == Stands::Thanked).then_some(MESSAGE);
    let from_minute = u16::from(job.hour) * 60;
    Ok(Made { word, stands: job.stands, title, area, from_minute, to_helper: reward - reward * 5 / 100, thanks })
}

impl Content {
    /// The reader's points as the page writes them.
    pub fn available(&self) -> String {
        Points::new(self.available_points()).unwrap_or_default().to_string()
    }

    /// The reader's points: what was granted and what jobs brought.
    pub fn available_points(&self) -> u64 {
        let earned = self.jobs.iter().filter(|job| job.stands == Stands::Thanked).map(|job| job.to_helper);
        POINTS_EACH + earned.sum::<u64>()
    }
}
