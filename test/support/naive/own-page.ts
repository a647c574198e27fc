/** What Next asks of a server action when nobody asks for more: an Origin, if there is one, of this host. */
export function naiveOwnPage({ headers }: Pick<Request, "method" | "headers">, host: string): boolean {
  const origin = headers.get("origin");
  return origin === null || (URL.canParse(origin) && new URL(origin).host === host);
}
