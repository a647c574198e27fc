import "server-only";
import { chooseLanguage } from "../../language/choose-language.ts";
import { inLanguage } from "../../server/flow/authorization/client-language.ts";
import type { SignedIn } from "../../server/flow/authorization/signed-in.ts";
import {
  backchannelRequestsOf,
  decideBackchannelRequest,
  type WaitingBackchannelRequest,
} from "../../server/flow/backchannel/decide.ts";
import { getServices } from "../../server/services.ts";
import { languageWishes } from "../bridge.ts";
import { signedInHere } from "./at-request.ts";

/**
 * The requests of other devices that wait for who is signed in at this browser, of clients as they speak to this reader.
 *
 * @returns `undefined` when nobody is signed in.
 */
export async function waitingBackchannelRequests(): Promise<
  { signedIn: SignedIn; requests: WaitingBackchannelRequest[] } | undefined
> {
  const [services, signedIn] = await Promise.all([getServices(), signedInHere()]);
  if (!signedIn) return undefined;
  const language = chooseLanguage(await languageWishes());
  const waiting = await backchannelRequestsOf(services, signedIn.subject);
  const requests = waiting.map(({ document, ...request }) => ({
    ...request,
    document: { ...document, client: inLanguage(document.client, language) },
  }));
  return { signedIn, requests };
}

/**
 * Decides about a request of another device, as who is signed in at this browser.
 *
 * @returns whether there was one to decide about.
 * @throws TicketgateError ENGINE_UNAVAILABLE.
 */
export async function decideBackchannel({ id, allow }: { id: string; allow: boolean }): Promise<boolean> {
  const [services, signedIn] = await Promise.all([getServices(), signedInHere()]);
  return signedIn !== undefined && decideBackchannelRequest(services, { id, signedIn, allow });
}
