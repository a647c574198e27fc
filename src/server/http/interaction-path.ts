const PREFIX = "/oauth/interaction/";

/** Where an authorization request goes on. It is an endpoint and no page: it may lead out of this site. */
export function interactionPath(handle: string): string {
  return `${PREFIX}${handle}`;
}

/** The handle in such a path; `undefined` for any other path. */
export function handleIn(path: string): string | undefined {
  return /^\/oauth\/interaction\/(?<handle>[\w-]{43})$/.exec(path)?.groups?.handle;
}
