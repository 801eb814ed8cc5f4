// Last of all: weeks pass, and the journal never goes back in time.
import { actByPost, askByPost, deskOf, done, request } from '../fixtures/cohelp';
import { day } from '../fixtures/calendar';
import { expect, test } from '../fixtures/test';

test('nobody says anything: the centre has it after a week, and after four the points go back', async ({ officer, operator, people, clock, ledger }) => {
  const [asker, helper] = await people(2);
  const grant = await officer.grant(await asker!.memberNumber(), 1000);
  const job = await askByPost(asker!.request, request({ day: day(1), reward: '300' }));
  await actByPost(helper!.request, job, { act: 'offer', note: '' });
  await done(asker!.page, job, 'choose', 'chosen');
  await clock.to(day(1), '12:00');
  await asker!.signIn(job);
  await done(asker!.page, job, 'report', 'reported', { outcome: 'no-show-helper' });
  expect(await asker!.balance()).toEqual({ available: 700, held: 300 });
  await clock.to(day(9), '12:00');
  const { page: desk } = await operator.fresh();
  await desk.goto('/desk');
  await expect(desk.locator(`a[href="${deskOf(job)}"]`)).toContainText('相談');
  await asker!.signIn(job);
  await expect(asker!.page.locator('main')).toContainText('センターに相談中');
  expect(await asker!.balance()).toEqual({ available: 700, held: 300 });
  await clock.to(day(30), '12:00');
  await asker!.signIn('/wallet');
  expect(await asker!.balance()).toEqual({ available: 1000, held: 0 });
  const book = await ledger();
  expect(book.of(book.grant(grant).account)).toEqual({ available: 1000, held: 0 });
  expect(book.sum).toBe(0);
});
