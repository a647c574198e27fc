import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAccessTokenSource } from "../../src/client/access-token.ts";
import { TicketgateClientError } from "../../src/client/client-error.ts";

type Answer = { status?: number; body: unknown };

/** A token endpoint that gives numbered tokens, and what it was asked. */
function endpoint(answer: (count: number) => Answer = (count) => granted(`token-${count}`)) {
  const requests: Request[] = [];
  const clock = { now: 0 };
  const options = {
    origin: "https://gate.example",
    clientId: "2001",
    clientSecret: "s3cret of the client",
    clock: () => clock.now,
    async fetch(url: string | URL | Request, init?: RequestInit) {
      requests.push(new Request(url, init));
      await new Promise(setImmediate);
      const { status = 200, body } = answer(requests.length);
      return Response.json(body, { status });
    },
  };
  return { requests, clock, options, source: createAccessTokenSource(options) };
}

function granted(token: string, seconds = 3600): Answer {
  return { body: { access_token: token, token_type: "Bearer", expires_in: seconds } };
}

describe("the access token of a back end", () => {
  it("is asked for by client credentials with the scope token:issue (RFC 6749 4.4)", async () => {
    const { requests, source } = endpoint();
    expect(await source.get()).toBe("token-1");
    const [request] = requests as [Request];
    expect(request.url).toBe("https://gate.example/oauth/token");
    expect(request.method).toBe("POST");
    expect(request.redirect).toBe("error");
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
      grant_type: "client_credentials",
      scope: "token:issue",
    });
  });

  it("form-encodes whatever id and secret are (RFC 6749 2.3.1)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        async (clientId, clientSecret) => {
          const { requests, options } = endpoint();
          await createAccessTokenSource({ ...options, clientId, clientSecret }).get();
          const header = requests[0]?.headers.get("authorization") ?? "";
          const [id = "", secret = ""] = atob(header.slice("Basic ".length)).split(":");
          expect(new URLSearchParams(`id=${id}&secret=${secret}`).get("id")).toBe(clientId.toWellFormed());
          expect(new URLSearchParams(`id=${id}&secret=${secret}`).get("secret")).toBe(
            clientSecret.toWellFormed(),
          );
        },
      ),
    );
  });

  it("is kept until shortly before it expires, and renewed then", async () => {
    const { requests, clock, source } = endpoint();
    await source.get();
    clock.now = 3_569_999;
    expect(await source.get()).toBe("token-1");
    clock.now = 3_570_000;
    expect(await source.get()).toBe("token-2");
    expect(requests).toHaveLength(2);
  });

  it("is used for nine tenths of a short life", async () => {
    const { clock, source } = endpoint((count) => granted(`token-${count}`, 10));
    await source.get();
    clock.now = 8_999;
    expect(await source.get()).toBe("token-1");
    clock.now = 9_000;
    expect(await source.get()).toBe("token-2");
  });

  it("is asked for once, however many callers wait for it", async () => {
    const { requests, source } = endpoint();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.get()));
    expect(new Set(tokens)).toEqual(new Set(["token-1"]));
    expect(requests).toHaveLength(1);
  });

  it("is dropped when it was refused, but not when it has been replaced since", async () => {
    const { requests, source } = endpoint();
    const first = await source.get();
    source.forget(first);
    const second = await source.get();
    source.forget(first);
    expect(await source.get()).toBe(second);
    expect(requests).toHaveLength(2);
  });

  it.each<Answer & { name: string; text: string }>([
    { name: "the client is wrong", status: 401, body: { error: "invalid_client" }, text: "invalid_client" },
    { name: "there is no token", body: {}, text: "no access token was given" },
    {
      name: "the lifetime is not a number",
      body: { access_token: "x", expires_in: "1" },
      text: "no access token was given",
    },
    { name: "the answer is null", body: null, text: "no access token was given" },
    {
      name: "the error is an essay",
      status: 400,
      body: { error: "call 555 now!" },
      text: "no access token was given",
    },
  ])(
    "is refused with a typed error when $name, and asked for anew the next time",
    async ({ status, body, text }) => {
      const { source, options } = endpoint((count) =>
        count === 1 ? { ...(status ? { status } : {}), body } : granted("good"),
      );
      const error = await source.get().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TicketgateClientError);
      expect(error).toMatchObject({ code: "TOKEN_REFUSED", status: status ?? 200, message: text });
      expect(inspect(error, { depth: 9 })).not.toContain(options.clientSecret);
      expect(await source.get()).toBe("good");
    },
  );
});
