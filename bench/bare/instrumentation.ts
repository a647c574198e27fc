/** Nothing: without this file Next takes the one of Ticketgate, which stands above. */
export function register(): void {}
