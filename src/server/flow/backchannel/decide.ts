import type { BackchannelAuthenticationCompleteResponse } from "../../authlete/messages/backchannel-authentication-complete.ts";
import { toldContext } from "../authorization/reached-contexts.ts";
import type { SignedIn } from "../authorization/signed-in.ts";
import { askingEngine } from "../engine-failure.ts";
import { TicketgateError } from "../error.ts";
import type { FlowPorts } from "../ports.ts";
import { type BackchannelDocument, readBackchannelDocument } from "./request-document.ts";
import { sealedUnder } from "./seal.ts";

/** A request as its person is shown it. Timestamps are milliseconds since the epoch. */
export type WaitingBackchannelRequest = {
  id: string;
  document: Omit<BackchannelDocument, "ticket">;
  createdAt: number;
  expiresAt: number;
};

/** The requests that wait for a person, the oldest first. */
export async function backchannelRequestsOf(
  ports: FlowPorts,
  subject: string,
): Promise<WaitingBackchannelRequest[]> {
  const waiting = await ports.backchannelRequests.list(subject, ports.clock());
  return waiting.flatMap(({ id, sealed, createdAt, expiresAt }) => {
    const document = opened(ports, id, sealed);
    if (!document) return [];
    const { ticket: _, ...shown } = document;
    return [{ id, document: shown, createdAt, expiresAt }];
  });
}

/**
 * Decides about a request, once: the first decision of its person counts. Who was authenticated, and when, is what the session says; the claims of
 * scopes come from the UserInfo endpoint (OIDC Core 5.4).
 *
 * @returns whether there was such a request of this person; else it was decided already, or has expired.
 * @throws TicketgateError ENGINE_UNAVAILABLE when the engine cannot be asked: then the client hears that the request has expired.
 */
export async function decideBackchannelRequest(
  ports: FlowPorts,
  { id, signedIn, allow }: { id: string; signedIn: SignedIn; allow: boolean },
): Promise<boolean> {
  const { subject } = signedIn;
  const taken = await ports.backchannelRequests.take({ id, subject, now: ports.clock() });
  const document = taken && opened(ports, id, taken.sealed);
  if (!document) return false;
  const { ticket, client } = document;
  const answer = await askingEngine(async () =>
    ports.authlete["backchannel/authentication/complete"]({
      ticket,
      ...(allow
        ? {
            result: "AUTHORIZED",
            subject,
            authTime: Math.floor(signedIn.authenticatedAt / 1000),
            acr: toldContext(signedIn),
          }
        : { result: "ACCESS_DENIED" }),
    }),
  );
  ports.log.info("audit.backchannel_decided", { subject, clientId: client.id, allow, action: answer.action });
  await tellClient(ports, answer);
  return true;
}

function opened(
  { keyring }: Pick<FlowPorts, "keyring">,
  id: string,
  sealed: string,
): BackchannelDocument | undefined {
  const text = keyring.open(sealed, sealedUnder(id));
  return text === undefined ? undefined : readBackchannelDocument(text);
}

/** A client that does not listen can still ask: with ping it polls in the end, and with push it asked for nothing else. */
async function tellClient(
  ports: FlowPorts,
  answer: BackchannelAuthenticationCompleteResponse,
): Promise<void> {
  switch (answer.action) {
    case "NO_ACTION":
      return;
    case "NOTIFICATION": {
      const { clientNotificationEndpoint: endpoint, clientNotificationToken: token, clientId } = answer;
      try {
        await ports.notifyClient({ endpoint, token, content: answer.responseContent });
      } catch (error) {
        ports.log.error("oauth.client_not_notified", { clientId, error });
      }
      return;
    }
    case "SERVER_ERROR":
    case "UNKNOWN_ACTION":
      throw new TicketgateError("ENGINE_UNAVAILABLE", {
        detail: `backchannel/authentication/complete: ${answer.action} ${answer.resultCode}`,
      });
  }
}
