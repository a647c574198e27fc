import type { Services } from "../../../src/server/services.ts";

/** A ticket of the password grant for the sign-in's own client. */
export async function passwordTicket({ authlete, settings }: Services): Promise<string> {
  const { id: clientId, secret: clientSecret } = settings.client;
  const parameters = "grant_type=password&username=u&password=p&scope=profile";
  const answer = await authlete["auth/token"]({ parameters, clientId, clientSecret });
  if (answer.action !== "PASSWORD") throw new Error(`No ticket: ${answer.action}`);
  return answer.ticket;
}
