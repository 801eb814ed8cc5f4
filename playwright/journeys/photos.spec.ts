// Photos: of what is asked for, and between the two; what is no photo; and what is left of what a telephone writes into one.
import type { Page } from '@playwright/test';
import { actByPost, askByPost, deskOf, offers, request } from '../fixtures/cohelp';
import { actForm } from '../fixtures/forms';
import { awake, type Person } from '../fixtures/person';
import { SECRET, chosen, photo } from '../fixtures/photo';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

const shown = (page: Page) => page.locator('#photos img');
const sent = (page: Page) => page.locator('#chat [role=log] img');

/** Chooses a file and sends it. */
async function send(page: Page, file: ReturnType<typeof chosen> | undefined, caption = ''): Promise<void> {
  const form = actForm(page, 'photo');
  if (!(await form.isVisible())) await page.locator('details', { has: form }).locator('summary').click();
  if (file) await form.locator('#picture').setInputFiles(file);
  await form.locator('#caption').fill(caption);
  await form.locator('button[type=submit]').click();
}

/** The picture arrived, this way up. */
async function isSeen(page: Page, image: ReturnType<typeof shown>): Promise<void> {
  await image.scrollIntoViewIfNeeded();
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => [element.naturalWidth, element.naturalHeight])).toEqual([48, 64]);
}

async function choose(asker: Person, helper: Person, job: string): Promise<void> {
  await actByPost(helper.request, job, { act: 'offer', note: '伺えます' });
  await actByPost(asker.request, job, { act: 'choose', offer: (await offers(asker.request, job))[0]! });
}

test('a photo shows what is asked for, to who helps and nobody before, and the two send each other more', async ({ officer, operator, people }) => {
  const [asker, helper, other] = await people(3);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '棚の移動', reward: '100' }));
  const [mine, theirs] = [asker!.page, helper!.page];
  await mine.goto(job);
  const file = await photo(mine);
  expect(file.includes(SECRET)).toBe(true);
  for (const caption of ['動かしたい棚', '']) {
    await send(mine, chosen(file), caption);
    await expect(mine).toHaveURL(new RegExp(`${job}\\?done=photo#sent$`));
    await expect(mine.locator('#sent')).toBeFocused();
  }
  await expect(shown(mine)).toHaveCount(2);
  await isSeen(mine, shown(mine).first());
  await mine.getByRole('button', { name: '写真2を削除する' }).click();
  await expect(mine.getByText('写真を削除しました')).toBeVisible();
  await expect(shown(mine)).toHaveCount(1);

  const source = (await shown(mine).getAttribute('src'))!;
  const kept = await asker!.request.get(source);
  expect(kept.headers()['content-type']).toBe('image/jpeg');
  const bytes = await kept.body();
  expect(bytes.includes(SECRET)).toBe(false);
  expect(bytes.length).toBeLessThan(file.length / 2);

  await theirs.goto(job);
  await expect(theirs.locator('main')).not.toContainText('動かしたい棚');
  expect((await helper!.request.get(source)).status()).toBe(404);
  await choose(asker!, helper!, job);
  await theirs.goto(job);
  await expect(theirs.locator('#photos figcaption')).toHaveText('動かしたい棚');
  await isSeen(theirs, shown(theirs));

  // It comes in while the other one's page is open.
  await mine.goto(job);
  await expect(mine.getByText('新しいメッセージは、ここに出ます')).toBeVisible();
  await send(theirs, chosen(file), '門の前です');
  await expect(theirs.locator('#sent')).toBeFocused();
  await expect(sent(mine)).toHaveCount(1);
  await expect(mine.locator('#chat [role=log]')).toContainText('門の前です');
  await isSeen(mine, sent(mine));
  const between = (await sent(mine).getAttribute('src'))!;
  for (const address of [source, between]) expect((await other!.request.get(address)).status()).toBe(404);

  const centre = (await operator.fresh()).page;
  await centre.goto(deskOf(job));
  await isSeen(centre, shown(centre));
  expect((await centre.request.get(deskOf(between))).status()).toBe(404);
  await actByPost(helper!.request, job, { act: 'consult', text: '場所が違いました。' });
  await centre.reload();
  await isSeen(centre, centre.locator('main [role=log] img'));
  await mine.goto('/me/log');
  await expect(mine.locator('main')).toContainText('助け合いの内容を見ました');
});

test('what is no photo is refused with a reason, without scripts too', async ({ browser, officer, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '額ぶちをかける', reward: '100' }));
  const file = await photo(asker!.page);
  const seat = await Seat.withoutScript(browser, asker!);
  const { page } = seat;
  await page.goto(job);
  const large = await photo(asker!.page, 9 * 1024 * 1024);
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  const wrong: [ReturnType<typeof chosen> | undefined, string][] = [
    [undefined, '「写真」を選んでください'],
    [chosen(html), 'JPEGかPNGの写真を選んでください'],
    [chosen(file.subarray(0, 400)), 'この写真は開けませんでした'],
    [chosen(large), '写真は8MBまでです'],
  ];
  for (const [given, words] of wrong) {
    await send(page, given, '額ぶち');
    await expect(page).toHaveTitle(/^エラー/);
    await expect(page.locator('#error-summary')).toContainText(words);
    await expect(page.locator('#picture-error')).toBeVisible();
    await page.locator('#error-summary a[href="#picture"]').click();
    await expect(page.locator('#picture')).toBeFocused();
  }
  await expect(shown(page)).toHaveCount(0);
  await send(page, chosen(file), '額ぶち');
  await expect(page.getByText('写真を加えました')).toBeVisible();
  await isSeen(page, shown(page));
  await page.getByRole('button', { name: '写真1を削除する' }).click();
  await expect(shown(page)).toHaveCount(0);
  await seat.leave();
});

test('with script a photo is made smaller before it is sent, whatever the telephone made of it', async ({ officer, people }) => {
  const [asker] = await people(1);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await askByPost(asker!.request, request({ title: '水そうの移動', reward: '100' }));
  const { page } = asker!;
  await page.goto(job);
  await awake(page);
  // A PNG of noise, larger than is taken; and a format that is not.
  const [large, foreign] = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 });
    const pen = canvas.getContext('2d')!;
    const noise = pen.createImageData(2400, 1800);
    for (let at = 0; at < noise.data.length; at += 65_536) crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
    pen.putImageData(noise, 0, 0);
    return ['image/png', 'image/webp'].map((kind) => canvas.toDataURL(kind).split(',')[1]!);
  });
  for (const [body, name, mimeType] of [[large!, 'noise.png', 'image/png'], [foreign!, 'noise.webp', 'image/webp']] as const) {
    const buffer = Buffer.from(body, 'base64');
    if (name === 'noise.png') expect(buffer.length).toBeGreaterThan(8 * 1024 * 1024);
    await send(page, { name, mimeType, buffer });
    await expect(page).toHaveURL(new RegExp(`${job}\\?done=photo#sent$`));
    const image = shown(page).last();
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => [element.naturalWidth, element.naturalHeight])).toEqual([2048, 1536]);
  }
});
