import { redirect } from '@sveltejs/kit';

import { env } from '$env/dynamic/private';
import { day, figure, hourOf, monthOf, window } from '$lib/format.js';
import { home, reader } from '$lib/server/rows.js';

// No script on this page, as on ours.
export const csr = false;

const AHEAD_MS = Number(env.CLOCK_AHEAD_SECONDS ?? 0) * 1000;

function greeting(now) {
  const hour = hourOf(now);
  if (hour >= 4 && hour <= 10) return 'おはようございます';
  return hour >= 11 && hour <= 16 ? 'こんにちは' : 'こんばんは';
}

const entry = (job) => ({
  href: `/help/${job.word}`,
  title: job.title,
  when: window(job.starts_at, job.ends_at),
  area: job.area,
  end: `${figure(job.to_helper)}ポイント`,
});

export async function load({ cookies }) {
  const person = await reader(cookies.get('session'));
  if (!person) redirect(303, '/signin');
  const now = new Date(Date.now() + AHEAD_MS);
  const { coming, open, thanks } = await home(person.id, monthOf(now));
  return {
    name: person.name,
    greeting: greeting(now),
    available: figure(person.available),
    held: Number(person.held) > 0 ? figure(person.held) : undefined,
    coming: coming.map(entry),
    open: open.slice(0, 3).map(entry),
    thanks: thanks.slice(0, 3).map(({ message, at, title, name }) => ({ message, title, surname: name.split(' ')[0], day: day(at) })),
    thanksCount: thanks.length,
  };
}
