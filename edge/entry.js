// The runtime wants a class that extends DurableObject for every object that is called over RPC.
// This file declares them and forwards; it decides nothing.
import { DurableObject } from "cloudflare:workers";
import module from "./edge_bg.wasm";
import * as edge from "./edge.js";

edge.initSync({ module });

function object(Inner) {
  return class extends DurableObject {
    #inner;
    constructor(state, env) {
      super(state, env);
      this.#inner = new Inner(state, env);
    }
    tell(message) {
      return this.#inner.tell(message);
    }
    alarm() {
      return this.#inner.alarm();
    }
  };
}

export const Registry = object(edge.RegistryObject);
export const Ledger = object(edge.LedgerObject);
export const Town = object(edge.TownObject);

export default {
  fetch(request, env) {
    return edge.fetch(request, env);
  },
};
