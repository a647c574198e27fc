import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cookieRules,
  parseCookies,
  requestCookieJar,
  serialiseCookie,
} from "../../../src/server/session/cookie.ts";

const https = cookieRules("https://gate.example");
const http = cookieRules("http://localhost:3000");
const names = ({ session, preSession, transaction }: typeof https) => [
  session,
  preSession,
  transaction("0123456789abcdef"),
];

describe("cookies over https", () => {
  it("have names that browsers take from this host and over TLS only", () => {
    expect(names(https)).toEqual([
      "__Host-Http-ticketgate",
      "__Host-Http-ticketgate-pre",
      "__Host-Http-ticketgate-tx-01234567",
    ]);
  });

  it("are out of reach for scripts, and never sent by another site's request", () => {
    expect(serialiseCookie(https.session, "v", https.attributes)).toBe(
      "__Host-Http-ticketgate=v; Path=/; HttpOnly; Secure; SameSite=Lax",
    );
    expect(serialiseCookie("tx", "v", { ...https.strictAttributes, maxAge: 600 })).toBe(
      "tx=v; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Strict",
    );
  });
});

describe("cookies over http on localhost", () => {
  it("have other names, so that neither kind is taken for the other", () => {
    for (const name of names(http)) {
      expect(name).toMatch(/^ticketgate-dev/);
      expect(names(https)).not.toContain(name);
    }
  });

  it("are out of reach for scripts too", () => {
    const cookie = serialiseCookie(http.session, "v", http.attributes);
    expect(cookie).toBe("ticketgate-dev=v; Path=/; HttpOnly; SameSite=Lax");
  });
});

describe("the Cookie header", () => {
  it.each<[string, string | null, [string, string][]]>([
    ["is absent", null, []],
    ["is empty", "", []],
    ["has one", "a=1", [["a", "1"]]],
    [
      "has several",
      "a=1; b=2",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    [
      "has blanks",
      "  a =  1 ;b=2  ",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    ["has a value with an equals sign", "a=b=c", [["a", "b=c"]]],
    ["has an empty value", "a=", [["a", ""]]],
    ["has no name", "=1; b=2", [["b", "2"]]],
    ["has no equals sign", "a; b=2", [["b", "2"]]],
    ["has a name twice: the first counts", "a=1; a=2", [["a", "1"]]],
    ["has a prototype's name", "__proto__=1", [["__proto__", "1"]]],
  ])("%s", (_, header, cookies) => {
    expect([...parseCookies(header)]).toEqual(cookies);
  });

  it("is read without a fault, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (header) => {
        for (const [name, value] of parseCookies(header)) expect(header).toContain(name || value);
      }),
    );
  });
});

describe("the jar of a request", () => {
  const { attributes } = https;

  it("gives what the browser sent, and says nothing of its own", () => {
    const jar = requestCookieJar("a=1");
    expect([jar.get("a"), jar.get("b")]).toEqual(["1", undefined]);
    expect(jar.setCookies()).toEqual([]);
  });

  it("gives what was set and cleared meanwhile, and says the last word of each name once", () => {
    const jar = requestCookieJar("a=1; b=1");
    jar.set("a", "2", attributes);
    jar.set("a", "3", attributes);
    jar.set("b", "2", attributes);
    jar.clear("b", attributes);
    expect([jar.get("a"), jar.get("b")]).toEqual(["3", undefined]);
    expect(jar.setCookies()).toEqual([
      "a=3; Path=/; HttpOnly; Secure; SameSite=Lax",
      "b=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
    ]);
  });
});
