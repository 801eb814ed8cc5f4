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

// Does what lasts in this module: nothing once it is made anew.
export function inThisModule() {
  const mine = age;
  return (act) => {
    if (mine !== age) return;
    try {
      return act();
    } catch (error) {
      // The module's own faults are texts.
      if (typeof error === "string") throw error;
      recover(error);
    }
  };
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
    // A socket for somebody who listens, or a line for the portal; only the door asks.
    fetch(request) {
      if (request.headers.get("meguri-line")) return this.#line();
      return answered(() => this.#of((inner) => inner.listen(request.headers.get("meguri-listener") ?? "")));
    }
    // Frames of a line begin with a number of four bytes, and so do their answers; one that failed is nothing else.
    #line() {
      const [theirs, ours] = Object.values(new WebSocketPair());
      ours.binaryType = "arraybuffer";
      ours.accept();
      ours.addEventListener("message", async ({ data }) => {
        const number = new Uint8Array(data, 0, 4);
        const answers = await this.serve(new Uint8Array(data, 4)).catch((error) => {
          console.error(`fault line: ${error}`);
          return new Uint8Array();
        });
        const frame = new Uint8Array(4 + answers.length);
        frame.set(number);
        frame.set(answers, 4);
        // A portal that is gone has no use for it.
        if (ours.readyState === WebSocket.OPEN) ours.send(frame);
      });
      return new Response(null, { status: 101, webSocket: theirs });
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
