import { refuse } from "../../refusal.ts";
import { contentsOf } from "../response/response-type.ts";
import type { Rule } from "../rule.ts";

/** No key is ever proven in an authorization request, so what it gives is a bearer token. A client whose tokens are bound gets none. */
export const frontChannelToken: Rule = ({ client, known }) => {
  if (!contentsOf(known.responseType).token) return {};
  if (client.dpopRequired || client.tlsClientCertificateBoundAccessTokens) refuse("A254314");
  return {};
};
