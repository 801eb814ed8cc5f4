// In Wasm: draws the town of `SEED NEEDS HELPERS OPEN` and says, of the best proposal and then of the greedy one: milliseconds,
// requests served, points, fingerprint.
import { readFile } from "node:fs/promises";

const [module, ...numbers] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(await readFile(module));
const { draw, assigned, greedy, points, fingerprint } = instance.exports;
if (draw(...numbers.map(Number)) !== 1) throw new Error("no such town");
for (const way of [assigned, greedy]) {
  way();
  const start = performance.now();
  const served = way();
  const milliseconds = performance.now() - start;
  console.log(`${milliseconds.toFixed(3)} ${served} ${points() >>> 0} ${fingerprint() >>> 0}`);
}
