// The journal for auditors: whole, in order, chained, and any change to it is noticed.
import { Book, type Entry } from '../fixtures/ledger';
import { JOURNAL } from '../fixtures/routes';
import { expect, test } from '../fixtures/test';

async function read(answer: Promise<{ text(): Promise<string> }>): Promise<Entry[]> {
  return (await (await answer).text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Entry);
}

test('the journal is read from any entry on', async ({ auditor, officer, person }) => {
  const member = await person.memberNumber();
  for (const amount of [1, 2, 3]) await officer.grant(member, amount);
  const { request } = await auditor.fresh();
  const all = await read(request.get(JOURNAL));
  expect(all[0]?.seq).toBe(1);
  const last = all.at(-1)!.seq;
  expect((await read(request.get(`${JOURNAL}?after=${last - 2}`))).map(({ seq }) => seq)).toEqual([last - 1, last]);
  expect(await read(request.get(`${JOURNAL}?after=${last}`))).toEqual([]);
  expect(await read(request.get(`${JOURNAL}?after=${last + 1000}`))).toEqual([]);
});

test('what is left of a budget is what the office shows', async ({ ledger, officer, person }) => {
  const seq = await officer.grant(await person.memberNumber(), 10);
  const book = await ledger();
  const left = book.of(book.grant(seq).budget).available;
  const { page } = await officer.fresh();
  await page.goto('/office');
  await expect(page.locator('main')).toContainText(left.toLocaleString('en'));
});

test('a changed, missing, doubled or moved entry breaks the chain', async ({ ledger, officer, person }) => {
  const member = await person.memberNumber();
  for (const amount of [5, 6, 7]) await officer.grant(member, amount);
  const { entries } = await ledger();
  const at = entries.length - 2;
  const replaced = (change: Partial<Entry>) => entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry));
  const body = entries[at]!.body;
  const flipped = `${body.slice(0, -1)}${(Number.parseInt(body.at(-1)!, 16) ^ 1).toString(16)}`;
  for (const [what, forged] of [
    ['a changed body', replaced({ body: flipped })],
    ['a changed hash', replaced({ hash: '0'.repeat(64) })],
    ['a missing entry', entries.toSpliced(at, 1)],
    ['a doubled entry', entries.toSpliced(at, 0, entries[at]!)],
    ['two swapped', entries.toSpliced(at, 2, entries[at + 1]!, entries[at]!)],
    ['a number made to fit', entries.toSpliced(at, 1).map((entry, index) => ({ ...entry, seq: index + 1 }))],
  ] as [string, Entry[]][]) {
    expect(() => new Book(forged), what).toThrow();
  }
  expect(new Book(entries).sum).toBe(0);
});
