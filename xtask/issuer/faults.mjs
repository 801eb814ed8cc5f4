// Wrong on purpose: what a relying party has to refuse, made by the one who holds the key.
import { createPrivateKey, sign } from 'node:crypto';

const text = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());

/** A compact JWS under ES256. `payload` may be a text, for claims JSON.stringify would not write. */
export function signed(header, payload, jwk) {
  const input = `${text(header)}.${text(payload)}`;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const claims = (change) => (token, jwk) => {
  const [header, payload] = token.split('.').slice(0, 2).map(read);
  return signed(header, change(payload), jwk);
};
const header = (change) => (token, jwk) => {
  const [head, payload] = token.split('.').slice(0, 2).map(read);
  return signed(change(head), payload, jwk);
};

/** Faults of the ID token: `(token, signing key as JWK) → token`. */
const TOKEN = {
  wrong_nonce: claims((c) => ({ ...c, nonce: 'of-another-attempt' })),
  missing_nonce: claims(({ nonce, ...c }) => c),
  wrong_audience: claims((c) => ({ ...c, aud: 'another-client' })),
  second_audience: claims((c) => ({ ...c, aud: [c.aud, 'another-client'] })),
  wrong_issuer: claims((c) => ({ ...c, iss: 'https://issuer.invalid' })),
  expired: claims((c) => ({ ...c, iat: c.iat - 7200, exp: c.iat - 3600 })),
  not_yet_valid: claims((c) => ({ ...c, iat: c.iat + 3600, nbf: c.iat + 3600, exp: c.exp + 3600 })),
  wrong_sub: claims((c) => ({ ...c, sub: 'somebody-else' })),
  empty_sub: claims((c) => ({ ...c, sub: '' })),
  doubled_claim: claims((c) => JSON.stringify(c).replace('{', '{"sub":"somebody-else",')),
  unknown_key: header((h) => ({ ...h, kid: 'never-published' })),
  wrong_type: header((h) => ({ ...h, typ: 'logout+jwt' })),
  critical: header((h) => ({ ...h, crit: ['exp'] })),
  alg_none: (token) => `${text({ alg: 'none' })}.${token.split('.')[1]}.`,
  bad_signature: (token) => {
    const at = token.lastIndexOf('.') + 5;
    return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  },
};

/** Faults of the whole answer: `(koa context, the request's settings)`. */
const ANSWER = {
  server_error: (ctx) => {
    ctx.status = 500;
    ctx.body = { error: 'server_error' };
  },
  unavailable: (ctx) => {
    ctx.status = 503;
    ctx.type = 'text/html';
    ctx.body = '<h1>503</h1>';
  },
  not_json: (ctx) => {
    ctx.type = 'application/json';
    ctx.body = '{"id_token":';
  },
  missing_id_token: (ctx) => {
    const { id_token, ...rest } = ctx.body;
    ctx.body = rest;
  },
  slow: (ctx, { ms = 10_000 }) => new Promise((resolve) => setTimeout(resolve, Math.min(Number(ms) || 0, 120_000))),
};

/** Every fault there is. */
export const FAULTS = [...Object.keys(TOKEN), ...Object.keys(ANSWER)];

/** Makes the answer of the token endpoint wrong in that way. */
export async function spoil(ctx, request, jwk) {
  const change = TOKEN[request.fault];
  if (change) ctx.body = { ...ctx.body, id_token: change(ctx.body.id_token, jwk) };
  else await ANSWER[request.fault](ctx, request);
}
