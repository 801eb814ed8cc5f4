// What the runtime calls. It forwards; it decides nothing.
import { DurableObject } from "cloudflare:workers";
import { answered, inThisModule, object } from "./door.js";
import * as edge from "./edge.js";

export const Registry = object(edge.RegistryObject);
export const Ledger = object(edge.LedgerObject);
export const Town = object(edge.TownObject);

// The objects' door: only the portal's process reaches it.
export const Objects = {
  async fetch(request, env) {
    if (request.headers.get("meguri-line")) {
      return answered(() => edge.line(new URL(request.url).pathname.slice(1), env));
    }
    if (request.headers.get("upgrade")) {
      return answered(() => edge.listen(request.headers.get("meguri-listener") ?? "", env));
    }
    const domain = new URL(request.url).pathname.slice(1);
    const questions = await request.bytes();
    return new Response(await answered(() => edge.objects(domain, questions, env)));
  },
};

const fault = (error) => console.error(`fault line: ${error}`);

// The portal's end of a line to an object, held by an object of its own process: a request may not use what another one opened.
export class Line extends DurableObject {
  async hold(domain, number) {
    const inside = inThisModule();
    const end = inside(() => new edge.LineEnd(domain, number, this.env));
    const lost = () => inside(() => end.lost());
    try {
      const headers = { upgrade: "websocket", "meguri-line": "1" };
      const { status, webSocket: socket } = await this.env.OBJECTS.fetch(`http://objects/${domain}`, { headers });
      if (!socket) throw new Error(`no line, but ${status}`);
      socket.binaryType = "arraybuffer";
      socket.addEventListener("message", ({ data }) => inside(() => end.heard(new Uint8Array(data))));
      socket.addEventListener("close", lost);
      socket.addEventListener("error", lost);
      socket.accept();
      // Nothing, where the module was made anew meanwhile.
      const held = inside(() => answered(() => end.hold((frame) => socket.send(frame))));
      Promise.resolve(held).catch(fault).then(lost).then(() => socket.close(1000));
    } catch (error) {
      fault(error);
      lost();
    }
  }
}

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
    head += `\n${request.headers.get("upgrade") ?? ""}`;
    // Set by our own pages where they ask for themselves again.
    head += `\n${request.headers.get("meguri-by-itself") ?? ""}`;
    return answered(() => edge.fetch(request, head, env, context));
  },
};
