import { readFileSync } from "node:fs";
import type { Sent } from "./exchange.ts";

/** A request to a page, and what it has to get. */
export type PageCase = readonly [title: string, sent: Omit<Sent, "method" | "path">, status: number];

/** Pages, and an address that is none. */
export const pagePaths = ["/", "/login", "/problem", "/nothing", "/_global-error"] as const;

const BOUNDARY = "----WebKitFormBoundaryAbCdEf0123456789";
export const formType = `multipart/form-data; boundary=${BOUNDARY}`;
export const scriptType = "text/plain;charset=UTF-8";

/** A form as a browser writes it. */
export function formBody(fields: readonly (readonly [name: string, value: string])[]): string {
  const parts = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${BOUNDARY}--\r\n`;
}

/** The ids of all server actions of the build. */
export function actionIds(): string[] {
  const manifest = readFileSync(".next/server/server-reference-manifest.json", "utf8");
  const ids = Object.keys((JSON.parse(manifest) as { node: object }).node);
  if (ids.length < 2) throw new Error("there are fewer server actions than forms");
  return ids;
}

/** The hidden fields of the form on a page; those of its frame, which has a form too, are left out. */
export function hiddenFields(html: string): [name: string, value: string][] {
  const content = html.split("</main>")[0] ?? "";
  return [
    ...content.matchAll(/<input type="hidden" name="(?<name>[^"]*)"(?: value="(?<value>[^"]*)")?/g),
  ].map(({ groups }) => [groups?.name ?? "", (groups?.value ?? "").replaceAll("&quot;", '"')]);
}

const post = (type: string | undefined, body: string, action?: string): Omit<Sent, "method" | "path"> => ({
  headers: {
    ...(type === undefined ? {} : { "content-type": type }),
    ...(action === undefined ? {} : { "next-action": action }),
  },
  body,
});

/** What has been answered with 500 by Next, or would be, whatever page it is sent to. `id` is the id of a server action. */
export function refusedPosts(id: string): PageCase[] {
  const bound = (descriptor: string, argument = '[{"username":""}]') =>
    formBody([
      ["$ACTION_REF_1", ""],
      ["$ACTION_1:0", descriptor],
      ["$ACTION_1:1", argument],
    ]);
  const known = JSON.stringify({ id, bound: "$@1" });
  const large = "a".repeat(1_100_000);
  return [
    ["a form without a boundary", post("multipart/form-data", "x"), 400],
    ["garbage", post(formType, "garbage"), 400],
    ["nothing", post(formType, ""), 400],
    ["a form that breaks off", post(formType, formBody([["a", "1"]]).slice(0, -10)), 400],
    ["a form without an action", post(formType, formBody([["username", "ada"]])), 400],
    ["an action that is not JSON", post(formType, bound(`{"id":"${id}",nope`)), 400],
    ["an action with a bad id", post(formType, bound('{"id":"zz","bound":null}')), 400],
    ["bound arguments that are not JSON", post(formType, bound(known, "nope")), 400],
    ["bound arguments that refer to nothing", post(formType, bound(known, '["$F1"]')), 400],
    ["a call that is not JSON", post(scriptType, "not json", id), 400],
    ["a call with a command for a terminal", post(scriptType, "\u001b[31mX\nFORGED", id), 400],
    ["a call that refers to nothing", post(scriptType, '["$F1"]', id), 400],
    ["a call with too many arguments", post(scriptType, `[${Array(2000).fill(0)}]`, id), 400],
    ["a call that is nested too deep", post(scriptType, "[".repeat(9000) + "]".repeat(9000), id), 400],
    ["a call without a boundary", post("multipart/form-data", "x", id), 400],
    ["a call with garbage for a form", post(formType, "garbage", id), 400],
    ["a call of no action", post(scriptType, "[]", "junk"), 400],
    ["a form that is too large", post(formType, formBody([["a", large]])), 413],
    ["a call that is too large", post(scriptType, `["${large}"]`, id), 413],
    [
      "a form that is too large, of no declared length",
      { ...post(formType, formBody([["a", large]])), chunked: true },
      413,
    ],
    ["JSON", post("application/json", "{}"), 415],
    ["JSON for an action", post("application/json", "[]", id), 415],
    ["an encoded form", post("application/x-www-form-urlencoded", "a=b"), 415],
    ["an encoded form for an action", post("application/x-www-form-urlencoded", "a=b", id), 415],
    ["no type", post(undefined, "x"), 415],
  ];
}
