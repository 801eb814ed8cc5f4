// What the runtime calls. It forwards; it decides nothing.
import { answered, object } from "./door.js";
import * as edge from "./edge.js";

export const Registry = object(edge.RegistryObject);
export const Ledger = object(edge.LedgerObject);
export const Town = object(edge.TownObject);

// The objects' door: only the portal's process reaches it.
export const Objects = {
  async fetch(request, env) {
    if (request.headers.get("upgrade")) {
      return answered(() => edge.listen(request.headers.get("meguri-listener") ?? "", env));
    }
    const domain = new URL(request.url).pathname.slice(1);
    const questions = await request.bytes();
    return new Response(await answered(() => edge.objects(domain, questions, env)));
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
    head += `\n${request.headers.get("upgrade") ?? ""}`;
    // Set by our own pages where they ask for themselves again.
    head += `\n${request.headers.get("meguri-by-itself") ?? ""}`;
    return answered(() => edge.fetch(request, head, env, context));
  },
};
