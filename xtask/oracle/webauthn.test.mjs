// Registrations and sign-ins with our verdicts, put to a verifier that shares no line with ours. Both have to say the same,
// but for the differences listed here, each with its reason. A difference nobody met any more has to go from the list.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';

const corpus = JSON.parse(readFileSync(process.env.MEGURI_CORPUS, 'utf8'));
const expected = { expectedOrigin: corpus.origin, expectedRPID: corpus.rp_id, requireUserVerification: true };

/** Whether the other verifier takes it. Whatever it throws is a refusal. */
async function takes(verify) {
  try {
    return (await verify()).verified;
  } catch {
    return false;
  }
}

const registration = ({ answer, challenge }) =>
  takes(() =>
    verifyRegistrationResponse({
      ...expected,
      response: JSON.parse(answer),
      expectedChallenge: challenge,
      supportedAlgorithmIDs: [-7, -35, -257],
    }),
  );

const signIn = ({ answer, challenge, credential: { id, public_key, counter } }) =>
  takes(() =>
    verifyAuthenticationResponse({
      ...expected,
      response: JSON.parse(answer),
      expectedChallenge: challenge,
      credential: { id, publicKey: Buffer.from(public_key, 'base64url'), counter },
    }),
  );

/** Our verdict, the names of the cases, and why the other one does not see it so. */
const REGISTRATIONS = [
  ['CrossOrigin', /^crossOrigin = true$/, 'a page in a frame of another site: it leaves that to its caller'],
  ['Malformed', /^crossOrigin = /, 'not a boolean'],
  ['Malformed', /^client data /, 'bytes before the JSON, or a member twice'],
  ['Malformed', /^client extension results nothing$/, 'a member that every browser sends'],
  ['Malformed', /^id of (4097|65535) bytes$/, 'longer than any credential id'],
  ['CredentialIdLength', /^id of /, 'longer than 1023 bytes (WebAuthn L3 §7.1 step 25)'],
  ['CredentialIdMismatch', /^outer id /, 'it does not compare the id outside with the signed one'],
  ['Malformed', /^extensions: /, 'extensions of the wrong type'],
  ['Malformed', /^(authData|object) cut at /, 'it reads the zeros behind the end of what was cut'],
  ['Malformed', /^object: (enterprise attestation as number|statement nested 130 deep)$/, 'CBOR of the wrong shape'],
  ['Malformed', /^object and \d+ bytes$/, 'bytes behind the object'],
  ['AlgorithmRefused', /^key: /, 'it keeps the key unread until somebody signs in with it'],
  ['AttestationRefused', /^self, (ECDAA|algorithm )/, 'a statement under another algorithm than the key'],
  ['AttestationRefused', /^self, signature byte 1$/, 'the length in the DER of the signature is wrong'],
  ['AttestationRefused', /^packed, (second certificate broken|certificate byte \d+)$/, 'it does not check the certificate without a root'],
  ['AttestationRefused', /^fido-u2f, two certificates$/, 'exactly one (WebAuthn L3 §8.6)'],
  ['Good', /^challenge = /, 'the same bytes with padding'],
  ['Good', /^extensions without the flag: /, 'unread bytes behind the credential; nothing follows from them'],
  ['Good', /^authData and /, 'unread bytes behind the credential; nothing follows from them'],
  ['Good', /^extensions: (credProtect twice|float|followed by more)$/, 'an extension we do not use'],
  ['Good', /^key: (3 twice|under a tag)$/, 'another CBOR for the same key'],
  ['Good', /^none beside Map/, 'members of other formats beside the format none, unread'],
  ['Good', /^self, algorithm twice$/, 'another CBOR for the same statement'],
  ['Good', /^packed, certificate byte (145|200)$/, 'a name with another letter: no name decides anything'],
  ['Good', /^object: /, 'members without a meaning, unread'],
  ['Good', /^form: /, 'another CBOR for the same object'],
];

const SIGN_INS = [
  ['CrossOrigin', /^crossOrigin = true$/, 'a page in a frame of another site: it leaves that to its caller'],
  ['BackupStateInconsistent', /^without backup$/, 'eligibility never changes (WebAuthn L3 §7.2 step 19); it is not told what it was'],
  ['BadSignature', /^signature, byte 1 changed$/, 'the length in the DER of the signature is wrong'],
  ['Good', / behind the data$/, 'signed by the authenticator and unread'],
];

for (const [group, verify, known] of [
  ['registrations', registration, REGISTRATIONS],
  ['sign_ins', signIn, SIGN_INS],
]) {
  test(`another verifier says the same: ${group}`, async () => {
    const unknown = [];
    const met = new Set();
    let same = 0;
    for (const one of corpus[group]) {
      const theirs = await verify(one);
      const name = one.name.replace(/^\w+: /, '');
      const why = known.find(([verdict, names]) => verdict === one.verdict && names.test(name));
      if (theirs === (one.verdict === 'Good')) {
        same += 1;
      } else if (why) {
        met.add(why);
      } else {
        unknown.push(`${one.name}: ours ${one.verdict}, theirs ${theirs}`);
      }
    }
    console.log(`${group}: ${same} of ${corpus[group].length} the same`);
    assert.deepEqual(unknown, []);
    const gone = known.filter((one) => !met.has(one)).map(([verdict, names]) => `${verdict} ${names}`);
    assert.deepEqual(gone, [], 'differences that are none any more');
  });
}
