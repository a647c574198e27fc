import type { Authlete } from "../authlete/operations.ts";
import { type PostPorts, post } from "../jwks/post.ts";
import type { Log } from "../log.ts";
import type { Notice, SendNotices } from "../session/logout-notices.ts";
import { signLogoutToken } from "./logout-token.ts";

/** What telling clients needs. */
export type NoticePorts = Omit<PostPorts, "timeoutMs"> & {
  authlete: Pick<Authlete, "service/jwks/get">;
  /** Milliseconds since the epoch. */
  clock: () => number;
  random: (bytes: number) => Uint8Array;
  log: Log;
  /** How long one client may take, in milliseconds. Three seconds unless given. */
  timeoutMs?: number;
};

const TIMEOUT_MS = 3_000;
const MOST_NOTICES = 50;
const JTI_BYTES = 16;

/**
 * Makes the sender of logout tokens. All clients of a session are told at once, each in limited time.
 *
 * @see OpenID Connect Back-Channel Logout 1.0, section 2.5
 */
export function createNotices({ timeoutMs = TIMEOUT_MS, ...ports }: NoticePorts): SendNotices {
  return async (notices) => {
    const told = notices.slice(0, MOST_NOTICES);
    if (told.length < notices.length) {
      ports.log.error("back_channel.too_many_clients", { left: notices.length - told.length });
    }
    await Promise.all(told.map((notice) => send({ ...ports, timeoutMs }, notice)));
  };
}

async function send(
  ports: NoticePorts & { timeoutMs: number },
  { client, uri, ...claims }: Notice,
): Promise<void> {
  const { clock, random, log } = ports;
  const about = { clientId: claims.audience, sid: claims.sid };
  try {
    const jti = Buffer.from(random(JTI_BYTES)).toString("base64url");
    const now = Math.floor(clock() / 1000);
    const token = await signLogoutToken(ports.authlete, client, { ...claims, jti, now });
    const status = await post(ports, uri, {
      type: "application/x-www-form-urlencoded",
      body: new URLSearchParams({ logout_token: token }).toString(),
    });
    // Section 2.8: 200, and some say 204.
    if (status === 200 || status === 204) log.info("audit.client_told_of_logout", about);
    else log.warn("back_channel.refused", { ...about, status });
  } catch (error) {
    log.error("back_channel.failed", { ...about, error });
  }
}
