// One object that runs the suites every store must pass, inside the runtime, on a real SQLite database.
import { DurableObject } from "cloudflare:workers";
import module from "./edge_bg.wasm";
import * as edge from "./edge.js";

edge.initSync({ module });

class Suite extends DurableObject {
  #state;
  constructor(state, env) {
    super(state, env);
    this.#state = state;
  }
  run() {
    return edge.selftest(this.#state);
  }
}

export class Registry extends Suite {}
export class Ledger extends Suite {}
export class Town extends Suite {}

export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === "/healthz") {
      return new Response("ok");
    }
    const said = await env.LEDGER.getByName("selftest").run();
    return new Response(said, { status: said.includes("FAILED") ? 500 : 200 });
  },
};
