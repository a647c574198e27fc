import { type IncomingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";

/** What a site answers. */
export type SiteAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

type Sent = { path: string; headers?: Record<string, string>; form?: Record<string, string> };

/** A browser without JavaScript: it keeps cookies, sends forms, and follows nothing by itself. */
export type SiteVisitor = {
  /** Sends a path as it is written, without putting it right first. */
  get(path: string): Promise<SiteAnswer>;
  /** Opens the page with a form, and sends it with its hidden members; `changes` are what is typed, or forged. */
  submit(path: string, changes: Record<string, string>): Promise<SiteAnswer>;
};

/** Makes a visitor of a site. */
export function visitSite(origin: string): SiteVisitor {
  const cookies = new Map<string, string>();
  const { hostname, port } = new URL(origin);

  async function send({ path, headers = {}, form }: Sent): Promise<SiteAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const method = form ? "POST" : "GET";
    const outgoing = request({ hostname, port, path, method, headers: { ...headers, cookie } });
    outgoing.end(form && multipart(form));
    const answer = await new Promise<import("node:http").IncomingMessage>((answered, failed) =>
      outgoing.once("response", answered).once("error", failed),
    );
    for (const line of answer.headers["set-cookie"] ?? []) keep(cookies, line);
    return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) };
  }

  return {
    get: (path) => send({ path }),
    async submit(path, changes) {
      const page = await send({ path });
      const headers = {
        origin,
        "sec-fetch-site": "same-origin",
        "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
      };
      return send({ path, headers, form: { ...hiddenMembers(page.text), ...changes } });
    },
  };
}

const BOUNDARY = "----site-visitor";

function multipart(members: Record<string, string>): string {
  const parts = Object.entries(members).map(
    ([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${BOUNDARY}--\r\n`;
}

/** Those of the frame of the page, which has a form too, are left out. */
function hiddenMembers(html: string): Record<string, string> {
  const [content = ""] = html.split("</main>");
  const inputs = content.match(/<input type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(` ${name}="(?<value>[^"]*)"`).exec(tag)?.groups?.value ?? "";
  return value
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}

function keep(cookies: Map<string, string>, line: string): void {
  const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/);
  if (/max-age=0/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}
