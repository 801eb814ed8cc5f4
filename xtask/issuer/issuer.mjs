// A card issuer for trying things out: a real OpenID Connect server with the rules of デジタル認証アプリ.
import { createHash, createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

import { FAULTS, spoil } from './faults.mjs';
import { choose, failed } from './page.mjs';
import { attributes, find, OUTCOMES } from './people.mjs';
import { memory } from './store.mjs';

const { Provider, errors, interactionPolicy } = await quietly(() => import('oidc-provider'));

const SCOPE = 'openid name address birthdate gender';
const BODY_BYTES_MAX = 4096;
const KEYS_MAX = 4;
// Fixed, so that a person is the same person after a restart. Worth nothing: everybody is synthetic.
const PAIRWISE_KEY = 'meguri card sandbox';

/** The library greets on the console; our one line must stay the only one. */
async function quietly(load) {
  const { warn, info } = console;
  console.warn = console.info = () => {};
  try {
    return await load();
  } finally {
    Object.assign(console, { warn, info });
  }
}

/** What the issuer calls that person towards that client: another name for each client. */
export const pairwise = (client, person) => createHmac('sha256', PAIRWISE_KEY).update(`${client}\0${person}`).digest('base64url');

function newKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(9).toString('base64url'), use: 'sig', alg: 'ES256' };
}

function policy() {
  const { Check, base } = interactionPolicy;
  const prompts = base();
  // Attributes are asked for by the request alone; presenting the card is the consent.
  prompts.remove('consent');
  const bounded = (value) => typeof value === 'string' && /^[\x20-\x7e]{1,255}$/.test(value);
  prompts.get('login').checks.add(new Check('parameters', 'state and nonce are required', (ctx) => {
    for (const name of ['state', 'nonce']) {
      if (!bounded(ctx.oidc.params[name])) throw new errors.InvalidRequest(`missing or unusable parameter "${name}"`);
    }
    return Check.NO_NEED_TO_PROMPT;
  }), 0);
  return prompts;
}

function configuration({ clientId, clientJwk, redirects, keys, cookieKey, adapter }) {
  const { kty, crv, x, y } = clientJwk;
  // Without a name of its own a key is named by its thumbprint (RFC 7638), as the service names it.
  const canonical = JSON.stringify({ crv, kty, x, y });
  const kid = clientJwk.kid ?? createHash('sha256').update(canonical).digest('base64url');
  return {
    adapter,
    jwks: { keys },
    clients: [{
      client_id: clientId,
      redirect_uris: redirects,
      response_types: ['code'],
      grant_types: ['authorization_code'],
      subject_type: 'pairwise',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'ES256',
      require_auth_time: true,
      scope: SCOPE,
      jwks: { keys: [{ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' }] },
    }],
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    scopes: SCOPE.split(' '),
    claims: { openid: ['sub', 'certificate_status'], name: ['name'], address: ['address'], birthdate: ['birthdate'], gender: ['gender'] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 300, Interaction: 900, Session: 600, Grant: 900 },
    cookies: { keys: [cookieKey], long: { signed: true, httpOnly: true, sameSite: 'lax' }, short: { signed: true, httpOnly: true, sameSite: 'lax' } },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy: policy(), url: (ctx, interaction) => `/card/${interaction.uid}` },
    clientBasedCORS: () => false,
    pairwiseIdentifier: (ctx, account, client) => pairwise(client.clientId, account.split('~')[0]),
    findAccount: (ctx, account) => {
      const [id, outcome] = account.split('~');
      const person = find(id);
      return person && { accountId: account, claims: () => ({ sub: account, ...attributes(person, outcome) }) };
    },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = failed(out.error, out.error_description);
    },
  };
}

async function body(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('body too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function answer(response, status, type, text) {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    // No form-action: browsers hold redirects after a form to it, and the last one leads to the service.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(text);
}
const html = (response, status, text) => answer(response, status, 'text/html; charset=utf-8', text);
const json = (response, status, value) => answer(response, status, 'application/json', JSON.stringify(value));

/** Every proof begins afresh, as every tap of a card does: the session cookie is never read. */
function forgetSession(request) {
  const kept = (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie && !/^_session(\.|=)/.test(cookie));
  if (kept.length) request.headers.cookie = kept.join('; ');
  else delete request.headers.cookie;
}

/**
 * Starts an issuer on 127.0.0.1. `clientJwk` is the service's public key, `redirects` where it may be sent back to.
 * Port 0 takes a free one. Answers with its name (`issuer`), the bound `port` and `close()`.
 */
export async function start({ port = 8788, clientId = 'meguri', clientJwk, redirects }) {
  const adapter = memory();
  const cookieKey = randomBytes(32).toString('base64url');
  const faults = [];
  let keys = [newKey()];
  let issuer;
  let provider;

  function build() {
    provider = new Provider(issuer, configuration({ clientId, clientJwk, redirects, keys, cookieKey, adapter }));
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.oidc?.route === 'token' && ctx.status === 200 && faults.length) await spoil(ctx, faults.shift(), keys[0]);
    });
  }

  async function card(request, response) {
    const details = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return html(response, 200, choose(details.params.login_hint));
    const form = new URLSearchParams(await body(request));
    const outcome = form.get('outcome') || 'ok';
    const person = find(form.getAll('person').filter(Boolean).at(-1) ?? '');
    const finish = (result) => provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    if (!Object.hasOwn(OUTCOMES, outcome)) return html(response, 400, failed('unknown_outcome', outcome));
    if (outcome === 'cancel') return finish({ error: 'access_denied', error_description: 'the person stopped' });
    if (!person) return html(response, 400, failed('unknown_person'));
    if (outcome === 'error') return finish({ error: 'server_error', error_description: 'asked for' });
    return finish({ login: { accountId: `${person.id}~${outcome}`, remember: false } });
  }

  async function sandbox(request, response, url) {
    if (request.method !== 'POST') return json(response, 405, { error: 'method_not_allowed' });
    if (url.pathname === '/sandbox/rotate') {
      const old = url.searchParams.get('drop') === '1' ? [] : keys;
      keys = [newKey(), ...old].slice(0, KEYS_MAX);
      build();
      return json(response, 200, { kid: keys[0].kid, kids: keys.map((key) => key.kid) });
    }
    if (url.pathname !== '/sandbox/next') return json(response, 404, { error: 'not_found' });
    let wanted;
    try {
      wanted = JSON.parse(await body(request));
    } catch {
      return json(response, 400, { error: 'not_json' });
    }
    if (!FAULTS.includes(wanted?.fault)) return json(response, 400, { error: 'unknown_fault', faults: FAULTS });
    faults.push(wanted);
    return json(response, 200, { waiting: faults.length });
  }

  async function handle(request, response) {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    // Another name pointing here is a page of somebody else trying to talk to us.
    if (!['localhost', '127.0.0.1', '[::1]'].includes(host)) return json(response, 421, { error: 'unknown_host' });
    // One name in every URL, however we were reached.
    request.headers.host = new URL(issuer).host;
    forgetSession(request);
    const url = new URL(request.url, issuer);
    if (url.pathname.startsWith('/sandbox/')) return sandbox(request, response, url);
    if (url.pathname.startsWith('/card/')) return card(request, response);
    return provider.callback()(request, response);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      if (response.headersSent) return response.destroy();
      const expired = error.name === 'SessionNotFound';
      return html(response, expired ? 400 : 500, failed(expired ? 'session_not_found' : 'server_error'));
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  issuer = `http://localhost:${server.address().port}`;
  build();
  return {
    issuer,
    port: server.address().port,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
