import { describe, expect, it } from "vitest";
import { askedItems } from "../../src/app/(interaction)/consent/[handle]/asked-items.ts";
import { detailLines } from "../../src/app/(interaction)/consent/[handle]/detail-lines.ts";
import { request } from "../server/flow/authorization/documents.ts";

describe("what a consent page lists", () => {
  const titles = (
    changes: Parameters<typeof request>[0],
    granted?: ReadonlySet<string>,
    language: "en" | "ja" = "en",
  ) =>
    askedItems(request(changes), { granted, language }).map(({ title, isNew }) =>
      isNew ? `${title} NEW` : title,
    );

  it("says scopes in plain words, in the reader's language", () => {
    const scopes = [{ name: "openid" }, { name: "offline_access" }];
    expect(titles({ scopes })).toEqual(["Know that it is you", "Keep access while you are away"]);
    expect(titles({ scopes }, undefined, "ja")).toEqual([
      "あなたであることの確認",
      "利用していない間のアクセス",
    ]);
  });

  it("says so of the scopes for managing a grant", () => {
    const scopes = [{ name: "grant_management_query" }, { name: "grant_management_revoke" }];
    expect(titles({ scopes })).toEqual(["See what you have allowed it", "Give up what you have allowed it"]);
    expect(titles({ scopes }, undefined, "ja")).toEqual(["許可した内容の参照", "許可の取り消し"]);
  });

  it("prefers the operator's words in the reader's language, and falls back to a description or the name", () => {
    const descriptions = [{ tag: "ja-JP", value: "支払い" }];
    const scopes = [
      { name: "email", descriptions },
      { name: "pay", description: "Make payments", descriptions },
      { name: "__proto__" },
    ];
    expect(titles({ scopes }, undefined, "ja")).toEqual(["支払い", "支払い", "__proto__"]);
    expect(titles({ scopes })).toEqual(["See your e-mail address", "Make payments", "__proto__"]);
  });

  it("marks what is new, and nothing where all of it is", () => {
    const asked = {
      scopes: [{ name: "openid" }, { name: "email" }],
      dynamicScopes: ["pay:1"],
      namedClaims: ["birthdate", "email", "acr"],
    };
    expect(titles(asked)).toEqual([
      "Know that it is you",
      "See your e-mail address",
      "pay:1",
      "See your birthday",
    ]);
    expect(titles(asked, new Set(["openid"]))).toEqual([
      "Know that it is you",
      "See your e-mail address NEW",
      "pay:1 NEW",
      "See your birthday NEW",
    ]);
    expect(titles(asked, new Set(["openid", "email", "pay:1", "profile"])).join()).not.toContain("NEW");
  });
});

describe("an authorization detail in lines", () => {
  it("is all there: the common members in words, its own by their path", () => {
    const lines = detailLines(
      {
        type: "payment",
        actions: ["initiate", "status"],
        locations: ["https://bank.example"],
        otherFields: JSON.stringify({
          instructedAmount: { currency: "EUR", amount: "12.50" },
          debtors: [{ name: "A" }, { name: "B" }],
          flags: [true, 1, null],
          empty: {},
        }),
      },
      "en",
    );
    expect(lines).toEqual([
      { label: "What it may do", value: "initiate, status" },
      { label: "Where", value: "https://bank.example" },
      { label: "instructed Amount › currency", value: "EUR" },
      { label: "instructed Amount › amount", value: "12.50" },
      { label: "debtors › 1 › name", value: "A" },
      { label: "debtors › 2 › name", value: "B" },
      { label: "flags", value: "true, 1, null" },
      { label: "empty", value: "{}" },
    ]);
  });

  it("hides nothing that is deep, not JSON, or reads like another line", () => {
    const deep = { a: { a: { a: { a: { a: { a: { a: { secret: 1 } } } } } } } };
    const shown = (otherFields: string) => detailLines({ type: "t", otherFields }, "en");
    expect(JSON.stringify(shown(JSON.stringify(deep)))).toContain("secret");
    expect(shown("{broken")).toEqual([{ label: "…", value: "{broken" }]);
    expect(shown('{"ab":1,"a_b":2,"a b":3}').map(({ label }) => label)).toEqual(["ab", "a b", "a b (2)"]);
  });
});
