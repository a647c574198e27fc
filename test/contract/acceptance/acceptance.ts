import { describeCodeGrant } from "./code-grant.ts";
import { describeDpop } from "./dpop.ts";
import { describeNoTrace } from "./no-trace.ts";
import { describeOpenIdConnect } from "./openid-connect.ts";
import { describePkce } from "./pkce.ts";
import { describeProperties } from "./properties.ts";
import { describePushedAuthorization } from "./pushed-authorization.ts";
import { describeRefreshToken } from "./refresh-token.ts";
import type { OpenService } from "./service.ts";

/**
 * The topics of the vendor's own integration tests, one after the other: they change the service, so that no two may run at once.
 *
 * @param open reaches the service; each topic opens it for itself.
 */
export function describeAcceptance(open: OpenService): void {
  describeCodeGrant(open);
  describePushedAuthorization(open);
  describePkce(open);
  describeRefreshToken(open);
  describeDpop(open);
  describeProperties(open);
  describeOpenIdConnect(open);
  describeNoTrace(open);
}
