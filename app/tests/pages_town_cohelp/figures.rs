//! What the two say of the service, and what the town's figures show to everybody and to the centre.

use app::cohelp::desk::{self, DeskInput};
use app::cohelp::{self, JobInput};
use shared::cohelp::{Circulation, Figures, MonthOfHelp, Period, PublicCount, Satisfaction};
use shared::kernel::{Category, Locale, Month, Role};
use shared::wire::{CirculationPage, FiguresPage, Rated};

use super::html::check;
use super::world::*;

const NOW: Month = Month(2026 * 12 + 10);

fn month(back: i32, times: PublicCount, points: PublicCount) -> MonthOfHelp {
    let minutes = if points == PublicCount::Hidden { points } else { PublicCount::Count(1_590) };
    let (helped, helping) = (PublicCount::Count(12), PublicCount::Hidden);
    MonthOfHelp { month: NOW.plus(-back), times, helped, helping, minutes, points }
}

fn seen() -> Circulation {
    use PublicCount::{Count, Hidden};
    let months = vec![month(2, Count(7), Count(900)), month(1, Count(26), Count(12_300)), month(0, Hidden, Hidden)];
    Circulation { months, kinds: vec![Category::Shopping, Category::Visit] }
}

fn circulation(locale: Locale, signed_in: bool, circulation: Circulation) -> String {
    let town = town();
    let visitor = signed_in.then(|| visitor(ASKER, "湊 花子"));
    let frame = frame(locale, &town, visitor.as_ref(), "/circulation");
    let page = CirculationPage { visitor: visitor.clone(), now: at(10), circulation };
    cohelp::circulation(&frame, &page)
}

#[test]
fn everybody_reads_how_help_goes_round() {
    for locale in Locale::ALL {
        for signed_in in [false, true] {
            check("circulation", &circulation(locale, signed_in, seen()));
            let none = Circulation { months: Vec::new(), kinds: Vec::new() };
            check("none", &circulation(locale, signed_in, none));
        }
    }
    let html = circulation(Locale::Ja, false, seen());
    let row = |month: &str| html.split(month).nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    let october = row("2026年10月<");
    let said = ["26回", "助けた人 4人以下・助けてもらった人 12人", "26時間", "12,300ポイント"];
    assert!(said.iter().all(|said| october.contains(said)), "{october}");
    let november = row("2026年11月<");
    assert!(["4回以下", "非公開"].iter().all(|said| november.contains(said)), "{november}");
    assert!(["33回", "13,200ポイント", "53時間"].iter().all(|sum| html.contains(sum)), "the sums of what is shown");
    assert!(html.find("買い物").unwrap() < html.find("見守り訪問").unwrap());
    let bars = html.split("role=\"img\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert_eq!((bars.matches("<rect").count(), bars.matches("–").count()), (2, 1), "what is hidden has no column");
    let table = html.split("</table>").next().unwrap();
    assert!(table.find("2026年11月").unwrap() < table.find("2026年9月").unwrap(), "newest first");
}

fn period(back: i32, matched: u64) -> Period {
    let satisfaction = Satisfaction { answers: 15, stars: 70 };
    Period { from: NOW.plus(-back), asked: 12, phoned: 4, matched, helped: 8, unmet: 3, ended: 1, satisfaction }
}

#[test]
fn the_centre_reads_its_indicators() {
    let town = town();
    let operator = staff(Role::Operator);
    let nothing = Period {
        asked: 0,
        phoned: 0,
        helped: 0,
        unmet: 0,
        ended: 0,
        satisfaction: Satisfaction::default(),
        ..period(1, 0)
    };
    let figures = Figures { asking: 1_950, helping: 391, year: period(7, 1_234), months: vec![period(0, 9), nothing] };
    for locale in Locale::ALL {
        let frame = frame(locale, &town, Some(&operator), "/desk/figures");
        let page = FiguresPage { visitor: operator.clone(), now: at(10), figures: figures.clone() };
        let html = desk::figures(&frame, &page);
        check("figures", &html);
        assert!(["1,950", "391", "1,234", "4.7", "66"].iter().all(|number| html.contains(number)), "{locale:?}");
        assert!(html.contains("2026"), "the fiscal year");
    }
}

fn page_of(viewer: u8, state: &str, rated: Option<Rated>) -> String {
    let state = states().into_iter().find(|(known, _)| *known == state).unwrap().1;
    let town = town();
    let mut page = job_page(&job(1, state), viewer, at(18)).unwrap();
    page.rated = rated;
    let frame = frame(Locale::Ja, &town, Some(&page.visitor), "/help/x");
    cohelp::job(&frame, &page, &JobInput::default(), &vec![], None, Some(cohelp::JobDone::Rated))
}

#[test]
fn whoever_has_answered_reads_what_became_of_it_and_not_their_stars() {
    let paid = states().into_iter().find(|(known, _)| *known == "paid").unwrap().1;
    let given = feedback(&job(1, paid));
    let asked = page_of(ASKER, "paid", Some(Rated::Asked));
    assert!(asked.contains("name=\"satisfaction\"") && !asked.contains("id=\"done\""));
    for (feedback, said) in given.into_iter().zip(["職員がこれから読みます", "に職員が読みました"])
    {
        let html = page_of(ASKER, "paid", Some(Rated::Said(feedback)));
        check("rated", &html);
        assert!(html.contains(said) && html.contains("id=\"done\""), "{said}");
        assert!(!html.contains("name=\"satisfaction\""));
    }
    assert!(!page_of(ASKER, "started", None).contains("センターのサービス"));
}

#[test]
fn an_operator_reads_each_word_once() {
    let town = town();
    let operator = staff(Role::Operator);
    let state = states().into_iter().find(|(known, _)| *known == "thanked").unwrap().1;
    for locale in Locale::ALL {
        let frame = frame(locale, &town, Some(&operator), "/desk/x");
        let html = desk::job(
            &frame,
            &desk_job_page(&job(1, state.clone()), at(18)),
            &DeskInput::default(),
            &vec![],
            None,
            None,
        );
        check("words", &html);
        assert_eq!(html.matches("name=\"act\" value=\"read\"").count(), 1, "what was read is not read again");
        assert!(html.contains("name=\"side\" value=\"requester\""));
    }
    let frame = frame(Locale::Ja, &town, Some(&operator), "/desk");
    let html = desk::list(&frame, &desk_page(2));
    assert!(html.contains("センターへのひとこと（未読3件）"), "{html}");
}
