// The page where a card is "presented": a plain form, no script, for phones first.
import { age, OUTCOMES, people } from './people.mjs';

const escape = (value) => String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light; font: 1rem/1.7 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; color: #1a1a1c; background: #f8f8fb }
* { box-sizing: border-box }
body { margin: 0 }
main { max-width: 40rem; margin: 0 auto; padding: 1rem }
.banner { background: #ffd43d; padding: .75rem 1rem; text-align: center; font-weight: 700; border-bottom: 4px solid #1a1a1c }
h1 { font-size: 1.5rem; line-height: 1.4; margin: 1rem 0 .25rem }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem }
[lang=en] { color: #4d4d4d; font-size: .875rem }
ul { list-style: none; margin: 0; padding: 0 }
li.person { background: #fff; border: 1px solid #949494; border-radius: 12px; padding: .75rem; margin: 0 0 .75rem }
li.person p { margin: .25rem .25rem 0; overflow-wrap: anywhere }
button { font: inherit; min-height: 3rem; border-radius: 8px; padding: .5rem 1rem; cursor: pointer; border: 2px solid #0031d8; overflow-wrap: anywhere }
li.person button { width: 100%; text-align: left; font-weight: 700; font-size: 1.125rem; background: #0031d8; color: #fff }
button.plain { background: #fff; color: #0031d8; font-weight: 700 }
button:hover { text-decoration: underline }
:focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d }
fieldset { border: 1px solid #949494; border-radius: 12px; background: #fff; margin: 0; padding: .5rem 1rem 1rem }
legend { font-weight: 700; padding: 0 .25rem }
fieldset label { display: flex; gap: .5rem; align-items: baseline; min-height: 2.75rem; padding: .5rem 0 }
fieldset input { width: 1.25rem; height: 1.25rem; flex: none; transform: translateY(.2rem) }
.row { display: flex; gap: .5rem; flex-wrap: wrap }
.row input { font: inherit; min-height: 3rem; padding: .5rem; border: 1px solid #595959; border-radius: 8px; flex: 1 1 12rem; min-width: 0 }
`;

function document(title, body) {
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head>
<body><p class="banner" style="margin:0">デモ用カード発行者<br><span lang="en">Sandbox — synthetic people only</span></p><main>${body}</main></body></html>`;
}

function personItem(person, now) {
  const id = `about-${person.id}`;
  const note = person.note ? `・${escape(person.note)}` : '';
  return `<li class="person"><button name="person" value="${escape(person.id)}" aria-describedby="${id}">${escape(person.name)}</button>
<p id="${id}">${age(person.birthdate, now)}歳・${escape(person.address)}${note}</p></li>`;
}

function outcomeItem(word) {
  const [japanese, english] = OUTCOMES[word];
  const checked = word === 'ok' ? ' checked' : '';
  return `<label><input type="radio" name="outcome" value="${word}"${checked}><span>${japanese} <span lang="en">${english}</span></span></label>`;
}

/** The page of an interaction; `hint` fills the field for numbered people. */
export function choose(hint = '', now = new Date()) {
  const outcomes = Object.keys(OUTCOMES).filter((word) => word !== 'cancel');
  return document('カードをかざす（デモ） | Card sandbox', `
<h1>だれのカードをかざしますか</h1>
<p>本物のカードは使いません。人を選ぶと、その人のカードをかざしたことになります。<br>
<span lang="en">No real card is used. Choose a person to present their card.</span></p>
<form method="post">
<fieldset><legend>カードの状態 <span lang="en">State of the card</span></legend>${outcomes.map(outcomeItem).join('')}</fieldset>
<h2>人を選ぶ <span lang="en">Choose a person</span></h2>
<ul>${people.map((person) => personItem(person, now)).join('')}</ul>
</form>
<form method="post"><input type="hidden" name="outcome" value="cancel"><button class="plain">やめる</button> <span lang="en">Cancel</span></form>
<details${hint ? ' open' : ''}><summary style="padding:1rem 0">番号の住民 <span lang="en">Numbered residents</span></summary>
<form method="post"><label for="numbered">resident-0001 〜 resident-9999</label>
<div class="row"><input id="numbered" name="person" value="${escape(hint)}" pattern="resident-[0-9]{4}" required autocomplete="off"><button class="plain">この人でかざす</button></div></form></details>`);
}

/** A page that says what went wrong. */
export function failed(code, description = '') {
  return document('エラー | Card sandbox', `
<h1>続けられません</h1><p>サービスの画面に戻って、もう一度はじめてください。<br><span lang="en">Please go back to the service and start again.</span></p>
<p><code>${escape(code)}</code> ${escape(description)}</p>`);
}
