import type { Language } from "../../../_language/language.ts";

type Words = {
  title: string;
  lead: (client: string) => string;
  signedInAs: string;
  continueAs: (name: string) => string;
  another: string;
};

/** The words of the account chooser. */
export const texts = {
  en: {
    title: "Which account?",
    lead: (client) => `${client} asks you to choose the account to go on with.`,
    signedInAs: "Signed in at this browser",
    continueAs: (name) => `Continue as ${name}`,
    another: "Use another account",
  },
  ja: {
    title: "アカウントの選択",
    lead: (client) => `${client} で使うアカウントを選んでください。`,
    signedInAs: "このブラウザーでサインイン中",
    continueAs: (name) => `${name} として続ける`,
    another: "別のアカウントを使う",
  },
} satisfies Record<Language, Words>;
