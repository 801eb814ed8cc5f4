// Everything a card can say here of anybody, as JSON lists: what the portal may show to the person, and keep to itself.
import { pairwise } from './issuer.mjs';
import { attributes, find, OUTCOMES, people } from './people.mjs';

const CLIENT = 'meguri';

const everybody = [
  ...people,
  ...Array.from({ length: 9999 }, (_, index) => find(`resident-${String(index + 1).padStart(4, '0')}`)),
];
const said = everybody.flatMap((person) => Object.keys(OUTCOMES).map((outcome) => attributes(person, outcome)));
const unique = (texts) => [...new Set(texts)];

process.stdout.write(
  JSON.stringify({
    // Also without the space, and without the city, which is no secret.
    names: unique(said.flatMap(({ name }) => [name, name.replaceAll(' ', '')])),
    addresses: unique(said.map(({ address }) => address.replace(/^.*[市町村区]/, ''))),
    subjects: everybody.map(({ id }) => pairwise(CLIENT, id)),
  }),
);
