import { describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import { subjectForClient } from "../../../../src/server/engine/id-token/subject-for-client.ts";

const context = { pairwiseKey: Buffer.alloc(32, 1), serviceId: "1001" };
const pairwise = (change: Partial<Client> = {}): Client => ({
  clientId: 1,
  subjectType: "PAIRWISE",
  redirectUris: ["https://app.example/callback"],
  ...change,
});
const sub = (client: Client, subject = "alice", from = context) =>
  subjectForClient(from, client, { subject });

describe("the subject as a client knows it", () => {
  it("is the subject itself unless the client is pairwise", () => {
    expect(sub({ clientId: 1 })).toBe("alice");
    expect(sub({ clientId: 1, subjectType: "PUBLIC" })).toBe("alice");
  });

  it("is what the caller chose, whatever the client is", () => {
    expect(subjectForClient(context, pairwise(), { subject: "alice", sub: "chosen" })).toBe("chosen");
    expect(subjectForClient(context, pairwise(), { subject: "alice", sub: "" })).toBe(sub(pairwise()));
  });

  it("is the same for the same sector, and tells neither subject nor sector", () => {
    const value = sub(pairwise());
    expect(value).toMatch(/^[\w-]{43}$/);
    expect(
      sub(pairwise({ clientId: 2, redirectUris: ["https://app.example/other", "https://app.example/2"] })),
    ).toBe(value);
    expect(sub(pairwise({ redirectUris: [], sectorIdentifierUri: "https://app.example/sector.json" }))).toBe(
      value,
    );
    expect(sub(pairwise({ redirectUris: [], derivedSectorIdentifier: "app.example" }))).toBe(value);
  });

  it.each<[string, Client]>([
    ["another host", pairwise({ redirectUris: ["https://other.example/callback"] })],
    [
      "a sector document on another host",
      pairwise({ sectorIdentifierUri: "https://sector.example/all.json" }),
    ],
    ["no host at all", pairwise({ redirectUris: [] })],
    ["several hosts", pairwise({ redirectUris: ["https://app.example/", "https://app2.example/"] })],
    ["a host that cannot be read", pairwise({ redirectUris: ["callback"] })],
  ])("is another for a client with %s", (_, client) => {
    expect(sub(client)).not.toBe(sub(pairwise()));
    expect(sub({ ...client, clientId: 1 })).toBe(sub(client));
  });

  it("keeps clients apart whose sector nobody knows", () => {
    const unknown = (clientId: number) => sub(pairwise({ clientId, redirectUris: [] }));
    expect(unknown(1)).not.toBe(unknown(2));
  });

  it("is another for every subject, service and key", () => {
    expect(sub(pairwise(), "bob")).not.toBe(sub(pairwise()));
    expect(sub(pairwise(), "alice", { ...context, serviceId: "1002" })).not.toBe(sub(pairwise()));
    expect(sub(pairwise(), "alice", { ...context, pairwiseKey: Buffer.alloc(32, 2) })).not.toBe(
      sub(pairwise()),
    );
  });
});
