import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClientCredentials } from "../../../src/server/oauth/client-authentication.ts";
import { OAuthError } from "../../../src/server/oauth/error.ts";
import { parseFormBody } from "../../../src/server/oauth/form-body.ts";

const nothing = parseFormBody("");

function basicOf(pair: string): string {
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function encoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

function errorOf(authorization: string | null, body = ""): string {
  try {
    readClientCredentials(authorization, parseFormBody(body));
  } catch (error) {
    if (error instanceof OAuthError) return error.error;
    throw error;
  }
  return "none";
}

describe("Basic credentials", () => {
  it.each([
    ["s6BhdRkqt3", "gX1fBat3bV"],
    ["a:b", "c:d"],
    ["50%", "100% sure"],
    ["a+b c", "+ +"],
    ["clé", "пароль €"],
    ["client", ""],
    ["%41", "%3A"],
  ])("reads identifier %j and secret %j as RFC 6749 2.3.1 encodes them", (clientId, clientSecret) => {
    const header = basicOf(`${encoded(clientId)}:${encoded(clientSecret)}`);
    expect(readClientCredentials(header, nothing)).toEqual({
      method: "client_secret_basic",
      clientId,
      clientSecret,
    });
  });

  it("reads any identifier and secret back", async () => {
    const text = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
    const property = fc.property(
      text.filter((value) => value !== ""),
      text,
      (clientId, clientSecret) => {
        const header = basicOf(`${encoded(clientId)}:${encoded(clientSecret)}`);
        expect(readClientCredentials(header, nothing)).toMatchObject({ clientId, clientSecret });
      },
    );
    await fc.assert(property);
  });

  it("ends the identifier at the first colon", () => {
    expect(readClientCredentials(basicOf("a:b:c"), nothing)).toMatchObject({
      clientId: "a",
      clientSecret: "b:c",
    });
  });

  it.each(["bAsIc", "BASIC", "basic"])("takes the scheme's name in any case: %s", (scheme) => {
    const header = basicOf("a:b").replace("Basic", scheme);
    expect(readClientCredentials(header, nothing)).toMatchObject({ clientId: "a" });
  });

  it.each([
    "",
    "Basic",
    "Basic ",
    "Basic !!!!",
    "Basic YTpi YTpi",
    "Basic YTpi, Basic YTpi",
    "Bearer YTpi",
    "DPoP x",
    basicOf("no-colon"),
    basicOf(":only-secret"),
    basicOf("%zz:b"),
    basicOf("a:%"),
    basicOf("a:%ff"),
    `Basic ${Buffer.from([0xff, 0x3a, 0x61]).toString("base64")}`,
  ])("refuses %j as invalid_client", (header) => {
    expect(errorOf(header)).toBe("invalid_client");
  });

  it("answers any header with credentials or with invalid_client", async () => {
    await fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String().map((text) => `Basic ${text}`),
        ),
        (header) => {
          expect(["none", "invalid_client"]).toContain(errorOf(header));
        },
      ),
    );
  });
});

describe("credentials in the body", () => {
  it("reads client_secret_post", () => {
    expect(readClientCredentials(null, parseFormBody("client_id=a%3Ab&client_secret=c%2Bd"))).toEqual({
      method: "client_secret_post",
      clientId: "a:b",
      clientSecret: "c+d",
    });
  });

  it("takes an empty secret for none: a public client", () => {
    expect(readClientCredentials(null, parseFormBody("client_id=a&client_secret="))).toEqual({
      method: "none",
      clientId: "a",
    });
  });

  it("leaves an assertion to the engine", () => {
    expect(readClientCredentials(null, parseFormBody("client_assertion=x"))).toEqual({
      method: "client_assertion",
      clientId: undefined,
    });
  });

  it("refuses a secret that belongs to nobody", () => {
    expect(errorOf(null, "client_secret=x")).toBe("invalid_request");
  });
});

describe("more than one method", () => {
  const header = basicOf("a:b");

  it.each(["client_id=a&client_secret=b", "client_secret=b", "client_assertion=x"])(
    "refuses Basic and %s",
    (body) => {
      expect(errorOf(header, body)).toBe("invalid_request");
    },
  );

  it("refuses a secret and an assertion", () => {
    expect(errorOf(null, "client_id=a&client_secret=b&client_assertion=x")).toBe("invalid_request");
  });

  it("refuses Basic for one client and client_id of another, and takes the same one twice", () => {
    expect(errorOf(header, "client_id=other")).toBe("invalid_request");
    expect(errorOf(header, "client_id=a")).toBe("none");
    expect(errorOf(header, "client_id=a&client_secret=")).toBe("none");
  });
});
