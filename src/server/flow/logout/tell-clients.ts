import type { Client } from "../../authlete/client.ts";
import { readLogoutMetadata } from "../../oauth/logout-metadata.ts";
import type { SessionClient } from "../../session/session-client-store.ts";
import { findClient } from "../find-client.ts";
import { createIssuerReader } from "../oauth-issuer.ts";
import type { FlowPorts } from "../ports.ts";

type TellPorts = Pick<FlowPorts, "authlete" | "clock" | "log" | "sendLogoutNotices">;

/**
 * Tells the clients of a session that it ended: those that registered for the back channel at once; for the front channel it gives the
 * addresses that the person's browser has to load. It never fails: the session is gone, whatever a client hears of it.
 *
 * @param ended the clients as they were taken from the store.
 * @returns addresses for frames on the page that says so.
 * @see OpenID Connect Back-Channel Logout 1.0, section 2.5; Front-Channel Logout 1.0, section 3
 */
export async function tellClients(ports: TellPorts, ended: readonly SessionClient[]): Promise<string[]> {
  if (ended.length === 0) return [];
  try {
    const { issuer } = await createIssuerReader(ports)();
    if (issuer === undefined) throw new Error("the service has no issuer");
    const told = await Promise.all(
      ended.map(async (entry) => ({ entry, client: await clientOf(ports, entry) })),
    );
    await ports.sendLogoutNotices(told.flatMap(({ entry, client }) => notice(issuer, entry, client)));
    return told.flatMap(({ entry, client }) => frame(issuer, entry, client));
  } catch (error) {
    ports.log.error("sign_out.clients_not_told", { clients: ended.map(({ clientId }) => clientId), error });
    return [];
  }
}

async function clientOf(ports: TellPorts, { clientId }: SessionClient): Promise<Client | undefined> {
  const client = await findClient(ports, clientId);
  return client?.locked ? undefined : client;
}

function notice(issuer: string, entry: SessionClient, client: Client | undefined) {
  const { backchannel_logout_uri: uri } = readLogoutMetadata(client?.customMetadata);
  if (!client || uri === undefined) return [];
  // What a client knows its users by in pairs only the engine can tell: such a client is told the session.
  const subject = client.subjectType === "PAIRWISE" ? undefined : entry.subject;
  return [{ client, uri, issuer, audience: entry.clientId, subject, sid: entry.sid }];
}

function frame(issuer: string, { sid }: SessionClient, client: Client | undefined): string[] {
  const { frontchannel_logout_uri: uri = "" } = readLogoutMetadata(client?.customMetadata);
  const url = URL.parse(uri);
  if (!url || url.username || url.password || !/^https?:$/.test(url.protocol)) return [];
  url.hash = "";
  url.searchParams.append("iss", issuer);
  url.searchParams.append("sid", sid);
  return [url.href];
}
