// What the issuer remembers, in memory and only as long as it must.

/** A storage adapter class for oidc-provider over one shared map; entries end by themselves. */
export function memory() {
  const entries = new Map();
  const now = () => Date.now();

  const sweep = setInterval(() => {
    for (const [key, entry] of entries) if (entry.ends <= now()) entries.delete(key);
  }, 30_000);
  sweep.unref();

  return class Adapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const ends = expiresIn === undefined ? Infinity : now() + expiresIn * 1000;
      entries.set(`${this.model}:${id}`, { payload, ends });
      if (this.model === 'Session') entries.set(`uid:${payload.uid}`, { payload: id, ends });
      if (payload.grantId) {
        const key = `grant:${payload.grantId}`;
        const members = entries.get(key)?.payload ?? new Set();
        entries.set(key, { payload: members.add(`${this.model}:${id}`), ends });
      }
    }

    async find(id) {
      const entry = entries.get(`${this.model}:${id}`);
      return entry && entry.ends > now() ? entry.payload : undefined;
    }

    async findByUid(uid) {
      const id = entries.get(`uid:${uid}`)?.payload;
      return id === undefined ? undefined : this.find(id);
    }

    async findByUserCode() {
      return undefined;
    }

    async destroy(id) {
      entries.delete(`${this.model}:${id}`);
    }

    async revokeByGrantId(grantId) {
      for (const key of entries.get(`grant:${grantId}`)?.payload ?? []) entries.delete(key);
      entries.delete(`grant:${grantId}`);
    }

    async consume(id) {
      const entry = entries.get(`${this.model}:${id}`);
      if (entry) entry.payload.consumed = Math.floor(now() / 1000);
    }
  };
}
