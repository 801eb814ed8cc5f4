// Days and times as they are read in Japan, which has one time zone and no summer time.
const DAY_NAMES = ['日', '月', '火', '水', '木', '金', '土'];
const JAPAN_MS = 9 * 60 * 60 * 1000;

const inJapan = (at) => new Date(at.getTime() + JAPAN_MS);

/** The hour of the day. */
export const hourOf = (at) => inJapan(at).getUTCHours();

/** The first moment of the month. */
export function monthOf(at) {
  const here = inJapan(at);
  return new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), 1) - JAPAN_MS);
}

/** `11月21日（土）` */
export function day(at) {
  const here = inJapan(at);
  return `${here.getUTCMonth() + 1}月${here.getUTCDate()}日（${DAY_NAMES[here.getUTCDay()]}）`;
}

function time(at) {
  const here = inJapan(at);
  return `${here.getUTCHours()}:${String(here.getUTCMinutes()).padStart(2, '0')}`;
}

/** `11月21日（土） 14:00〜16:00` */
export const window = (from, to) => `${day(from)} ${time(from)}〜${time(to)}`;

const FIGURE = new Intl.NumberFormat('en');

/** `1,200` */
export const figure = (amount) => FIGURE.format(Number(amount));
