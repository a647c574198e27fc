import type { Language } from "../../_language/language.ts";

type Words = {
  home: string;
  policy: string;
  terms: string;
  about: (client: string) => string;
  cancel: (client: string) => string;
};

/** Words about the application that a request came from. */
export const texts = {
  en: {
    home: "Website",
    policy: "Privacy policy",
    terms: "Terms of service",
    about: (client) => `About ${client}`,
    cancel: (client) => `Cancel and go back to ${client}`,
  },
  ja: {
    home: "ウェブサイト",
    policy: "プライバシーポリシー",
    terms: "利用規約",
    about: (client) => `${client} について`,
    cancel: (client) => `キャンセルして ${client} に戻る`,
  },
} satisfies Record<Language, Words>;
