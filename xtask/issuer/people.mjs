// Who can present a card here, and what the card says. Everybody is synthetic.
import { readFileSync } from 'node:fs';

const data = JSON.parse(readFileSync(new URL('./people.json', import.meta.url), 'utf8'));
const NUMBERED = /^resident-(?!0000)\d{4}$/;

const SURNAMES = ['青木', '石川', '上田', '遠藤', '岡田', '加藤', '木村', '久保', '小林', '斉藤', '清水', '杉山', '高橋', '千葉', '中村', '西村', '野口', '長谷川', '平野', '藤井', '前田', '三浦', '村上', '森田', '山口', '吉川', '渡辺', '和田', '大野', '菊地', '坂本'];
const GIVEN = ['葵', '陽菜', '悠真', '一郎', '恵子', '翔太', '美咲', '大輔', '直美', '誠', '由美', '樹', '芳江', '勇', 'さくら', '凛', '健', '文子', '湊', '和夫', '綾', '修', '千尋'];
const STREETS = ['本町', '港町', '緑が丘', '川端町', '新町', '朝日', '国際通り', '中央', '若葉台', '東浜', '西浜'];

/** What can happen with the card. `cancel` and `error` never reach the attributes. */
export const OUTCOMES = {
  ok: ['そのまま', 'as it is'],
  moved: ['市内で住所が変わった', 'address changed within the city'],
  renamed: ['氏名が変わった（外字）', 'name changed, with rare characters'],
  nonresident: ['市外に住んでいる', 'lives in another city'],
  minor: ['未成年（15歳）', 'a minor, 15 years old'],
  revoked: ['カードの証明書が失効', 'certificate revoked'],
  error: ['発行者のエラー', 'the issuer fails'],
  cancel: ['やめる', 'cancel'],
};

/** The people shown on the page. */
export const people = data.people.map((person) => ({ ...person, address: (person.elsewhere ? data.elsewhere : data.city) + person.address }));

/** The person of that id: one of the page, or `resident-0001` to `resident-9999`; otherwise undefined. */
export function find(id) {
  return people.find((person) => person.id === id) ?? (NUMBERED.test(id) ? numbered(id) : undefined);
}

function numbered(id) {
  const number = Number(id.slice(-4));
  const two = (value) => String(value).padStart(2, '0');
  // Lists of coprime lengths: neighbours differ in everything, and the same number is always the same person.
  const pick = (list) => list[number % list.length];
  return {
    id,
    name: `${pick(SURNAMES)} ${pick(GIVEN)}`,
    address: `${data.city}${pick(STREETS)}${1 + (number % 7)}丁目${1 + (number % 29)}番${1 + (number % 13)}号`,
    birthdate: `${1940 + (number % 67)}${two(1 + (number % 12))}${two(1 + (number % 28))}`,
    gender: String(1 + (number % 2)),
    note: '',
  };
}

/** What the card of that person says after that outcome, as claims of the userinfo endpoint. */
export function attributes(person, outcome, now = new Date()) {
  const { name, address, birthdate, gender } = person;
  const claims = { name, address, birthdate, gender };
  switch (outcome) {
    case 'moved': return { ...claims, address: `${data.city}若葉台3丁目15番2号` };
    // U+845B with a variation selector, U+FA11, and U+20BB7, which needs two UTF-16 units.
    case 'renamed': return { ...claims, name: `葛\u{E0100}﨑髙 𠮷${name.split(' ').at(-1)}` };
    case 'nonresident': return { ...claims, address: `${data.elsewhere}中央2丁目2番2号` };
    case 'minor': return { ...claims, birthdate: `${now.getFullYear() - 16}${'1231'}` };
    case 'revoked': return { ...claims, certificate_status: 'revoked' };
    default: return claims;
  }
}

/** Full years since a birth date written `YYYYMMDD`. */
export function age(birthdate, now = new Date()) {
  const today = now.getFullYear() * 10000 + (now.getMonth() + 1) * 100 + now.getDate();
  return Math.floor((today - Number(birthdate)) / 10000);
}
