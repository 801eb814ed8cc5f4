// With keys alone: asking for help from the start page to the end, with the focus always in sight.
import type { Page } from '@playwright/test';
import { day } from '../fixtures/calendar';
import { expect, test } from '../fixtures/test';

test.use({ viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false, deviceScaleFactor: 1 });

/** Presses Tab until the focus is on that element. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector);
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const there = await target.evaluateAll((all) => all.includes(document.activeElement as HTMLElement | SVGElement));
    if (there) return expectFocusInSight(page, selector);
  }
  throw new Error(`Tab never comes to ${selector}`);
}

/** The focus is marked and not covered by the bar (WCAG 2.4.7, 2.4.11). */
async function expectFocusInSight(page: Page, selector: string): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement!;
    const label = element.matches('input[type=radio]') ? element.nextElementSibling! : element;
    const style = getComputedStyle(label);
    const { top, bottom, left, right } = label.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, Math.min(Math.max((top + bottom) / 2, 1), innerHeight - 1));
    return {
      marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
      inSight: top < innerHeight && bottom > 0 && hit !== null && (label.contains(hit) || hit.contains(label)),
    };
  });
  expect(seen, selector).toEqual({ marked: true, inSight: true });
}

/** Types a day into a calendar field, whatever order the browser has for its parts. */
async function typeDay(page: Page, value: string): Promise<void> {
  const [year, month, date] = value.split('-') as [string, string, string];
  for (const parts of [[month, date, year], [year, month, date], [date, month, year]]) {
    await tabTo(page, '#day');
    for (const part of parts) {
      await page.keyboard.type(part);
      // Two digits lead on by themselves; a year may have six and does not.
      if (part === year && part !== parts.at(-1)) await page.keyboard.press('ArrowRight');
    }
    if ((await page.locator('#day').inputValue()) === value) return;
    await page.locator('#day').evaluate((input: HTMLInputElement) => { input.value = ''; input.blur(); });
    await page.keyboard.press('Shift+Tab');
  }
  throw new Error('no order of parts fits');
}

async function chooseWithArrows(page: Page, id: string, value: string): Promise<void> {
  await tabTo(page, `#${id}`);
  const field = page.locator(`#${id}`);
  for (let presses = 0; presses < 40 && (await field.inputValue()) !== value; presses += 1) await page.keyboard.press('ArrowDown');
  expect(await field.inputValue()).toBe(value);
}

test('asking for help', async ({ person, officer }) => {
  await officer.grant(await person.memberNumber(), 1000);
  const { page } = person;
  await page.goto('/');
  await tabTo(page, 'a[href="#main"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await page.goto('/');
  await tabTo(page, 'nav a[href="/help"]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/help$/);
  await tabTo(page, 'main a[href="/help/new"]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/help\/new$/);

  await tabTo(page, 'form:has(#title) button[type=submit]');
  await page.keyboard.press('Enter');
  await expect(page.locator('#error-summary')).toBeFocused();
  await tabTo(page, '#error-summary a[href="#category"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('#category')).toBeFocused();

  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '#title');
  await page.keyboard.type('Light bulb');
  await tabTo(page, '#details');
  await page.keyboard.type('The one in the hall.');
  await chooseWithArrows(page, 'area', 'sakurado');
  await typeDay(page, day(2));
  await chooseWithArrows(page, 'from', '10:00');
  await chooseWithArrows(page, 'to', '11:00');
  await tabTo(page, '#reward');
  await page.keyboard.type('300');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('内容を確認する');
  await tabTo(page, 'button[name=step][value=send]');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?done=asked$/);
});

test('signing in and out', async ({ person }) => {
  const { page } = person;
  await page.goto('/signout');
  await tabTo(page, 'main form[action="/signout"] button');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインアウトしました');
  await page.goto('/signin');
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
  await tabTo(page, 'leptos-island button');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/$/);
});

test('choosing another language', async ({ page }) => {
  await page.goto('/join');
  await tabTo(page, 'header summary');
  await page.keyboard.press('Enter');
  await tabTo(page, 'header a[hreflang=en]');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/join$/);
});
