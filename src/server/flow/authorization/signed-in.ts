import type { AuthenticationMethod } from "../../session/records.ts";
import { readSession } from "../../session/session.ts";
import type { FlowPorts } from "../ports.ts";
import { sessionPorts } from "../session-ports.ts";

/** Who is signed in at the browser. Timestamps are milliseconds since the epoch. */
export type SignedIn = {
  subject: string;
  username: string;
  name: string;
  authenticatedAt: number;
  /** How: names of RFC 8176. */
  methods: readonly AuthenticationMethod[];
  sessionHash: string;
  /** When the session ends whatever the use. */
  sessionEnd: number;
};

/** Reads the session of a cookie's value; a value that opens nothing, or an account that is gone, is nobody. */
export async function signedInAt(
  ports: FlowPorts,
  sessionId: string | undefined,
): Promise<SignedIn | undefined> {
  const session = await readSession(sessionPorts(ports), sessionId);
  const account = session && (await ports.accounts.find(session.subject));
  if (!account) return undefined;
  return {
    subject: session.subject,
    username: account.username,
    name: account.name,
    authenticatedAt: session.authenticatedAt,
    methods: session.methods,
    sessionHash: session.idHash,
    sessionEnd: session.expiresAt,
  };
}
