import type { CodeFlowServer, Issued, Verdict } from "./code-flow-server.ts";
import { authorizationRequest, type Message, redemption, refreshRequest } from "./message.ts";
import { type Party, parties } from "./parties.ts";
import type { SpoiledRequest, Spoiling } from "./spoilings.ts";

/** One client's way from an authorization request to tokens and beyond, and what is spoiled on it. */
export type Trip = {
  party: "web" | "spa";
  spoiled: readonly Spoiling[];
  /** What the client does with what it has: sends the code again, or refreshes, twice with the same token. */
  ending: "code again" | "refresh";
};

export type TripStep = { step: string; verdict: Verdict };

/** Makes the trip at a server. A step follows another only where that one was accepted; after a refusal the right request follows once. */
export async function makeTrip(server: CodeFlowServer, trip: Trip): Promise<TripStep[]> {
  const party = parties[trip.party];
  const steps: TripStep[] = [];
  const note = (step: string, verdict: Verdict) => {
    steps.push({ step, verdict });
    return verdict === "accepted";
  };
  const traveller: Traveller = {
    server,
    party,
    note,
    spoil: (request, message) => spoil(trip, request, message),
  };
  const { parameters } = traveller.spoil("authorization", authorizationRequest(party));
  const { verdict, code } = await server.authorize(parameters);
  if (!note("authorization", verdict) || code === undefined) return steps;
  const issued = await send(traveller, "redemption", redemption(party, code));
  if (issued === undefined) return steps;
  await (trip.ending === "refresh" ? refresh(traveller, issued) : sendAgain(traveller, code, issued));
  return steps;
}

type Traveller = {
  server: CodeFlowServer;
  party: Party;
  note(step: string, verdict: Verdict): boolean;
  spoil(request: SpoiledRequest, message: Message): Message;
};

function spoil({ party, spoiled }: Trip, request: SpoiledRequest, message: Message): Message {
  return spoiled
    .filter((spoiling) => spoiling.request === request)
    .reduce((changed, { change }) => change(changed, parties[party]), message);
}

/** Sends the spoiled request and, where that is refused, the right one: a mistake costs nothing. */
async function send(
  { server, note, spoil: spoilt }: Traveller,
  request: SpoiledRequest,
  message: Message,
): Promise<Issued | undefined> {
  const issued = await server.token(spoilt(request, message));
  if (note(request, issued.verdict)) return issued;
  note(`${request} after the refusal`, (await server.token(message)).verdict);
  return undefined;
}

/** A code that is sent again ends what it yielded (RFC 6749 4.1.2). */
async function sendAgain(traveller: Traveller, code: string, issued: Issued): Promise<void> {
  const { server, note, party } = traveller;
  const again = await server.token(redemption(party, code));
  note("the code again", again.verdict);
  note("access token after the code again", await activity(server, issued));
  const refreshed = await server.token(refreshRequest(party, issued.refreshToken ?? ""));
  note("refresh after the code again", refreshed.verdict);
}

/** A refresh token that is sent again ends its successors (RFC 9700 4.14.2). */
async function refresh(traveller: Traveller, issued: Issued): Promise<void> {
  const { server, note, party } = traveller;
  const spent = refreshRequest(party, issued.refreshToken ?? "");
  const refreshed = await send(traveller, "refresh", spent);
  if (refreshed === undefined) return;
  note("access token after the refresh", await activity(server, refreshed));
  note("the refresh token again", (await server.token(spent)).verdict);
  note("access token after the refresh token again", await activity(server, refreshed));
  const successor = refreshRequest(party, refreshed.refreshToken ?? "");
  note("its successor", (await server.token(successor)).verdict);
}

async function activity(server: CodeFlowServer, { accessToken = "" }: Issued): Promise<Verdict> {
  return (await server.isActive(accessToken)) ? "active" : "inactive";
}
