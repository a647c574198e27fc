import type { ShownRequest } from "./request-document.ts";

type ShownClient = ShownRequest["client"];

/**
 * A client under the name that it has registered for a language, if there is one.
 *
 * @param language a tag of one subtag, such as `ja`.
 * @see OpenID Connect Dynamic Client Registration 1.0, section 2.1
 */
export function inLanguage(client: ShownClient, language: string): ShownClient {
  const own = client.names?.find(({ tag, value }) => tag?.toLowerCase().split("-")[0] === language && value);
  return own?.value ? { ...client, name: own.value } : client;
}
