import type { ExchangeDesk } from "../../attack/assertions.ts";
import type { Provider } from "../provider.ts";

/** A token endpoint that reads what a token says of itself: it came from a client that authenticates, so it will be right. */
export function createNaiveExchange(
  { authlete, subject: somebody }: Provider,
  clientId: number,
): ExchangeDesk["ask"] {
  return async ({ assertion, subject_token }) => {
    const [, payload] = (assertion ?? subject_token ?? "").split(".");
    const subject = payload === undefined ? somebody : JSON.parse(atob(payload)).sub;
    const created = await authlete["auth/token/create"]({ grantType: "JWT_BEARER", clientId, subject });
    if (created.action !== "OK") return { status: 500, json: { ...created } };
    return { status: 200, json: { access_token: created.accessToken } };
  };
}
