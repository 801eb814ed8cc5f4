import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as oauth from 'oauth4webapi';

import { FAULTS } from './faults.mjs';
import { start } from './issuer.mjs';
import { age, attributes, find, people } from './people.mjs';

const REDIRECT = 'http://localhost:8787/join/callback';
const http = { [oauth.allowInsecureRequests]: true };
const client = { client_id: 'meguri', id_token_signed_response_alg: 'ES256' };

let issuer;
let as;
let auth;
let clientJwk;

before(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  clientJwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid: 'service-1' };
  issuer = await start({ port: 0, clientJwk, redirects: [REDIRECT] });
  auth = oauth.PrivateKeyJwt({ key: pair.privateKey, kid: 'service-1' });
  const url = new URL(issuer.issuer);
  as = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, http));
});
after(() => issuer.close());

/** A browser small enough for one visit: keeps cookies, follows nothing by itself. */
function browser() {
  const jar = new Map();
  return async (url, init = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, ...(cookie && { cookie }) } });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split(/=(.*)/s);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  };
}

async function request(change = {}) {
  const verifier = oauth.generateRandomCodeVerifier();
  const parameters = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: REDIRECT,
    scope: 'openid name address birthdate gender',
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...change,
  };
  for (const [name, value] of Object.entries(parameters)) if (value === undefined) delete parameters[name];
  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams(parameters);
  return { url, verifier, ...parameters };
}

/** Sends the person there, presents a card, and answers with where they end up. */
async function visit(asked, form, go = browser()) {
  const first = await go(asked.url);
  assert.equal(first.status, 303);
  const page = new URL(first.headers.get('location'), issuer.issuer);
  if (page.origin !== issuer.issuer) return page;
  const shown = await go(page);
  assert.equal(shown.status, 200);
  const posted = await go(page, { method: 'POST', body: new URLSearchParams(form) });
  assert.equal(posted.status, 303);
  const back = await go(posted.headers.get('location'));
  assert.equal(back.status, 303);
  return new URL(back.headers.get('location'));
}

async function exchange(asked, landed, authentication = auth, verifier = asked.verifier) {
  const parameters = oauth.validateAuthResponse(as, client, landed, asked.state);
  return oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, REDIRECT, verifier, http);
}

/** The whole proof, judged by an independent relying party. */
async function proof(form, go) {
  const asked = await request();
  const response = await exchange(asked, await visit(asked, form, go));
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: asked.nonce, requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, response, http);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const userinfo = await oauth.processUserInfoResponse(as, client, claims.sub,
    await oauth.userInfoRequest(as, client, tokens.access_token, http));
  return { claims, userinfo, tokens, asked };
}

test('says what it does, and nothing weaker', () => {
  assert.equal(as.issuer, issuer.issuer);
  assert.deepEqual(as.response_types_supported, ['code']);
  assert.deepEqual(as.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(as.token_endpoint_auth_methods_supported, ['private_key_jwt']);
  assert.deepEqual(as.id_token_signing_alg_values_supported, ['ES256']);
  assert.deepEqual(as.subject_types_supported, ['pairwise']);
  assert.equal(as.authorization_response_iss_parameter_supported, true);
});

test('a whole proof; attributes come from userinfo alone', async () => {
  const { claims, userinfo } = await proof({ person: 'takasaki-masao', outcome: 'ok' });
  assert.equal(userinfo.name, '髙﨑 正雄');
  assert.deepEqual(Object.keys(userinfo).sort(), ['address', 'birthdate', 'gender', 'name', 'sub']);
  for (const name of ['name', 'address', 'birthdate', 'gender']) assert.equal(claims[name], undefined, name);
  assert.ok(claims.auth_time > 0 && claims.exp - claims.iat <= 300);
  assert.doesNotMatch(claims.sub, /takasaki/);
});

test('the same card is the same subject, in one browser and after another person', async () => {
  const go = browser();
  const first = await proof({ person: 'sato-hana', outcome: 'ok' }, go);
  const other = await proof({ person: 'sato-kenta', outcome: 'ok' }, go);
  const again = await proof({ person: 'sato-hana', outcome: 'moved' }, go);
  assert.equal(first.claims.sub, again.claims.sub);
  assert.notEqual(first.claims.sub, other.claims.sub);
  assert.notEqual(first.userinfo.address, again.userinfo.address);
  const later = await proof({ person: 'sato-hana', outcome: 'ok' });
  assert.equal(later.userinfo.address, first.userinfo.address, 'a change lasts for one proof');
});

test('outcomes', async () => {
  const renamed = (await proof({ person: 'sato-hana', outcome: 'renamed' })).userinfo.name;
  for (const part of ['髙', '﨑', '𠮷', '葛\u{E0100}']) assert.ok(renamed.includes(part), part);
  assert.equal((await proof({ person: 'sato-hana', outcome: 'revoked' })).userinfo.certificate_status, 'revoked');
  assert.match((await proof({ person: 'sato-hana', outcome: 'nonresident' })).userinfo.address, /となり市/);
  assert.ok(age((await proof({ person: 'sato-hana', outcome: 'minor' })).userinfo.birthdate) < 18);
  for (const [outcome, error] of [['cancel', 'access_denied'], ['error', 'server_error']]) {
    const asked = await request();
    const landed = await visit(asked, { person: 'sato-hana', outcome });
    assert.equal(landed.searchParams.get('error'), error);
    assert.equal(landed.searchParams.get('state'), asked.state);
  }
});

test('numbered people for load', async () => {
  const { userinfo } = await proof({ person: 'resident-0042', outcome: 'ok' });
  assert.deepEqual({ ...userinfo, sub: undefined }, { ...attributes(find('resident-0042'), 'ok'), sub: undefined });
  for (const id of ['resident-0000', 'resident-10000', 'resident-1', 'nobody', '']) assert.equal(find(id), undefined, id);
  for (let number = 1; number <= 9999; number += 1) {
    const person = find(`resident-${String(number).padStart(4, '0')}`);
    assert.match(person.birthdate, /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d)$/);
  }
  assert.equal(people.length, 12);
});

test('the page names people, is marked as a sandbox and holds no script', async () => {
  const go = browser();
  const first = await go((await request({ login_hint: 'resident-"0007' })).url);
  const response = await go(new URL(first.headers.get('location'), issuer.issuer));
  const page = await response.text();
  for (const { name } of people) assert.ok(page.includes(`>${name}</button>`), name);
  assert.ok(page.includes('デモ用カード発行者') && page.includes('Sandbox — synthetic people only'));
  assert.ok(!/<script|javascript:|resident-"/.test(page));
  const refused = await go(new URL(first.headers.get('location'), issuer.issuer), { method: 'POST', body: new URLSearchParams({ person: 'nobody' }) });
  assert.equal(refused.status, 400);
});

test('requests it refuses', async () => {
  const plain = 'x'.repeat(43);
  for (const [change, error] of [
    [{ nonce: undefined }, 'invalid_request'],
    [{ state: undefined }, 'invalid_request'],
    [{ nonce: 'n'.repeat(256) }, 'invalid_request'],
    [{ state: '状態' }, 'invalid_request'],
    [{ code_challenge: plain, code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge: plain, code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    [{ response_type: 'id_token' }, 'unsupported_response_type'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ prompt: 'none' }, 'login_required'],
  ]) {
    const landed = await visit(await request(change), {});
    const error_seen = new URLSearchParams(landed.search || landed.hash.slice(1)).get('error');
    assert.equal(error_seen, error, JSON.stringify(change));
    assert.equal(landed.searchParams.get('code'), null);
  }
  for (const change of [{ redirect_uri: 'http://localhost:8787/elsewhere' }, { client_id: 'nobody' }]) {
    const response = await fetch((await request(change)).url, { redirect: 'manual' });
    assert.equal(response.status, 400, JSON.stringify(change));
  }
});

test('ways to authenticate it refuses', async () => {
  const stranger = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  for (const wrong of [
    oauth.ClientSecretPost('secret'),
    oauth.ClientSecretBasic('secret'),
    oauth.ClientSecretJwt('a secret of more than thirty-two bytes'),
    oauth.None(),
    oauth.PrivateKeyJwt({ key: stranger.privateKey, kid: 'service-1' }),
  ]) {
    const asked = await request();
    const response = await exchange(asked, await visit(asked, { person: 'sato-hana' }), wrong);
    const { error } = await response.json();
    assert.ok(response.status >= 400 && ['invalid_client', 'invalid_request'].includes(error), `${response.status} ${error}`);
  }
});

test('a code is good once, and only with its verifier', async () => {
  const asked = await request();
  const landed = await visit(asked, { person: 'sato-hana' });
  const wrong = await exchange(asked, landed, auth, oauth.generateRandomCodeVerifier());
  assert.equal((await wrong.json()).error, 'invalid_grant');
  const second = await request();
  const there = await visit(second, { person: 'sato-hana' });
  const { access_token } = await (await exchange(second, there)).json();
  assert.equal((await (await exchange(second, there)).json()).error, 'invalid_grant');
  const late = await oauth.userInfoRequest(as, client, access_token, http).catch(() => ({ status: 401 }));
  assert.equal(late.status, 401, 'a code used twice ends its tokens');
});

const next = (fault) => fetch(`${issuer.issuer}/sandbox/next`, { method: 'POST', body: JSON.stringify({ fault, ms: 1 }) });

test('every fault reaches one answer, and an independent reader refuses it', async () => {
  // What that reader lets pass; our own is stricter.
  const taken = new Set(['slow', 'doubled_claim', 'wrong_type']);
  for (const fault of FAULTS) {
    assert.equal((await next(fault)).status, 200);
    const outcome = await proof({ person: 'sato-hana' }).then(() => 'taken', () => 'refused');
    assert.equal(outcome, taken.has(fault) ? 'taken' : 'refused', fault);
  }
  await proof({ person: 'sato-hana' });
  assert.equal((await next('no-such-fault')).status, 400);
});

test('keys rotate, with the old one kept or dropped', async () => {
  const kids = async () => (await (await fetch(as.jwks_uri)).json()).keys.map((key) => key.kid);
  const before = await kids();
  const kept = await (await fetch(`${issuer.issuer}/sandbox/rotate`, { method: 'POST' })).json();
  assert.deepEqual(await kids(), [kept.kid, ...before]);
  const kidOf = ({ tokens }) => JSON.parse(Buffer.from(tokens.id_token.split('.')[0], 'base64url')).kid;
  as = { ...as };
  assert.equal(kidOf(await proof({ person: 'sato-hana' })), kept.kid);
  const dropped = await (await fetch(`${issuer.issuer}/sandbox/rotate?drop=1`, { method: 'POST' })).json();
  assert.deepEqual(await kids(), [dropped.kid]);
  for (const key of (await (await fetch(as.jwks_uri)).json()).keys) assert.equal(key.d, undefined);
});

test('a proof begun before a rotation ends after it', async () => {
  const asked = await request();
  const landed = await visit(asked, { person: 'inoue-sora' });
  await fetch(`${issuer.issuer}/sandbox/rotate?drop=1`, { method: 'POST' });
  assert.equal((await exchange(asked, landed)).status, 200);
});

test('answers to the names of this machine only', async () => {
  const { request: raw } = await import('node:http');
  const status = (host) => new Promise((resolve, reject) => {
    raw({ port: issuer.port, host: '127.0.0.1', path: '/.well-known/openid-configuration', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject).end();
  });
  assert.equal(await status(`127.0.0.1:${issuer.port}`), 200);
  assert.equal(await status('issuer.example'), 421);
});

function run(...flags) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.mjs', import.meta.url)), ...flags]);
  const seen = { out: '', err: '' };
  child.stdout.on('data', (text) => { seen.out += text; });
  child.stderr.on('data', (text) => { seen.err += text; });
  return { child, seen };
}

test('the command says one line, and one sentence when it cannot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'card-issuer-'));
  try {
    const file = join(folder, 'key.json');
    writeFileSync(file, JSON.stringify(clientJwk));
    const ready = run('--port', '0', '--client-redirect', REDIRECT, '--client-redirect', 'http://localhost:8790/join/callback', '--client-key', file);
    await once(ready.child.stdout, 'data');
    ready.child.kill('SIGTERM');
    const [code] = await once(ready.child, 'close');
    assert.deepEqual({ code, ...ready.seen }, { code: 0, out: 'card issuer ready\n', err: '' });
    for (const [flags, sentence] of [
      [['--port', String(issuer.port), '--client-redirect', REDIRECT, '--client-key', file], `card issuer: port ${issuer.port} is in use\n`],
      [['--client-redirect', REDIRECT], 'card issuer: --client-key FILE is missing (the public key of the service, as JWK)\n'],
      [['--client-key', file], 'card issuer: --client-redirect URL is missing\n'],
    ]) {
      const { child, seen } = run(...flags);
      const [status] = await once(child, 'close');
      assert.deepEqual({ status, ...seen }, { status: 1, out: '', err: sentence });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
