// One object that runs the suites every store must pass, inside the runtime, on a real SQLite database.
import { DurableObject } from "cloudflare:workers";
import module from "./edge_bg.wasm";
import * as edge from "./edge.js";

edge.initSync({ module });

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
export class Town extends Suite {}

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
    const said = await env.LEDGER.getByName("selftest").run();
    return new Response(said, { status: said.includes("FAILED") ? 500 : 200 });
  },
};
