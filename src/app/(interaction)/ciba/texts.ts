import type { Language } from "../../_language/language.ts";
import { plural } from "../../_language/moment.ts";

type Words = {
  title: string;
  asks: (client: string) => string;
  /** Over the message that stands on the other device too. */
  message: string;
  onlyYours: string;
  compare: string;
  askedAt: (moment: string) => string;
  more: (count: number) => string;
  signedInAs: string;
  allow: string;
  deny: string;
  /** What a person finds who has nothing to decide. */
  nothing: string;
  nothingLead: string;
  again: string;
  notice: { allowed: string; denied: string; gone: string };
};

/** The words of the page for requests that began on another device. */
export const texts = {
  en: {
    title: "Requests from other devices",
    asks: (client) => `${client} asks whether it is you`,
    message: "The other device shows",
    onlyYours: "Allow it only if you started this yourself.",
    compare: "Allow it only if you started this yourself, and the message is the same on both devices.",
    askedAt: (moment) => `Asked on ${moment}`,
    more: (count) =>
      plural("en", count, { one: "One more request waits.", other: `${count} more requests wait.` }),
    signedInAs: "You are signed in as",
    allow: "Allow",
    deny: "Deny",
    nothing: "Nothing waits for you",
    nothingLead: "When an application asks for you on another device, its request appears here.",
    again: "Look again",
    notice: {
      allowed: "Allowed. Go on at the other device.",
      denied: "Denied. The application has been told.",
      gone: "This request has been decided already, or its time has run out.",
    },
  },
  ja: {
    title: "ほかのデバイスからの要求",
    asks: (client) => `${client} が本人確認を求めています`,
    message: "ほかのデバイスに表示されているメッセージ",
    onlyYours: "自分で操作を始めた場合に限り、許可してください。",
    compare:
      "自分で操作を始めた場合に限り、両方のデバイスのメッセージが同じことを確かめてから許可してください。",
    askedAt: (moment) => `要求された日時: ${moment}`,
    more: (count) => `ほかに ${count} 件の要求があります。`,
    signedInAs: "サインイン中のアカウント:",
    allow: "許可する",
    deny: "許可しない",
    nothing: "確認が必要な要求はありません",
    nothingLead: "アプリケーションがほかのデバイスから確認を求めると、ここに表示されます。",
    again: "もう一度確認する",
    notice: {
      allowed: "許可しました。ほかのデバイスで操作を続けてください。",
      denied: "許可しませんでした。アプリケーションに通知しました。",
      gone: "この要求はすでに処理されたか、有効期限が切れています。",
    },
  },
} satisfies Record<Language, Words>;

/** How a decision ended, as the address of the page tells it. */
export type Notice = keyof Words["notice"];

/** Whether a text from the address names such an end. */
export function isNotice(text: unknown): text is Notice {
  return typeof text === "string" && Object.hasOwn(texts.en.notice, text);
}
