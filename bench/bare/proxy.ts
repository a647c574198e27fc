/** Runs for no request: without this file Next takes the one of Ticketgate, which stands above. */
export function proxy(): void {}

export const config = { matcher: "/no-such-path" };
