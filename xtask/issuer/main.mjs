// node xtask/issuer/main.mjs --port 8788 --client-redirect URL… --client-key FILE [--client-id ID]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function settings() {
  const options = {
    port: { type: 'string', default: '8788' },
    'client-id': { type: 'string', default: 'meguri' },
    'client-key': { type: 'string' },
    'client-redirect': { type: 'string', multiple: true },
  };
  const { values } = parseArgs({ options });
  if (!values['client-key']) stop('card issuer: --client-key FILE is missing (the public key of the service, as JWK)');
  if (!values['client-redirect']) stop('card issuer: --client-redirect URL is missing');
  const clientJwk = JSON.parse(readFileSync(values['client-key'], 'utf8'));
  return { port: Number(values.port), clientId: values['client-id'], clientJwk, redirects: values['client-redirect'] };
}

try {
  const { start } = await import('./issuer.mjs');
  const issuer = await start(settings());
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => issuer.close().then(() => process.exit(0)));
  // Last: whoever reads it may stop us at once.
  console.log('card issuer ready');
} catch (error) {
  stop(error.code === 'EADDRINUSE' ? `card issuer: port ${error.port} is in use` : `card issuer: ${error.message}`);
}
