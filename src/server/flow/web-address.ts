/**
 * What a client says about itself becomes a link only where nobody on the way can change what it leads to.
 *
 * @param address as it is registered.
 * @returns `undefined` for what is no https address, or has credentials in it.
 */
export function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : undefined;
}
