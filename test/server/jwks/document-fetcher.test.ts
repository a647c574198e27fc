import { describe, expect, it } from "vitest";
import { checkJwkSet } from "../../../src/server/jwks/check-document.ts";
import { createDocumentFetcher } from "../../../src/server/jwks/document-fetcher.ts";
import type { HttpAnswer } from "../../../src/server/jwks/pinned-request.ts";
import { testClock } from "../../support/engine.ts";

const URI = "https://keys.example/jwks";
const set = (kid: number | string) => JSON.stringify({ keys: [{ kty: "EC", kid }] });

/** A fetcher whose network answers with the set of the moment, or fails when there is none. */
function opened(options: { keptMs?: number } = {}) {
  const clock = testClock();
  const network = { text: set(1) as string | undefined, requests: 0, closed: 0, hold: Promise.resolve() };
  const request = async (): Promise<HttpAnswer> => {
    network.requests += 1;
    const { text } = network;
    await network.hold;
    if (text === undefined) throw new Error("down");
    const body = (async function* () {
      yield Buffer.from(text);
    })();
    const close = async () => {
      network.closed += 1;
    };
    return { status: 200, body, close };
  };
  const fetchJwks = createDocumentFetcher({
    check: checkJwkSet,
    clock,
    request,
    resolve: async () => ["1.1.1.1"],
    allowPrivateAddresses: false,
    ...options,
  });
  return { clock, network, fetchJwks };
}

function keeping(keptMs: number) {
  const { clock, network, fetchJwks: fetchDocument } = opened({ keptMs });
  return { clock, network, fetchDocument };
}

describe("keys that were fetched", () => {
  it("are kept for five minutes", async () => {
    const { clock, network, fetchJwks } = opened();
    expect(await fetchJwks(URI)).toBe(set(1));
    network.text = set(2);
    clock.advance(299_999);
    expect(await fetchJwks(URI)).toBe(set(1));
    clock.advance(1);
    expect(await fetchJwks(URI)).toBe(set(2));
    expect(network).toMatchObject({ requests: 2, closed: 2 });
  });

  it("are fetched anew when fresh ones are asked for, once a minute", async () => {
    const { clock, network, fetchJwks } = opened();
    await fetchJwks(URI);
    network.text = set(2);
    expect(await fetchJwks(URI, { fresh: true })).toBe(set(2));
    expect(await fetchJwks(URI)).toBe(set(2));
    network.text = set(3);
    clock.advance(59_999);
    expect(await fetchJwks(URI, { fresh: true })).toBe(set(2));
    clock.advance(1);
    expect(await fetchJwks(URI, { fresh: true })).toBe(set(3));
    expect(network.requests).toBe(3);
  });

  it("are not kept alive by a clock that goes back", async () => {
    const { clock, network, fetchJwks } = opened();
    await fetchJwks(URI);
    network.text = set(2);
    clock.advance(-1);
    expect(await fetchJwks(URI)).toBe(set(2));
  });

  it("are fetched once for all who ask at the same time", async () => {
    const { network, fetchJwks } = opened();
    const asking = Array.from({ length: 64 }, (_, at) => fetchJwks(URI, { fresh: at % 2 === 0 }));
    expect(new Set(await Promise.all(asking))).toEqual(new Set([set(1)]));
    expect(network.requests).toBe(1);
  });

  it("do not answer for another address", async () => {
    const { network, fetchJwks } = opened();
    await fetchJwks(URI);
    network.text = set(2);
    expect(await fetchJwks(`${URI}?b`)).toBe(set(2));
  });

  it("are forgotten when there are too many", async () => {
    const { network, fetchJwks } = opened();
    for (let at = 0; at <= 256; at += 1) await fetchJwks(`${URI}/${at}`);
    expect(network.requests).toBe(257);
    await fetchJwks(`${URI}/256`);
    expect(network.requests).toBe(257);
    await fetchJwks(`${URI}/0`);
    expect(network.requests).toBe(258);
  });
});

describe("documents of which none is kept", () => {
  it("are fetched each time, and once for all who ask at the same time", async () => {
    const { network, fetchDocument } = keeping(0);
    expect(await fetchDocument(URI)).toBe(set(1));
    network.text = set(2);
    const asking = Array.from({ length: 8 }, () => fetchDocument(URI));
    expect(new Set(await Promise.all(asking))).toEqual(new Set([set(2)]));
    expect(network.requests).toBe(2);
  });

  it("that could not be fetched are not asked for again for ten seconds", async () => {
    const { clock, network, fetchDocument } = keeping(0);
    network.text = undefined;
    await expect(fetchDocument(URI)).rejects.toThrow("down");
    network.text = set(1);
    await expect(fetchDocument(URI)).rejects.toThrow("down");
    clock.advance(10_000);
    expect(await fetchDocument(URI)).toBe(set(1));
    expect(await fetchDocument(URI)).toBe(set(1));
    expect(network.requests).toBe(3);
  });
});

describe("keys that could not be fetched", () => {
  it("are not asked for again for ten seconds", async () => {
    const { clock, network, fetchJwks } = opened();
    network.text = undefined;
    await expect(fetchJwks(URI)).rejects.toThrow("down");
    network.text = set(1);
    clock.advance(9_999);
    await expect(fetchJwks(URI)).rejects.toThrow("down");
    await expect(fetchJwks(URI, { fresh: true })).rejects.toThrow("down");
    expect(network.requests).toBe(1);
    clock.advance(1);
    expect(await fetchJwks(URI)).toBe(set(1));
  });

  it("leave those that are there until their time is over", async () => {
    const { clock, network, fetchJwks } = opened();
    await fetchJwks(URI);
    network.text = undefined;
    await expect(fetchJwks(URI, { fresh: true })).rejects.toThrow("down");
    expect(await fetchJwks(URI)).toBe(set(1));
    clock.advance(299_999);
    expect(await fetchJwks(URI)).toBe(set(1));
    clock.advance(1);
    await expect(fetchJwks(URI)).rejects.toThrow("down");
    expect(network.requests).toBe(3);
  });

  it("do not pile up: no more than 32 at once", async () => {
    const { network, fetchJwks } = opened();
    let open = () => {};
    network.hold = new Promise<void>((done) => {
      open = done;
    });
    const running = Array.from({ length: 32 }, (_, at) => fetchJwks(`${URI}/${at}`));
    await expect(fetchJwks(URI)).rejects.toThrow("too many");
    const joined = fetchJwks(`${URI}/0`);
    open();
    await Promise.all([...running, joined]);
    expect(await fetchJwks(URI)).toBe(set(1));
    expect(network.requests).toBe(33);
  });
});
