// Reading codes with a camera, in front of which a real poster and a real phone are held.
import type { Page } from '@playwright/test';
import { Seeing } from '../fixtures/camera';
import { awake } from '../fixtures/person';
import { makeCode, shopOf, type Shop } from '../fixtures/shops';
import { expect, test } from '../fixtures/test';

/** Presses the camera's button once the page has it. */
async function scan(page: Page): Promise<void> {
  await awake(page);
  await page.getByRole('button', { name: 'カメラで読み取る' }).click();
}

/** What a browser's own detector does: read that text, fail, or never answer. */
type Sees = { text: string } | 'nothing' | 'no end';

/** A detector as some browsers have, and as others only pretend to. */
async function detector(page: Page, sees: Sees): Promise<void> {
  await page.addInitScript((sees) => {
    (window as unknown as { BarcodeDetector: unknown }).BarcodeDetector = class {
      static getSupportedFormats = async () => ['ean_13', 'qr_code'];
      detect = async (video: unknown) => {
        if (sees === 'no end') return new Promise(() => undefined);
        if (sees === 'nothing' || !(video instanceof HTMLVideoElement)) throw new DOMException('no service', 'NotSupportedError');
        return [{ rawValue: sees.text }];
      };
    };
  }, sees);
}

const posterOf = async (page: Page, shop: Shop) => {
  await page.goto(`/shop/${shop.number}/poster`);
  await page.emulateMedia({ media: 'print' });
  return page.locator('section.mg-card');
};

test('a poster on the counter is scanned and paid', async ({ person, people, officer, ledger }) => {
  const [clerk] = await people(1);
  const shop = await shopOf(officer, clerk!, 'あさひ書房 本店', 'books');
  await officer.grant(await person.memberNumber(), 500);
  const poster = await posterOf(clerk!.page, shop);
  const seeing = await Seeing.of(poster, person.context);
  const { page } = seeing;
  let read: string | null = null;
  page.on('request', (request) => {
    if (request.method() === 'POST') read ??= new URLSearchParams(request.postData() ?? '').get('shop');
  });
  await page.goto('/wallet/shop');
  await scan(page);
  await expect(page).toHaveURL(new RegExp(`/wallet/shop/${shop.number}$`));
  await expect(page.locator('main')).toContainText('あさひ書房 本店');
  await page.locator('#amount').fill('120');
  await page.getByRole('button', { name: '内容を確かめる' }).click();
  await page.getByRole('button', { name: '120ポイントを支払う' }).click();
  await expect(page).toHaveURL(/\/wallet\/done\/\d+$/);
  await seeing.close();
  expect(await person.balance()).toEqual({ available: 380, held: 0 });
  expect((await ledger()).sum).toBe(0);
  expect(read, 'what was read is the whole code, not the number beside it').toMatch(/^000201.+6304[0-9A-F]{4}$/);
  for (const sees of [{ text: read! }, 'nothing', 'no end'] as const) {
    const other = await Seeing.of(poster, person.context, (page) => detector(page, sees));
    await other.page.goto('/wallet/shop');
    await scan(other.page);
    await expect(other.page, `the browser's own: ${JSON.stringify(sees)}`).toHaveURL(new RegExp(`/wallet/shop/${shop.number}$`));
    await other.close();
  }
});

test('a code on a phone is scanned at the till, with a sound', async ({ person, people, officer }) => {
  const [clerk] = await people(1);
  const shop = await shopOf(officer, clerk!, 'みなと亭 別館', 'dining');
  await officer.grant(await person.memberNumber(), 500);
  const code = await makeCode(person.page, '300');
  const seeing = await Seeing.of(person.page.getByRole('img', { name: '支払いコードのQRコード' }), clerk!.context);
  const { page } = seeing;
  await page.goto(`/shop/${shop.number}`);
  await scan(page);
  await expect(page.locator('#code')).toHaveValue(code);
  await expect(page.getByRole('status').filter({ hasText: '読み取りました' })).toBeVisible();
  await expect(page.locator('#amount'), 'what is still to be typed').toBeFocused();
  expect(await seeing.films()).toBe(false);
  const sound = page.waitForResponse(/\/assets\/paid\.[0-9a-f]{12}\.wav$/);
  await page.locator('#amount').fill('250');
  await page.getByRole('button', { name: '受け取る' }).click();
  await expect(page.getByText('みなと亭 別館が250ポイントを受け取りました。')).toBeVisible();
  expect((await sound).headers()['content-type']).toBe('audio/wav');
  await expect.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.played.length), 'it sounds after a click on our pages').toBeGreaterThan(0);
  await seeing.close();
});

test('what is no shop of ours, and a camera that is turned off', async ({ person }) => {
  await makeCode(person.page, '300');
  const seeing = await Seeing.of(person.page.getByRole('img', { name: '支払いコードのQRコード' }), person.context);
  const { page } = seeing;
  await page.goto('/wallet/shop');
  await scan(page);
  await expect(page.getByText('このQRコードは、ほかのサービスのものです')).toBeVisible();
  expect(await seeing.films()).toBe(true);
  await expect(page.locator('#shop'), 'it is not taken').toHaveValue('');
  await page.getByRole('button', { name: 'カメラを止める' }).press('Enter');
  await expect(page.locator('video')).toBeHidden();
  await expect.poll(() => seeing.films()).toBe(false);
  await expect(page.getByRole('button', { name: 'カメラで読み取る' })).toBeFocused();
  await seeing.close();
});

test('without a camera the number is asked for', async ({ person }) => {
  const { page } = person;
  await page.goto('/wallet/shop');
  await scan(page);
  await expect(page.getByText('カメラを使えません')).toBeVisible();
  await expect(page.getByRole('button', { name: 'カメラで読み取る' })).toBeVisible();
  await page.locator('#shop').fill('1');
  await page.locator('form:has(#shop) button[type=submit]').click();
  await expect(page.locator('#error-summary')).toContainText('7けたの番号です');
});
