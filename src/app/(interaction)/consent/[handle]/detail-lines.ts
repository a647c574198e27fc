import type { ShownRequest } from "../../../../server/flow/authorization/request-document.ts";
import type { Language } from "../../../_language/language.ts";
import { texts } from "./texts.ts";

type Line = { label: string; value: string };

/** Deeper than any type of details that a person could read. */
const DEPTH = 6;

/**
 * An authorization detail as labels and values: the members that all types have (RFC 9396 2.2) in words, then those of its type as they are
 * named, nested ones by their path. Nothing of it is left out: a person agrees to all of it.
 */
export function detailLines(detail: ShownRequest["details"][number], language: Language): Line[] {
  const words = texts[language].detail;
  const common = [
    { label: words.actions, value: detail.actions?.join(", ") },
    { label: words.dataTypes, value: detail.dataTypes?.join(", ") },
    { label: words.locations, value: detail.locations?.join(", ") },
    { label: words.identifier, value: detail.identifier },
    { label: words.privileges, value: detail.privileges?.join(", ") },
  ].filter((line): line is Line => line.value !== undefined && line.value !== "");
  return [...common, ...unique(ownLines(detail.otherFields))];
}

function ownLines(otherFields: string | undefined): Line[] {
  if (otherFields === undefined) return [];
  try {
    return linesOf(JSON.parse(otherFields), []);
  } catch {
    return [{ label: "…", value: otherFields }];
  }
}

function linesOf(value: unknown, path: readonly string[]): Line[] {
  const isNested = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  if (!isNested || path.length >= DEPTH) {
    return [{ label: path.map(readable).join(" › "), value: shown(value) }];
  }
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
    return [{ label: path.map(readable).join(" › "), value: value.map(shown).join(", ") }];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    linesOf(inner, [...path, Array.isArray(value) ? String(Number(name) + 1) : name]),
  );
}

function readable(name: string): string {
  return name.replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Two members may read the same; a list needs labels that differ. */
function unique(lines: readonly Line[]): Line[] {
  const seen = new Map<string, number>();
  return lines.map(({ label, value }) => {
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return { label: times === 1 ? label : `${label} (${times})`, value };
  });
}
