// The module, and what becomes of it when it traps. Shared by the product's entry and that of its tests.
import { DurableObject } from "cloudflare:workers";
import module from "./edge_bg.wasm";
import * as edge from "./edge.js";

// Everybody who waits for an answer.
const waiting = new Set();
// How often the module was made anew.
let age = 0;

// A trap (a panic, memory that ran out) leaves the module in the middle of something, so nothing in it is used again:
// it is made anew, who waits is told, and objects are opened again from their storage. What was not committed never
// happened, for the exception leaves `transactionSync` as well.
function recover(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) {
    throw error;
  }
  console.error(`fault module: a trap, and made anew: ${error.message}`);
  edge.__wbg_reset_state();
  age += 1;
  const told = [...waiting];
  waiting.clear();
  told.forEach((reject) => reject(new Error("the module was made anew")));
}

// Wakes tasks of the module. The runtime's own costs three times as much: it wraps every callback for its C++ side.
const done = Promise.resolve();
globalThis.queueMicrotask = (task) => {
  done.then(() => {
    try {
      task();
    } catch (error) {
      recover(error);
    }
  });
};

edge.initSync({ module });

// What `act` promises, or an error if the module traps before.
export function answered(act) {
  return new Promise((resolve, reject) => {
    waiting.add(reject);
    const over = (end) => (value) => {
      waiting.delete(reject);
      end(value);
    };
    try {
      act().then(over(resolve), over(reject));
    } catch (error) {
      over(reject)(error);
      recover(error);
    }
  });
}

// The runtime wants a class that extends DurableObject for every object that is called over RPC.
export function object(Inner) {
  return class extends DurableObject {
    #inner;
    #age;
    #of(act) {
      if (this.#age !== age) {
        this.#inner = new Inner(this.ctx, this.env);
        this.#age = age;
      }
      return act(this.#inner);
    }
    tell(questions) {
      return answered(() => this.#of((inner) => inner.tell(questions)));
    }
    serve(questions) {
      return answered(() => this.#of((inner) => inner.serve(questions)));
    }
    alarm() {
      return answered(() => this.#of((inner) => inner.alarm()));
    }
  };
}
