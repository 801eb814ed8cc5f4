// What is wrong is said at the top and beside the field; what was typed stays.
import type { Page } from '@playwright/test';
import { fill, request, type Request } from '../fixtures/cohelp';
import { day } from '../fixtures/calendar';
import { expect, test } from '../fixtures/test';

/** Sends the form that has this field, and keeps the status of the answer. */
async function send(page: Page, field: string): Promise<number> {
  const path = new URL(page.url()).pathname;
  const answer = page.waitForResponse((response) => response.request().method() === 'POST' && new URL(response.url()).pathname === path);
  await page.locator(`form:has([name=${field}]) button[type=submit]`).first().click();
  const { status } = await answer.then((response) => ({ status: response.status() }));
  await page.waitForLoadState();
  return status;
}

/** The summary has the focus, and each of its lines leads to its field, which says the same. */
async function expectSummary(page: Page, fields: string[]): Promise<void> {
  const summary = page.locator('#error-summary');
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^エラー：/);
  const links = summary.getByRole('link');
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(fields.map((id) => `#${id}`));
  for (const id of fields) {
    const link = summary.locator(`a[href="#${id}"]`);
    await expect(page.locator(`#${id}-error`)).toHaveText(await link.innerText());
    await link.click();
    await expect(page.locator(`#${id}`)).toBeFocused();
    await expect(page.locator(`[aria-invalid=true]:is(#${id}, fieldset:has(#${id}))`)).toBeAttached();
  }
}

async function typed(page: Page): Promise<Record<string, string>> {
  return page.locator('form:has(#title)').evaluate((form) =>
    Object.fromEntries([...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, String(value)])));
}

test.describe('asking for help', () => {
  test('an empty form: every field that is needed', async ({ person, officer }) => {
    await officer.grant(await person.memberNumber(), 2000);
    const { page } = person;
    await page.goto('/help/new');
    expect(await send(page, 'title')).toBe(422);
    await expectSummary(page, ['category', 'title', 'details', 'area', 'day', 'from', 'to', 'reward']);
  });

  test('twelve digits that look like a 個人番号: refused in words, in either width', async ({ person, officer }) => {
    await officer.grant(await person.memberNumber(), 2000);
    const { page } = person;
    await page.goto('/help/new');
    await fill(page, request({ title: '１２３４５６７８９０１８', details: '番号は 1234-5678-9018 です' }));
    expect(await send(page, 'title')).toBe(422);
    await expectSummary(page, ['title', 'details']);
    await expect(page.locator('#title-error')).toContainText('マイナンバーのような12けたの番号があります。');
  });

  test('too long, past, backwards, too much: all at once, with the input kept', async ({ person, officer }) => {
    await officer.grant(await person.memberNumber(), 2000);
    const { page } = person;
    await page.goto('/help/new');
    const wrong: Request = request({
      title: 'あ'.repeat(41), details: '𠮷'.repeat(601), day: day(-1), from: '11:00', to: '10:00', minutes: '0', reward: '10001',
    });
    await fill(page, wrong);
    expect(await send(page, 'title')).toBe(422);
    await expectSummary(page, ['title', 'details', 'day', 'to', 'minutes', 'reward']);
    expect(await typed(page)).toMatchObject(wrong);

    const right = request({ reward: '２，０００' });
    await fill(page, right);
    expect(await send(page, 'title')).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('内容を確認する');
    await page.getByRole('button', { name: '変更する' }).click();
    expect(await typed(page)).toMatchObject(right);
  });

  for (const [field, value] of [['day', '2026-02-30'], ['area', 'nowhere'], ['category', 'gambling'], ['reward', '1e3']] as const) {
    test(`a post no page of ours makes: ${field}`, async ({ person, officer }) => {
      await officer.grant(await person.memberNumber(), 2000);
      const { page } = person;
      await page.goto('/help/new');
      await fill(page, request());
      await page.locator('form:has(#title)').evaluate((form, [name, text]) => {
        form.querySelectorAll<HTMLInputElement>(`[name=${name}]`).forEach((input) => { input.disabled = true; });
        const input = document.createElement('input');
        Object.assign(input, { type: 'hidden', name, value: text });
        form.append(input);
      }, [field, value]);
      expect(await send(page, 'title')).toBe(422);
      await expectSummary(page, [field]);
    });
  }

  test('more points than one has: how many are missing', async ({ person, officer }) => {
    await officer.grant(await person.memberNumber(), 300);
    const { page } = person;
    await page.goto('/help/new');
    await fill(page, request({ reward: '1000' }));
    expect(await send(page, 'title')).toBe(422);
    await expectSummary(page, ['reward']);
    await expect(page.locator('#reward-error')).toContainText('700');
    await expect(page.locator('#reward')).toHaveValue('1000');
  });
});

test.describe('points', () => {
  test('a payment: who, how much, and not more than there is', async ({ person, people, officer }) => {
    const { page } = person;
    const own = await person.memberNumber();
    await officer.grant(own, 100);
    const [other] = await people(1);
    const member = await other!.memberNumber();
    const swapped = member.replace(/(\d)(\d)$/, (_, a: string, b: string) => (a === b ? `${a}${(Number(b) + 1) % 10}` : `${b}${a}`));
    for (const [fields, wrong] of [
      [{ member: '', amount: '' }, ['member', 'amount']],
      [{ member: swapped, amount: '0' }, ['member', 'amount']],
      [{ member, amount: '-5' }, ['amount']],
      [{ member: '1000-0000-08', amount: '1' }, ['member']],
    ] as const) {
      await page.goto('/wallet/pay');
      await page.locator('#member').fill(fields.member);
      await page.locator('#amount').fill(fields.amount);
      expect(await send(page, 'amount')).toBe(422);
      await expectSummary(page, [...wrong]);
      await expect(page.locator('#member')).toHaveValue(fields.member);
    }
    await page.goto('/wallet/pay');
    await page.locator('#member').fill(member);
    await page.locator('#amount').fill('101');
    expect(await send(page, 'amount')).toBe(422);
    await expect(page.locator('main')).toContainText('あと1ポイント');
    await page.goto('/wallet/pay');
    await page.locator('#member').fill(own);
    await page.locator('#amount').fill('1');
    expect(await send(page, 'amount'), 'nobody pays themself').toBe(422);
    expect(await person.balance()).toEqual({ available: 100, held: 0 });
    expect(await other!.balance()).toEqual({ available: 0, held: 0 });
  });

  test('a grant: every field, and a reason of at most 80 characters', async ({ officer }) => {
    const { page } = await officer.fresh();
    await page.goto('/office');
    expect(await send(page, 'amount')).toBe(422);
    await expectSummary(page, ['budget', 'member', 'amount', 'reason']);
    await page.goto('/office');
    await page.locator('#reason').fill('あ'.repeat(81));
    await page.locator('#member').fill('1234');
    await page.locator('#amount').fill('千');
    await page.locator('#budget').selectOption('kyojo');
    expect(await send(page, 'amount')).toBe(422);
    await expectSummary(page, ['member', 'amount', 'reason']);
    await expect(page.locator('#reason')).toHaveValue('あ'.repeat(81));
  });
});
