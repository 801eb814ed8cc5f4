// Last of all: a year passes.
import { day } from '../fixtures/calendar';
import { postSealed } from '../fixtures/forms';
import { expect, test } from '../fixtures/test';

test('points end: said from the start, warned of, gone the day after', async ({ person, people, officer, clock, ledger }) => {
  const { page } = person;
  // Cards are proven in real time: everybody joins before the clock moves.
  const [other] = await people(1);
  const member = await other!.memberNumber();
  // The journal may be some weeks ahead of the clock by now; it never goes back.
  await clock.to(day(31), '09:00');
  await person.signIn();
  await officer.grant(await person.memberNumber(), 500);
  await page.goto('/wallet');
  await expect(page.getByText(/^\d+年\d+月\d+日（.）まで使えます。$/)).toBeVisible();
  // めぐり市 grants for 365 days.
  await clock.to(day(31 + 345), '12:00');
  await person.signIn('/wallet');
  await expect(page.getByText('もうすぐ使えなくなるポイントがあります')).toBeVisible();
  expect((await postSealed(person.request, '/wallet/pay', { member, amount: '120' })).status()).toBe(303);
  await page.reload();
  await expect(page.getByText(/^380ポイントは、.+を過ぎると使えなくなります。$/)).toBeVisible();
  await clock.to(day(31 + 366), '00:10');
  await person.signIn('/wallet');
  expect(await person.balance()).toEqual({ available: 0, held: 0 });
  await expect(page.getByText('もうすぐ使えなくなる')).toHaveCount(0);
  await page.goto('/wallet/statement');
  await expect(page.getByRole('row', { name: /期限切れ.+−380/ })).toBeVisible();
  const book = await ledger();
  expect(book.sum).toBe(0);
  await page.goto('/wallet');
  const refused = await postSealed(person.request, '/wallet/pay', { member, amount: '1' });
  expect(refused.status()).toBe(422);
});
