// Passkeys, answered by a device in software: every member of an answer that matters, changed one at a time.
import { randomBytes } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { ORIGIN } from '../fixtures/environment';
import type { Person } from '../fixtures/person';
import {
  FLAG, SoftKey, finishPasskey, finishSignIn, read, startPasskey, startSignIn, tell, type Change, type Told,
} from '../fixtures/softkey';
import { expect, test } from '../fixtures/test';

const other = () => randomBytes(32).toString('base64url');

/** What is wrong with an answer, for either ceremony. */
const WRONG: [string, () => Change][] = [
  ['another origin', () => ({ origin: 'https://meguri.invalid' })],
  ['another port', () => ({ origin: 'http://localhost:9' })],
  ['a subdomain', () => ({ origin: ORIGIN.replace('localhost', 'evil.localhost') })],
  ['somebody else\'s frame', () => ({ crossOrigin: true })],
  ['another challenge', () => ({ challenge: other() })],
  ['no challenge', () => ({ challenge: '' })],
  ['another type', () => ({ type: 'payment.get' })],
  ['another relying party', () => ({ rpId: 'meguri.invalid' })],
];

async function options(http: APIRequestContext, body: Buffer): Promise<string> {
  const told = await read(await tell(http, body));
  expect(told.what).toBe('options');
  return told.text;
}

async function register(person: Person, key: SoftKey, change: Change = {}): Promise<Told> {
  const answer = key.create(await options(person.request, startPasskey()), change);
  return read(await tell(person.request, finishPasskey(answer)));
}

async function signIn(http: APIRequestContext, key: SoftKey, change: Change = {}): Promise<Told> {
  const answer = key.get(await options(http, startSignIn()), change);
  return read(await tell(http, finishSignIn(answer)));
}

/** A new browser without any cookie. */
async function anew(person: Person): Promise<APIRequestContext> {
  await person.context.clearCookies();
  return person.request;
}

test('the device in software is taken when it is honest', async ({ newcomer }) => {
  await newcomer.presentCard();
  const key = new SoftKey();
  expect((await register(newcomer, key)).what).toBe('entered');
  const http = await anew(newcomer);
  expect((await signIn(http, key)).what).toBe('entered');
  expect(await newcomer.isSignedIn()).toBe(true);
});

for (const [what, change] of [
  ...WRONG,
  ['nobody recognised', () => ({ flags: FLAG.UP | FLAG.AT })],
  ['nobody present', () => ({ flags: FLAG.UV | FLAG.AT })],
] as [string, () => Change][]) {
  test(`a new passkey with ${what} is refused`, async ({ newcomer }) => {
    await newcomer.presentCard();
    const before = await newcomer.session();
    const key = new SoftKey();
    expect((await register(newcomer, key, change())).what).toBe('refused');
    expect(await newcomer.session()).toBe(before);
    const http = await anew(newcomer);
    key.userHandle ||= other();
    expect((await signIn(http, key)).what).toBe('refused');
    expect(await newcomer.isSignedIn()).toBe(false);
  });
}

for (const [what, change] of [
  ...WRONG,
  ['nobody recognised', () => ({ flags: FLAG.UP })],
  ['nobody present', () => ({ flags: FLAG.UV })],
  ['client data changed after signing', () => ({ afterwards: (data: Buffer) => Buffer.from(`${data.toString().slice(0, -1)},"x":1}`) })],
  ['another key', () => ({ key: new SoftKey().privateKey })],
  ['another credential', () => ({ id: randomBytes(32) })],
  ['nobody\'s user handle', () => ({ userHandle: randomBytes(16).toString('base64url') })],
  ['no user handle', () => ({ userHandle: '' })],
] as [string, () => Change][]) {
  test(`a sign-in with ${what} is refused`, async ({ newcomer }) => {
    await newcomer.presentCard();
    const key = new SoftKey();
    await register(newcomer, key);
    const http = await anew(newcomer);
    expect((await signIn(http, key, change())).what).toBe('refused');
    expect(await newcomer.session()).toBeUndefined();
    expect(await newcomer.isSignedIn()).toBe(false);
  });
}

test('a counter that goes back is a copied key', async ({ newcomer }) => {
  await newcomer.presentCard();
  const key = new SoftKey();
  await register(newcomer, key);
  const http = await anew(newcomer);
  expect((await signIn(http, key, { counter: 10 })).what).toBe('entered');
  await newcomer.context.clearCookies();
  expect((await signIn(http, key, { counter: 10 })).what).toBe('refused');
  expect((await signIn(http, key, { counter: 9 })).what).toBe('refused');
  expect(await newcomer.isSignedIn()).toBe(false);
});

test('one person\'s passkey never opens another\'s account', async ({ people }) => {
  const [one, two] = await people(2);
  const [first, second] = [new SoftKey(), new SoftKey()];
  await register(one!, first);
  await register(two!, second);
  const http = await anew(one!);
  for (const change of [
    { userHandle: second.userHandle }, { id: second.id }, { id: second.id, userHandle: second.userHandle },
  ]) expect((await signIn(http, first, change)).what, JSON.stringify(Object.keys(change))).toBe('refused');
  expect(await one!.isSignedIn()).toBe(false);
});

test('a passkey is bound to the person who began, and an id only once', async ({ people }) => {
  const [one, two] = await people(2);
  const key = new SoftKey();
  expect((await register(one!, key)).what).toBe('entered');
  expect((await register(two!, key)).what, 'the same credential id').toBe('refused');

  // The ceremony of one in the browser of the other: their session, the first one's run.
  const answer = new SoftKey().create(await options(one!.request, startPasskey()));
  const ceremony = (await one!.context.cookies(ORIGIN)).find(({ name }) => name.includes('ceremony'))!;
  await two!.context.addCookies([ceremony]);
  expect((await read(await tell(two!.request, finishPasskey(answer)))).what).toBe('refused');
});

test('an envelope that is none: 422, whatever it is', async ({ person }) => {
  for (const body of ['', '00', '01', '01ff', '0200', '010000', `0101${'ff'.repeat(20)}`]) {
    const answer = await tell(person.request, Buffer.from(body, 'hex'));
    expect(answer.status(), body).toBe(422);
  }
  const asForm = await tell(person.request, startSignIn(), { 'content-type': 'text/plain' });
  expect(asForm.status()).toBe(422);
});
