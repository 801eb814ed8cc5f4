// Staff and residents face to face: an invitation, an account made at the counter, the way back with two officers.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { documents } from '../fixtures/card';
import { ORIGIN } from '../fixtures/environment';
import { Person } from '../fixtures/person';
import { invite } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';

const CERTIFICATES = fileURLToPath(new URL('../../edge/src/identity/jpki/openssl', import.meta.url));

/** The one-time code on the newest card of the counter. */
async function codeOn(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).match(/\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/)![0];
}

async function typeCode(person: Person, code: string): Promise<void> {
  await person.page.goto('/join');
  await person.page.getByRole('link', { name: '窓口でコードを受け取った方' }).click();
  await person.page.getByLabel('コード').fill(code);
  await person.page.getByRole('button', { name: '次へ進む' }).click();
}

test('an invited officer works until an administrator stops the account', async ({ administrator, browser }) => {
  const { page } = await administrator.fresh();
  const officer = await invite(page, browser, '福祉課 窓口9', '市の職員');
  await officer.page.goto('/office');
  await expect(officer.page.getByRole('heading', { level: 1 })).toHaveText('ポイントを付与する');
  const number = await officer.memberNumber();
  await page.goto('/office/staff');
  const card = page.locator('section, div').filter({ hasText: number }).filter({ has: page.getByRole('button', { name: 'この登録を止める' }) }).last();
  await card.getByRole('button', { name: 'この登録を止める' }).click();
  await expect(page.getByRole('status')).toContainText('変えました');
  await officer.page.goto('/office');
  await expect(officer.page).toHaveURL(/\/signin\?next=/);
  await officer.page.getByRole('button', { name: 'パスキーでサインイン' }).click();
  await expect(officer.page.getByRole('alert')).toContainText('この登録は止められています');
  await officer.leave();
});

test('somebody whose phone reads no card joins at the counter', async ({ officer, browser, contextOptions }) => {
  const { page } = await officer.fresh();
  await page.goto('/office/counter');
  await page.getByRole('button', { name: '登録のコードを出す' }).click();
  await expect(page.getByRole('alert')).toContainText('5か所、直してください');
  const born = `19${40 + Math.floor(Math.random() * 50)}-0${1 + Math.floor(Math.random() * 9)}-1${Math.floor(Math.random() * 10)}`;
  const name = `汐見 ${String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000))}子`;
  await page.getByLabel('お名前').fill(name);
  await page.getByLabel('住所').fill('めぐり市東浜1丁目2番3号');
  await page.getByLabel('生まれた日').or(page.getByLabel('生年月日')).fill(born);
  await page.getByRole('radio', { name: '女性' }).check();
  await page.locator('#evidence').selectOption('residence');
  await page.getByRole('button', { name: '登録のコードを出す' }).click();
  const code = await codeOn(page);
  const resident = await Person.arrive(browser, contextOptions);
  await typeCode(resident, 'ABCDE-1234');
  await expect(resident.page.getByRole('alert')).toContainText('英数字10文字');
  await typeCode(resident, code.toLowerCase());
  await resident.makePasskey();
  await expect(resident.page.getByRole('heading', { level: 1 })).toContainText(name);
  await resident.page.goto('/me/log?kind=office');
  await expect(resident.page.locator('main')).toContainText('窓口で本人を確認し、登録しました');
  // The code has served.
  const other = await Person.arrive(browser, contextOptions);
  await typeCode(other, code);
  await expect(other.page.getByRole('alert')).toContainText('このコードは使えません');
  await Promise.all([resident.leave(), other.leave()]);
});

test('who has lost every passkey comes back with two officers, and is told', async ({ person, officer, administrator, browser, contextOptions }) => {
  const [number, { name, birth }] = [await person.memberNumber(), documents(person.card)];
  const second = await invite((await administrator.fresh()).page, browser, '福祉課 窓口8', '市の職員');
  const { page } = await officer.fresh();
  await page.goto('/office/counter');
  await page.getByRole('link', { name: '登録のある方' }).click();
  await page.locator('#member').fill(number);
  await page.locator('#name').fill(name);
  await page.locator('#birth').fill(birth);
  await page.locator('#evidence').selectOption('licence');
  await page.getByRole('button', { name: '手続きを始める' }).click();
  await expect(page.locator('main')).toContainText('別の職員が認めるのを待っています');
  await second.page.goto('/office/counter');
  const waiting = second.page.locator('.mg-card').filter({ hasText: number });
  await waiting.getByRole('button', { name: '本人と確かめ、認める' }).click();
  await page.goto('/office/counter');
  const code = await codeOn(page);
  const found = await Person.arrive(browser, contextOptions);
  await typeCode(found, code);
  await found.makePasskey();
  expect(await found.memberNumber()).toBe(number);
  // The old phone, wherever it is, shows what happened.
  await person.page.goto('/');
  await expect(person.page.locator('main')).toContainText('新しい記録が');
  await person.page.getByRole('link', { name: '記録を見る' }).click();
  await expect(person.page.locator('main')).toContainText('2人目の職員が、入り直す手続きを認めました');
  await person.page.getByRole('button', { name: '確認しました' }).click();
  await expect(person.page.getByRole('button', { name: '確認しました' })).toHaveCount(0);
  await person.page.goto('/');
  await expect(person.page.locator('main')).not.toContainText('新しい記録が');
  await Promise.all([found.leave(), second.leave()]);
});

test('a certificate handed over says what it is worth', async ({ officer, browser }) => {
  const { page } = await officer.fresh();
  await page.goto('/office/certificate');
  const check = async (file: string) => {
    await page.locator('#certificate').setInputFiles({ name: `${file}.cer`, mimeType: 'application/pkix-cert', buffer: readFileSync(`${CERTIFICATES}/${file}.pem`) });
    await page.getByRole('button', { name: '確かめる', exact: true }).click();
  };
  await check('expired');
  await expect(page.getByRole('alert')).toContainText('期限が過ぎています');
  await check('sign-rsa');
  await expect(page.getByRole('status')).toContainText('証明書は正しく、期限内です');
  await expect(page.getByRole('status')).toContainText('確かめていません');
  await page.getByRole('button', { name: 'この内容を窓口の登録に写す' }).click();
  await expect(page.locator('#name')).not.toHaveValue('');
  await expect(page.locator('#evidence')).toHaveValue('card');
  // The same without script.
  const plain = await (await officer.fresh()).withoutScript(browser, { baseURL: ORIGIN, locale: 'ja-JP' });
  await plain.goto('/office/certificate');
  await plain.getByRole('button', { name: '確かめる', exact: true }).click();
  await expect(plain.getByRole('alert')).toContainText('を選んでください');
  await plain.context().close();
});

test('a grant stands in the log of whom it is for', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 30);
  await person.page.goto('/me/log');
  await person.page.getByRole('link', { name: '職員の操作' }).click();
  await expect(person.page.locator('main')).toContainText('市が30ポイントを付与しました（理由：見守り活動への協力）');
  await expect(person.page.locator('main')).toContainText('市の職員');
  await person.page.getByRole('link', { name: 'サインイン', exact: true }).click();
  await expect(person.page.locator('main')).not.toContainText('付与しました');
});
