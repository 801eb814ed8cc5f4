// The runtime wants a class that extends DurableObject for every object that is called over RPC.
// This file declares them and forwards; it decides nothing.
import { DurableObject } from "cloudflare:workers";
import module from "./edge_bg.wasm";
import * as edge from "./edge.js";

// Wakes tasks of the module. The runtime's own costs three times as much: it wraps every callback for its C++ side.
const done = Promise.resolve();
globalThis.queueMicrotask = (task) => {
  done.then(task);
};

edge.initSync({ module });

function object(Inner) {
  return class extends DurableObject {
    #inner;
    constructor(state, env) {
      super(state, env);
      this.#inner = new Inner(state, env);
    }
    tell(questions) {
      return this.#inner.tell(questions);
    }
    serve(questions) {
      return this.#inner.serve(questions);
    }
    alarm() {
      return this.#inner.alarm();
    }
  };
}

export const Registry = object(edge.RegistryObject);
export const Ledger = object(edge.LedgerObject);
export const Town = object(edge.TownObject);

// The objects' door: only the portal's process reaches it.
export const Objects = {
  async fetch(request, env) {
    const domain = new URL(request.url).pathname.slice(1);
    return new Response(await edge.objects(domain, await request.bytes(), env));
  },
};

// What the portal reads of a request's head, in the order of `Head` in fetch.rs. A header's value has no line break.
const HEADERS = [
  "content-length",
  "cookie",
  "origin",
  "sec-fetch-site",
  "accept-language",
  "content-type",
  "user-agent",
];

export default {
  fetch(request, env, context) {
    let head = `${request.method}\n${request.url}`;
    for (const name of HEADERS) {
      head += `\n${request.headers.get(name) ?? ""}`;
    }
    // Whoever sends the request says what they like: only where a proxy writes this header is one named.
    const proxied = env.MEGURI_ADDRESS_HEADER;
    head += `\n${(proxied && request.headers.get(proxied)) || ""}`;
    return edge.fetch(request, head, env, context);
  },
};
