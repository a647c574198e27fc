import { type Granted, isSpokenFor, namedClaims } from "../../../../server/flow/authorization/consent.ts";
import type { ShownRequest } from "../../../../server/flow/authorization/request-document.ts";
import type { Language } from "../../../_language/language.ts";
import { claimWords, scopeWords } from "./scope-words.ts";
import { texts } from "./texts.ts";

/** What of a request says what it asks for. */
export type Asking = Pick<ShownRequest, "scopes" | "dynamicScopes" | "namedClaims" | "resources">;

/** One thing that an application asks for. */
export type AskedItem = { key: string; title: string; explanation: string | undefined; isNew: boolean };

/**
 * What a request asks for as a list for a person: scopes, then what is asked for by the names of claims and no scope speaks for, then
 * where access is meant to be used.
 *
 * @param reader.granted what they granted before. To whom nothing was granted everything is new, and nothing is marked.
 */
export function askedItems(
  document: Asking,
  { granted, language }: { granted: Granted; language: Language },
): AskedItem[] {
  const isNew = (name: string) => granted !== undefined && !granted.has(name);
  const scopes = document.scopes.map((scope) => ({
    key: `scope ${scope.name}`,
    ...wordsOf(scope, language),
    isNew: isNew(scope.name),
  }));
  const dynamic = document.dynamicScopes.map((name) => ({
    key: `scope ${name}`,
    title: name,
    explanation: undefined,
    isNew: isNew(name),
  }));
  return [
    ...scopes,
    ...dynamic,
    ...claimItems(document, { granted, language }),
    ...placeItems(document, language),
  ];
}

function wordsOf(
  { name, description, descriptions = [] }: ShownRequest["scopes"][number],
  language: Language,
): { title: string; explanation: string | undefined } {
  const own = descriptions.find(({ tag }) => tag?.toLowerCase().split("-")[0] === language)?.value;
  if (own !== undefined) return { title: own, explanation: undefined };
  const words = Object.hasOwn(scopeWords[language], name) ? scopeWords[language][name] : undefined;
  return words ?? { title: description ?? name, explanation: undefined };
}

function claimItems(
  document: Asking,
  { granted, language }: { granted: Granted; language: Language },
): AskedItem[] {
  const scopes = document.scopes.map(({ name }) => name);
  return namedClaims(document)
    .filter((name) => !isSpokenFor(name, scopes))
    .map((name) => {
      const words = claimWords[language];
      const label = Object.hasOwn(words, name) ? (words[name] as string) : name;
      return {
        key: `claim ${name}`,
        title: texts[language].claim(label),
        explanation: undefined,
        isNew: granted !== undefined && !isSpokenFor(name, granted),
      };
    });
}

function placeItems({ resources }: Asking, language: Language): AskedItem[] {
  return resources.map((resource) => ({
    key: `resource ${resource}`,
    title: texts[language].usedAt(resource),
    explanation: undefined,
    isNew: false,
  }));
}
