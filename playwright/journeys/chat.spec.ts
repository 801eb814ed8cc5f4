// What the two of a job write to each other: it appears where the page is open, in the reader's language, and works without scripts.
import type { Page, WebSocketRoute } from '@playwright/test';
import { actByPost, act, askByPost, deskOf, introduce, offers, request } from '../fixtures/cohelp';
import type { Person } from '../fixtures/person';
import { Seat } from '../fixtures/seat';
import { expect, test } from '../fixtures/test';

const messages = (page: Page) => page.locator('#chat [role=log] li');
const lives = (page: Page) => page.getByText('新しいメッセージは、ここに出ます');

/** A job the two have agreed on. */
async function agreed(asker: Person, helper: Person, title: string): Promise<string> {
  const job = await askByPost(asker.request, request({ title, reward: '100' }));
  await actByPost(helper.request, job, { act: 'offer', note: '伺えます' });
  await actByPost(asker.request, job, { act: 'choose', offer: (await offers(asker.request, job))[0]! });
  return job;
}

test('the two write to each other, each page shows it at once, and what is being typed stays', async ({ officer, operator, people }) => {
  const [asker, helper, other] = await people(3);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await agreed(asker!, helper!, '棚の組み立て');
  const [mine, theirs] = [asker!.page, helper!.page];
  await theirs.goto(job);
  await expect(lives(theirs)).toBeVisible();
  await theirs.locator('#say').fill('書きかけの返事');

  await act(mine, job, 'chat', { say: '裏の門から入ってください。' });
  await expect(mine).toHaveURL(new RegExp(`${job}\\?done=written#sent$`));
  await expect(messages(mine)).toHaveCount(1);
  await expect(messages(theirs)).toHaveCount(1);
  await expect(messages(theirs)).toContainText('裏の門から入ってください。');
  await expect(theirs.locator('#say')).toHaveValue('書きかけの返事');

  // A phrase needs no typing, and is read in the other one's language.
  await mine.goto(`/language/en?next=${job}`);
  await mine.goto(job);
  await theirs.getByRole('button', { name: '場所がわかりません' }).click();
  await expect(theirs.locator('#sent')).toBeInViewport();
  await expect(theirs.locator('#sent')).toBeFocused();
  await expect(messages(mine)).toHaveCount(2);
  await expect(messages(mine).last()).toContainText('I cannot find the place');
  await mine.goto(`/language/ja?next=${job}`);

  // What else happens is said, and shown when the reader wants it.
  await introduce((await operator.fresh()).page, job);
  await expect(theirs.getByText('この約束の状況が変わりました。')).toBeVisible();
  await theirs.getByRole('link', { name: '新しい内容を見る' }).click();
  await expect(theirs.locator('main')).toContainText('活動の前に、あなたからセンターに連絡します。');

  // Nobody else reads it or takes part.
  expect((await other!.request.get(job)).status()).toBe(404);
  expect((await other!.request.get(`${job}/live?after=0`)).status()).toBe(404);
  expect((await actByPost(other!.request, job, { act: 'chat', say: 'わたしも' })).status()).toBe(404);
  const desk = await (await operator.fresh()).page.request.get(deskOf(job));
  expect(await desk.text()).not.toContain('裏の門');
});

test('a message that comes while the line is cut is there when it is back, once', async ({ officer, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await agreed(asker!, helper!, '時計の電池の交換');
  const page = await helper!.page.context().newPage();
  const open: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/live/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(message));
    open.push(socket);
  });
  await page.goto(job);
  await expect(lives(page)).toBeVisible();
  await actByPost(asker!.request, job, { act: 'chat', say: '一つめ' });
  await expect(messages(page)).toHaveText([/一つめ/]);

  await page.context().setOffline(true);
  await open.at(-1)!.close({ code: 4001 });
  await expect(page.getByText('つなぎ直しています')).toBeVisible();
  await actByPost(asker!.request, job, { act: 'chat', say: '二つめ' });
  await actByPost(asker!.request, job, { act: 'chat', phrase: 'thank-you' });
  await page.context().setOffline(false);
  await expect(messages(page)).toHaveText([/一つめ/, /二つめ/, /ありがとうございます/]);
  await expect(page.locator('#chat li')).toHaveCount(3);

  // More than a fresh page shows unfolded: none is left out.
  await page.context().setOffline(true);
  await open.at(-1)!.close({ code: 4001 });
  await expect(page.getByText('つなぎ直しています')).toBeVisible();
  for (const who of [asker!, helper!]) {
    for (let number = 1; number <= 12; number += 1) await actByPost(who.request, job, { act: 'chat', say: `${number}番` });
  }
  await page.context().setOffline(false);
  await expect(messages(page)).toHaveCount(27);
  await expect(messages(page).nth(3)).toContainText('1番');

  // What somebody is typing stays when the other one leaves; that something changed is said.
  await page.locator('#say').fill('書きかけ');
  await actByPost(helper!.request, job, { act: 'cancel', reason: '体調が悪くなりました', costs: '0' });
  await expect(page.getByText('この約束の状況が変わりました。')).toBeVisible();
  await expect(page.locator('#say')).toHaveValue('書きかけ');
  await page.close();
});

test('without script messages are written, read, refused with a reason, and opened to the centre by who turns there', async ({ browser, officer, operator, people }) => {
  const [asker, helper] = await people(2);
  await officer.grant(await asker!.memberNumber(), 500);
  const job = await agreed(asker!, helper!, '花の植えかえ');
  const seat = await Seat.withoutScript(browser, helper!);
  const { page } = seat;
  await page.goto('/');
  await page.goto(job);
  await expect(lives(page)).toBeHidden();
  await page.getByRole('button', { name: '送る', exact: true }).click();
  await expect(page).toHaveTitle(/^エラー/);
  await expect(page.locator('#say-error')).toBeVisible();
  await page.locator('#say').fill('長ぐつは要りますか。');
  await page.getByRole('button', { name: '送る', exact: true }).click();
  await expect(messages(page)).toContainText(['長ぐつは要りますか。']);
  await page.getByRole('button', { name: 'ありがとうございます' }).click();
  await expect(messages(page)).toHaveCount(2);

  // The other one is told once, and has seen it by reading.
  await asker!.page.goto('/notifications');
  await asker!.page.getByRole('link', { name: '相手からメッセージが届きました' }).click();
  await expect(messages(asker!.page)).toHaveCount(2);

  await act(page, job, 'consult', { text: '返事がありません。' });
  const desk = await (await operator.fresh()).withoutScript(browser);
  await desk.goto(deskOf(job));
  await expect(desk.locator('main')).toContainText('長ぐつは要りますか。');
  await desk.context().close();
  await seat.leave();
});
