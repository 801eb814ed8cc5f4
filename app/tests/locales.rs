//! The texts: what the compiler of texts refuses, and how やさしい日本語 is written.

#[path = "../build/style.rs"]
mod style;
#[path = "../build/texts.rs"]
mod texts_compiler;

use app::i18n::{Locale, Phrase, texts};
use texts_compiler::{Source, compile};

const JA: &str = include_str!("../locales/ja.ftl");
const EASY: &str = include_str!("../locales/ja-easy.ftl");
const EN: &str = include_str!("../locales/en.ftl");

/// `(key, text)` of every message, lines of a selection joined.
fn messages(ftl: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" = ") {
            Some((key, text)) if !line.starts_with(' ') => found.push((key.to_owned(), text.to_owned())),
            _ => {
                if let Some((_, text)) = found.last_mut() {
                    text.push_str(line);
                }
            }
        }
    }
    found
}

fn is_kanji(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々')
}

/// The text with readings left out, and the kanji that have none.
fn without_readings(text: &str) -> (String, String) {
    let (mut plain, mut bare, mut state) = (String::new(), String::new(), ' ');
    for character in text.chars() {
        match character {
            '｜' | '《' | '》' => state = character,
            _ if state == '《' => {}
            _ => {
                plain.push(character);
                if state != '｜' && is_kanji(character) {
                    bare.push(character);
                }
            }
        }
    }
    (plain, bare)
}

fn refused(ja: &str, en: &str) -> Vec<String> {
    let sources =
        [Source { variant: "Ja", file: "ja.ftl", text: ja }, Source { variant: "En", file: "en.ftl", text: en }];
    compile(&sources).err().unwrap_or_default()
}

#[test]
fn what_does_not_fit_is_refused_with_file_and_key() {
    for (ja, en, expected) in [
        ("a = あ\nb = い\n", "a = x\n", "en.ftl: `b` is missing"),
        ("a = あ\n", "a = x\nc = y\n", "en.ftl: `c` is not in ja.ftl"),
        ("a = { $name }さん\n", "a = x\n", "en.ftl: `a` takes [], but [name] in ja.ftl"),
        ("a = { $name }さん\n", "a = { $nam }\n", "en.ftl: `a` takes [nam], but [name] in ja.ftl"),
        (
            "a = { $n ->\n    [one] 一\n   *[other] 二\n }\n",
            "a = { $n }\n",
            "ja.ftl: `a`: [one] is no case of this locale; *[other] is the default",
        ),
        ("a = あ\na = い\n", "a = x\n", "ja.ftl: `a` is written twice"),
        ("a = ｜山《やま\n", "a = x\n", "ja.ftl: `a`: a reading ｜…《…》 is not closed"),
        ("a = 山《やま》\n", "a = x\n", "ja.ftl: `a`: a reading is written ｜漢字《かんじ》, but `《` is out of place"),
        (
            "a = { -term }\n",
            "a = x\n",
            "ja.ftl: `a`: only { $argument }, { NUMBER($n) }, { TEXT($text) } and { $n -> … } are understood",
        ),
        ("a = { DATETIME($n) }\n", "a = { $n }\n", "ja.ftl: `a`: DATETIME() is unknown; there are NUMBER() and TEXT()"),
    ] {
        let errors = refused(ja, en);
        assert!(errors.iter().any(|error| error == expected), "{ja:?} {en:?}: {errors:?}");
    }
    assert!(refused("a = あ\n!!\n", "a = x\n").iter().any(|error| error.starts_with("ja.ftl: near line")));
    assert_eq!(
        refused("a = { $n }人\n", "a = { $n ->\n    [one] one\n   *[other] { $n } people\n }\n"),
        Vec::<String>::new()
    );
}

#[test]
fn every_locale_has_every_key_in_the_same_order() {
    let keys = |ftl| messages(ftl).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    let ja = keys(JA);
    assert!(ja.len() > 400, "{}", ja.len());
    assert_eq!(ja, keys(EASY));
    assert_eq!(ja, keys(EN));
}

#[test]
fn keys_belong_to_a_slice() {
    const PREFIXES: [&str; 27] = [
        "desk-",
        "helper-",
        "notifications-",
        "circulation-",
        "figures-",
        "shell-",
        "welcome-",
        "join-",
        "signin-",
        "signout-",
        "home-",
        "help-",
        "wallet-",
        "office-",
        "me-",
        "error-",
        "counter-",
        "certificate-",
        "staff-",
        "shop-",
        "shops-",
        "code-",
        "till-",
        "sale-",
        "scan-",
        "refund-",
        "pay-",
    ];
    for (key, _) in messages(JA) {
        assert!(PREFIXES.iter().any(|prefix| key.starts_with(prefix)), "{key}");
    }
}

#[test]
fn every_kanji_of_easy_japanese_has_a_reading() {
    let bare: Vec<_> = messages(EASY)
        .into_iter()
        .filter_map(|(key, text)| {
            let (_, bare) = without_readings(&text);
            (!bare.is_empty()).then(|| format!("{key}: {bare}"))
        })
        .collect();
    assert_eq!(bare, Vec::<String>::new());
    for (key, text) in messages(EASY) {
        for reading in text.split('《').skip(1).filter_map(|rest| rest.split('》').next()) {
            let kana = |character| matches!(character, '\u{3041}'..='\u{3096}' | 'ー');
            assert!(!reading.is_empty() && reading.chars().all(kana), "{key}: {reading}");
        }
    }
}

/// Keys whose sentence may be longer, because what it names has no shorter name. None so far.
const MAY_BE_LONG: [&str; 0] = [];

#[test]
fn sentences_of_easy_japanese_are_short() {
    let mut long = Vec::new();
    for (key, text) in messages(EASY) {
        let (plain, _) = without_readings(&text);
        // An argument counts as five characters, whatever comes.
        let mut counted = String::new();
        let mut rest = plain.as_str();
        while let Some((head, tail)) = rest.split_once('{') {
            counted.push_str(head);
            counted.push_str("〇〇〇〇〇");
            rest = tail.split_once('}').map_or("", |(_, after)| after);
        }
        counted.push_str(rest);
        for sentence in counted.split(['。', '？', '！']) {
            let length = sentence.chars().count();
            if length > 30 && !MAY_BE_LONG.contains(&key.as_str()) {
                long.push(format!("{key}: {length}: {sentence}"));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn easy_japanese_does_without_passive_and_formal_forms() {
    for (key, text) in messages(EASY) {
        let (plain, _) = without_readings(&text);
        for form in [
            "されます",
            "されました",
            "られます",
            "られました",
            "ございます。",
            "いたします",
            "いただ",
            "ください ませ",
            "お待ち",
            "ご確認",
        ] {
            let thanked = form == "ございます。" || !plain.contains(form);
            assert!(thanked, "{key}: {plain}");
        }
    }
}

#[test]
fn english_has_no_japanese_but_in_the_language_choice() {
    for (key, text) in messages(EN) {
        let japanese = text.chars().any(|c| is_kanji(c) || matches!(c, '\u{3041}'..='\u{30ff}' | '、' | '。' | '（'));
        assert!(!japanese || key == "shell-language", "{key}: {text}");
    }
}

#[test]
fn no_system_words() {
    for (ftl, words) in [
        (JA, &["エラーコード", "トークン", "ID連携", "認証", "無効", "不正", "送信"][..]),
        (EASY, &["エラーコード", "トークン", "認証", "無効", "不正", "送信"]),
        (EN, &["invalid", "token", "authenticat", "submit", "credential", "illegal"]),
    ] {
        for (key, text) in messages(ftl) {
            let (plain, _) = without_readings(&text);
            for word in words {
                assert!(!plain.to_lowercase().contains(&word.to_lowercase()), "{key}: {plain}");
            }
        }
    }
}

#[test]
fn arguments_are_put_in() {
    assert_eq!(texts::wallet_short(Locale::Ja, 1200).plain(), "あと1,200ポイント足りません。");
    assert_eq!(texts::home_next_choose(Locale::En, 1).plain(), "One person offers to help you");
    assert_eq!(texts::home_next_choose(Locale::En, 3).plain(), "3 people offer to help you");
    assert_eq!(texts::home_greeting_day(Locale::Ja, "｜山《やま》").plain(), "｜山《やま》さん、こんにちは");
}

#[test]
fn names_stay_text_and_texts_keep_their_readings() {
    use leptos::prelude::RenderHtml as _;
    let label = texts::help_job_when(Locale::JaEasy);
    assert!(!label.has_readings());
    let label = texts::office_grant_reason(Locale::JaEasy);
    let html = texts::error_missing(Locale::JaEasy, &label).to_html();
    assert!(html.contains("<ruby>理由<rp>(</rp><rt>りゆう</rt><rp>)</rp></ruby>"), "{html}");
    let html = texts::home_greeting_day(Locale::JaEasy, "<b>｜山《やま》</b>").to_html();
    assert!(!html.contains("<b>") && html.contains("｜山《やま》"), "{html}");
    assert_eq!(Phrase::given("a").plain(), "a");
}

#[test]
fn style_loses_blanks_and_nothing_else() {
    for (from, to) in [
        ("a  { color : red ; }\n", "a{color :red}"),
        (
            "/* x */ a :hover > b { --f: \"A  B\", c; margin: -1px calc(1px + 2px); }",
            "a :hover>b{--f:\"A  B\",c;margin:-1px calc(1px + 2px)}",
        ),
        ("@media (min-width: 1px) and (x: y) { a, b { c: d } }", "@media (min-width:1px) and (x:y){a,b{c:d}}"),
    ] {
        assert_eq!(style::minify(from), to);
    }
}
