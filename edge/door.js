// The module, and what becomes of it when it traps. Shared by the product's entry and that of its tests.
import { DurableObject } from "cloudflare:workers";
import module from "./edge_bg.wasm";
import * as edge from "./edge.js";

// Everybody who waits for an answer.
const waiting = new Set();
// How often the module was made anew.
let age = 0;

// An exception that comes out of a task skipped frames of the module: a trap (a panic, memory that ran out), or one that flew
// through it. Whatever it was in the middle of, nothing in it is used again: it is made anew, who waits is told, and objects are
// opened again from their storage. What was not committed never happened, for the exception leaves `transactionSync` too.
function recover(error) {
  console.error(`fault module: made anew after: ${error}`);
  age += 1;
  const told = [...waiting];
  waiting.clear();
  try {
    edge.__wbg_reset_state();
  } finally {
    told.forEach((reject) => reject(new Error("the module was made anew")));
  }
}

// Wakes tasks of the module. The runtime's own costs three times as much: it wraps every callback for its C++ side.
const done = Promise.resolve();
globalThis.queueMicrotask = (task) => {
  const queued = age;
  done.then(() => {
    // A task of a module that is no more.
    if (queued !== age) return;
    try {
      task();
    } catch (error) {
      recover(error);
    }
  });
};

edge.initSync({ module });

// What `act` promises, or an error if the module is made anew before. Not `new Promise`: the engine inlines that, and what it
// makes then does not know its request (ADR 8).
export function answered(act) {
  const { promise, resolve, reject } = Promise.withResolvers();
  waiting.add(reject);
  const over = (end) => (value) => {
    waiting.delete(reject);
    end(value);
  };
  try {
    act().then(over(resolve), over(reject));
  } catch (error) {
    over(reject)(error);
    // The module's own faults are texts.
    if (typeof error !== "string") recover(error);
  }
  return promise;
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
    // A socket for somebody who listens; only the door asks.
    fetch(request) {
      return answered(() => this.#of((inner) => inner.listen(request.headers.get("meguri-listener") ?? "")));
    }
    // Listeners have nothing to say but what the runtime answers by itself.
    webSocketMessage(socket) {
      socket.close(1008, "nothing to say");
    }
    webSocketClose(socket) {
      socket.close(1000);
    }
  };
}
