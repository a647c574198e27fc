/** The request that a page or a server action is answering: in a test there is no server of Next to say so. */
export const pageRequest = { cookies: new Map<string, string>(), headers: new Headers() };

type Attributes = { maxAge?: number };

/** In place of `cookies` of `next/headers`. */
export async function cookies() {
  const values = pageRequest.cookies;
  return {
    get(name: string) {
      const value = values.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set(name: string, value: string, { maxAge }: Attributes = {}) {
      if (maxAge === 0) values.delete(name);
      else values.set(name, value);
    },
  };
}

/** In place of `headers` of `next/headers`. */
export async function headers() {
  return pageRequest.headers;
}
