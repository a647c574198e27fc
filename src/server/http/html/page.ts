import type { Language } from "../../../language/language.ts";
import { escapeHtml } from "./escape.ts";
import { style, styleSource } from "./style.ts";

/** A page that explains and offers ways on. All of it is plain text but for the addresses. */
export type PlainPage = {
  language: Language;
  title: string;
  paragraphs: readonly string[];
  /** What is printed on the stub. */
  printed?: readonly { label: string; value: string }[];
  /** The first one is the one to take. */
  ways: readonly { label: string; href: string }[];
};

/** Nothing on such a page runs, loads or is sent anywhere. */
export const plainPagePolicy = [
  "default-src 'none'",
  `style-src ${styleSource}`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * A page for the answers that pages of Next cannot give: their status is not 200, or they lead out of this site. It looks like the others
 * and needs no script.
 */
export function plainPage({ language, title, paragraphs, printed = [], ways }: PlainPage): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Ticketgate</title>
<link rel="icon" href="/icon.svg">
<style>${style}</style>
</head>
<body>
<header><a class="brand" href="/"><img src="/icon.svg" alt="" width="36" height="36">Ticketgate</a></header>
<main>
<div class="ticket">
<div class="body">
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")}
</div>
<div class="stub">
${printed.length > 0 ? `<dl>${printed.map(printedItem).join("")}</dl>` : ""}
<div class="ways">${ways.map(wayOn).join("")}</div>
</div>
</div>
</main>
</body>
</html>
`;
}

function printedItem({ label, value }: { label: string; value: string }): string {
  return `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`;
}

function wayOn({ label, href }: { label: string; href: string }, index: number): string {
  const look = index === 0 ? "button" : "button quiet";
  return `<a class="${look}" rel="noreferrer" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
}
