import { describe, expect, it } from "vitest";
import { pageFormRefusal, pageRefusal } from "../../../src/server/http/page-refusal.ts";

const ID = "60".padEnd(42, "a");
const TYPE = "multipart/form-data; boundary=XX";
const SCRIPT = { "content-type": "text/plain;charset=UTF-8", "next-action": ID };

type Fields = [name: string, value: string][];

const bodyOf = (fields: Fields) =>
  `${fields.map(([name, value]) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--XX--\r\n`;

const request = (headers: Record<string, string>, body: RequestInit["body"] = "") =>
  new Request("https://gate.example/login", { method: "POST", headers, body: body ?? null });

/** A request whose body comes as it comes. */
const streamed = (body: ReadableStream) => {
  const options = { method: "POST", headers: SCRIPT, body, duplex: "half" };
  return new Request("https://gate.example/login", options as RequestInit);
};

const statusOf = async (headers: Record<string, string>, body?: RequestInit["body"]) =>
  (await pageFormRefusal(request(headers, body)))?.status;

const formStatus = (fields: Fields, headers: Record<string, string> = {}) =>
  statusOf({ "content-type": TYPE, ...headers }, bodyOf(fields));

const plain: Fields = [
  ["formToken", "token"],
  ["username", "$F1 is a name too"],
  ["password", '{"$": 1}'],
  ["next", "/"],
];
const bound: Fields = [
  ["$ACTION_REF_1", ""],
  ["$ACTION_1:0", JSON.stringify({ id: ID, bound: "$@1" })],
  ["$ACTION_1:1", '[{"username":""}]'],
  ["$ACTION_KEY", "k63ebe157a0c57cc27126c8d8d229062c"],
];
const change = (fields: Fields, name: string, value: string): Fields =>
  fields.map((field) => (field[0] === name ? [name, value] : field));

describe("our own forms are let through", () => {
  it.each<[string, Fields, Record<string, string>?]>([
    ["login, without script", [...bound, ...plain]],
    [
      "login, without script, again after a failure",
      [
        ...change(
          bound,
          "$ACTION_1:1",
          '[{"fault":{"code":"X","fields":{"username":["is empty"]},"id":"$undefined"},"username":"$$F1"}]',
        ),
        ...plain,
      ],
    ],
    [
      "sign-out, without script",
      [
        [`$ACTION_ID_${ID}`, ""],
        ["formToken", "token"],
      ],
    ],
    [
      "sign-out, with script",
      [
        ["_1_formToken", "token"],
        ["0", '["$K1"]'],
      ],
      { "next-action": ID },
    ],
    [
      "login, with script",
      [
        ...bound.map(([name, value]): [string, string] => [`_1_${name}`, value]),
        ["_1_username", "ada"],
        ["0", '[{"username":""},"$K1"]'],
      ],
      { "next-action": ID },
    ],
  ])("%s", async (_, fields, headers) => {
    expect(await formStatus(fields, headers)).toBeUndefined();
  });

  it("arguments without a form", async () => {
    expect(await statusOf(SCRIPT, '[{"username":"$$1"},null,1,true,"$undefined",""]')).toBeUndefined();
    expect(await statusOf({ ...SCRIPT, "content-type": "text/plain; charset=utf-8" }, "[]")).toBeUndefined();
  });

  it("whatever only reads", async () => {
    for (const method of ["GET", "HEAD"]) {
      expect(pageRefusal({ method, headers: new Headers({ "content-type": "x" }) })).toBeUndefined();
    }
  });
});

describe("405: what no page does", () => {
  it.each(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get"])("%s", (method) => {
    expect(pageRefusal({ method, headers: new Headers() })).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD, POST" },
    });
  });
});

describe("415: what is no form of a page", () => {
  it.each([
    undefined,
    "application/json",
    "application/x-www-form-urlencoded",
    "text/plain",
    "Multipart/Form-Data; boundary=XX",
    "multipart/mixed; boundary=XX",
    "multipart/form-dataa; boundary=XX",
  ])("%j, with the id of an action and without", async (type) => {
    for (const action of [undefined, ID]) {
      const sent = request({});
      if (action) sent.headers.set("next-action", action);
      if (type === undefined) sent.headers.delete("content-type");
      else sent.headers.set("content-type", type);
      expect((await pageFormRefusal(sent))?.status).toBe(415);
    }
  });

  it("text without the id of an action", async () => {
    expect(await statusOf({ "content-type": "text/plain;charset=UTF-8" }, "[]")).toBe(415);
  });
});

describe("413: what is too large", () => {
  const LIMIT = 65_536;
  const padded = (bytes: number) => `[${" ".repeat(bytes - 2)}]`;

  it("by its declared length, before anything is read", () => {
    for (const length of [String(LIMIT + 1), "1e9", "x", "-"]) {
      const headers = new Headers({ ...SCRIPT, "content-length": length });
      expect(pageRefusal({ method: "POST", headers })).toMatchObject({
        status: 413,
        headers: { connection: "close" },
      });
    }
    const headers = new Headers({ ...SCRIPT, "content-length": String(LIMIT) });
    expect(pageRefusal({ method: "POST", headers })).toBeUndefined();
  });

  it("by its bytes, where no length is declared", async () => {
    const send = async (bytes: number) =>
      (await pageFormRefusal(streamed(new Blob([padded(bytes)]).stream())))?.status;
    expect(await send(LIMIT)).toBeUndefined();
    expect(await send(LIMIT + 1)).toBe(413);
  });
});

describe("400: what cannot be decoded", () => {
  it.each(["multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary="XX"'])(
    "a form without a boundary: %s",
    async (type) => {
      expect(pageRefusal({ method: "POST", headers: new Headers({ "content-type": type }) })?.status).toBe(
        400,
      );
    },
  );

  it.each(["", "garbage", "--XX"])("a body that is no form: %j", async (body) => {
    expect(await statusOf({ "content-type": TYPE }, body)).toBe(400);
    expect(await statusOf({ "content-type": TYPE, "next-action": ID }, body)).toBe(400);
  });

  it("a body that breaks off", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
    const sent = streamed(body);
    expect((await pageFormRefusal(sent))?.status).toBe(400);
  });

  it.each<[string, Fields]>([
    ["no action", plain],
    ["no fields", []],
    ["an action that is not JSON", change(bound, "$ACTION_1:0", `{"id":"${ID}",nope`)],
    ["an action without an id", change(bound, "$ACTION_1:0", '{"bound":"$@1"}')],
    ["an action with more than that", change(bound, "$ACTION_1:0", `{"id":"${ID}","bound":null,"x":1}`)],
    ["an action bound to something else", change(bound, "$ACTION_1:0", `{"id":"${ID}","bound":"$@2"}`)],
    ["an action bound to a value", change(bound, "$ACTION_1:0", `{"id":"${ID}","bound":7}`)],
    ["an action that is not there", [["$ACTION_REF_1", ""], ...plain]],
    ["an action that is there twice", [...bound, ...bound]],
    ["bound arguments that are not there", bound.filter(([name]) => name !== "$ACTION_1:1")],
    ["bound arguments that are not JSON", change(bound, "$ACTION_1:1", "nope")],
    ["bound arguments that are no list", change(bound, "$ACTION_1:1", "{}")],
    ["bound arguments that refer to others", change(bound, "$ACTION_1:1", '["$F1"]')],
    ["a name of React's that is not known", [...bound, ["$ACTION_X", ""]]],
    ["a name that no field has", [...bound, ["1", ""]]],
  ])("a form with %s", async (_, fields) => {
    expect(await formStatus(fields)).toBe(400);
  });

  const unreadable = [
    "",
    "not json",
    "\u001b[31mX\nFOR",
    "\ufeff[]",
    "{}",
    "null",
    '"x"',
    ...["$F1", "$@1", "$1", "$T", "$Q1", "$B1", "$o1", "$n1", "$D", "$K", "$Kx", "$-0", "$"].map((text) =>
      JSON.stringify([text]),
    ),
    '[{"__proto__":1}]',
    `[${Array(9).fill(0)}]`,
    `${"[".repeat(9)}${"]".repeat(9)}`,
    `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
  ];

  it.each(unreadable.map((text) => [text.slice(0, 40), text]))("arguments: %j", async (_, text) => {
    expect(await statusOf(SCRIPT, text)).toBe(400);
    expect(await formStatus([["0", text]], { "next-action": ID })).toBe(400);
  });

  it.each<[string, Fields]>([
    ["no arguments", [["_1_username", "ada"]]],
    [
      "arguments twice",
      [
        ["0", "[]"],
        ["0", "[]"],
      ],
    ],
    [
      "another chunk",
      [
        ["0", "[]"],
        ["1", "[]"],
      ],
    ],
    [
      "a field of no form",
      [
        ["0", "[]"],
        ["username", "ada"],
      ],
    ],
    [
      "a field without a name",
      [
        ["0", "[]"],
        ["_1_", "ada"],
      ],
    ],
  ])("fields of a call: %s", async (_, fields) => {
    expect(await formStatus(fields, { "next-action": ID })).toBe(400);
  });
});

it("every refusal is plain text that nobody keeps, and repeats nothing of what was sent", async () => {
  for (const type of ["<script>", `${TYPE}<script>`, TYPE]) {
    const refused = await pageFormRefusal(request({ "content-type": type }, "<script>"));
    expect(refused?.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(refused?.text).not.toContain("script>");
  }
});
