import type { ShownRequest } from "./request-document.ts";

type ShownClient = ShownRequest["client"];

/** What of a client can be another in each language. */
type Spoken = Pick<ShownClient, "name" | "home" | "localised">;

/**
 * A client under the name, and with the logo and the pages, that it has registered for a language, as far as there are any.
 *
 * @param language a tag of one subtag, such as `ja`.
 * @see OpenID Connect Dynamic Client Registration 1.0, section 2.1; RFC 7591, section 2.2
 */
export function inLanguage<Client extends Spoken>(client: Client, language: string): Client {
  const own = Object.entries(client.localised ?? {}).flatMap(([member, values]) => {
    const found = values?.find(({ tag, value }) => tag?.toLowerCase().split("-")[0] === language && value);
    return found?.value ? [[member, found.value] as const] : [];
  });
  return { ...client, ...Object.fromEntries(own) };
}
