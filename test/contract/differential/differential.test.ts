import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CodeFlowServer } from "./code-flow-server.ts";
import { createComparison } from "./comparison.ts";
import { openEmbeddedServer } from "./embedded-server.ts";
import { set } from "./message.ts";
import { parties, VERIFIER } from "./parties.ts";
import { openPeerServer } from "./peer-server.ts";
import { anyTrip, goodTrips, listedTrips, singleTrips, tripOf } from "./trips.ts";

const TWO_MINUTES_MS = 120_000;
const SEED = 20_261_126;

let engine: CodeFlowServer;
let peer: CodeFlowServer;
beforeAll(async () => {
  // oidc-provider tells that it keeps its state in memory.
  for (const method of ["warn", "info"] as const) vi.spyOn(console, method).mockImplementation(() => {});
  engine = await openEmbeddedServer();
  peer = await openPeerServer();
});
afterAll(async () => {
  await engine.close();
  await peer.close();
});

describe("the code flow of this engine and of oidc-provider", () => {
  it("is the same where nothing is spoiled, to the end of the tokens", async () => {
    const comparison = createComparison(engine, peer);
    for (const trip of goodTrips) expect(await comparison.compare(trip)).toBeUndefined();
  });

  it(
    "is the same with one thing spoiled, or different for a reason that is listed, and nothing else is listed",
    async () => {
      const comparison = createComparison(engine, peer);
      const unlisted: string[] = [];
      for (const trip of [...singleTrips, ...listedTrips]) {
        const difference = await comparison.compare(trip);
        if (difference !== undefined) unlisted.push(difference);
      }
      expect(unlisted).toEqual([]);
      expect(comparison.unneeded()).toEqual([]);
    },
    TWO_MINUTES_MS,
  );

  it(
    "is no other with any two things spoiled",
    async () => {
      const comparison = createComparison(engine, peer);
      const property = fc.asyncProperty(anyTrip, async (named) => {
        expect(await comparison.compare(tripOf(named))).toBeUndefined();
      });
      await fc.assert(property, { numRuns: 150, seed: SEED });
    },
    TWO_MINUTES_MS,
  );

  it("would show a server that does not look at the verifier, and one that redirects anywhere", async () => {
    const { web } = parties;
    const forgetful: CodeFlowServer = {
      ...engine,
      token: (request) => engine.token(set("code_verifier", VERIFIER)(request, web)),
    };
    const careless: CodeFlowServer = {
      ...engine,
      async authorize(parameters) {
        const authorized = await engine.authorize(parameters);
        return authorized.verdict.startsWith("page") ? { verdict: "redirect invalid_request" } : authorized;
      },
    };
    const shown = async (server: CodeFlowServer, name: string, request: "authorization" | "redemption") => {
      const trip = tripOf({ party: "web", ending: "refresh", spoiled: [[request, name]] });
      return createComparison(server, peer).compare(trip);
    };
    expect(await shown(forgetful, "another code_verifier", "redemption")).toBe(
      "web, refresh, redemption, another code_verifier: redemption, the verdict: accepted here, body invalid_grant there",
    );
    expect(await shown(careless, "redirect_uri elsewhere", "authorization")).toBe(
      "web, refresh, authorization, redirect_uri elsewhere: authorization, the verdict: redirect invalid_request here, page invalid_redirect_uri there",
    );
  });
});
