// One object that runs the suites every store must pass, inside the runtime, on a real SQLite database.
import { DurableObject } from "cloudflare:workers";
import { object } from "./door.js";
import * as edge from "./edge.js";

class Suite extends DurableObject {
  #state;
  #env;
  #trial;
  constructor(state, env) {
    super(state, env);
    this.#state = state;
    this.#env = env;
  }
  run() {
    return edge.selftest(this.#state);
  }
  // What is measured stays open from one request to the next: opening it is no part of it.
  async measure(code, what, times) {
    this.#trial ??= new edge.Trial(this.#state, this.#env, code);
    await this.#trial[what](times);
  }
  alarm() {}
}

export class Registry extends Suite {}
export class Ledger extends Suite {}
export const Town = object(edge.Stumbler);

// One object falls over in the middle of a posting while others wait: who waits is told, nothing of it is kept, and all
// of them answer again.
async function stumble(env) {
  const [one, two] = ["one", "two"].map((name) => env.TOWN.getByName(name));
  const ask = async (object, what) => (await object.tell(new TextEncoder().encode(what)))[0];
  const ended = (promise) => promise.then((answer) => `answered ${answer}`, () => "failed");
  const said = [await ask(one, "fund"), await ask(two, "fund")];
  // As in a process that has run for long: the engine has optimised the way in.
  for (let calls = 0; calls < 12000; calls += 60) {
    await Promise.all(Array.from({ length: 60 }, () => ask(one, "count")));
  }
  for (const fall of ["panic", "panic in a transaction", "panic later"]) {
    const waits = [one, two].map((object) => ended(ask(object, "wait")));
    // Calls arrive in order: who counts, waits.
    await Promise.all([one, two].map((object) => ask(object, "count")));
    said.push(await ended(ask(one, fall)), ...(await Promise.all(waits)));
    said.push(await ask(one, "count"), await ask(two, "count"));
  }
  said.push(await ask(one, "fund"), await ask(two, "fund"));
  const found = said.join(", ");
  const expected = ["1, 1", ...Array(3).fill("failed, failed, failed, 1, 1"), "2, 2"].join(", ");
  const name = "a panic in a posting leaves nothing, and everybody goes on";
  return found === expected ? `ok ${name}` : `FAILED ${name}: ${found}`;
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/healthz") {
      return new Response("ok");
    }
    if (pathname === "/measure") {
      const [code, what, times] = ["code", "what", "times"].map((name) => searchParams.get(name));
      await env.REGISTRY.getByName("measured").measure(code, what, Number(times));
      return new Response("done");
    }
    const said = [await env.LEDGER.getByName("selftest").run(), await stumble(env)].join("\n");
    return new Response(said, { status: said.includes("FAILED") ? 500 : 200 });
  },
};
