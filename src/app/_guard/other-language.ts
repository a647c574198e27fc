import type { FlowPorts } from "../../server/flow/ports.ts";
import { type PageRequest, pageLanguage } from "./page-language.ts";

/**
 * Whether a script of a page asks for the parts of another one that is in another language. The frame of a page stays while its parts are
 * changed, and would go on in the language before: such a page has to be loaded whole.
 *
 * @param headers of the request. A browser says in `Sec-Fetch-Dest` whether it wants a page or a script wants something; in `Referer`
 *   where it is.
 */
export async function isInOtherLanguage(
  ports: FlowPorts,
  headers: Headers,
  request: PageRequest & { method: string; trustedOrigins: readonly string[] },
): Promise<boolean> {
  if (request.method !== "GET" || headers.get("sec-fetch-dest") !== "empty") return false;
  const from = URL.parse(headers.get("referer") ?? "");
  if (!from || !request.trustedOrigins.includes(from.origin)) return false;
  const [before, after] = await Promise.all([
    pageLanguage(ports, { ...request, url: from }),
    pageLanguage(ports, request),
  ]);
  return before !== after;
}
