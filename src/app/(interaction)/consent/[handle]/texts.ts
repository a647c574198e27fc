import type { Language } from "../../../_language/language.ts";

type Words = {
  title: string;
  asks: (client: string) => string;
  purpose: (client: string) => string;
  asked: string;
  nothingAsked: string;
  isNew: string;
  claim: (label: string) => string;
  usedAt: (resource: string) => string;
  details: string;
  detail: {
    actions: string;
    locations: string;
    dataTypes: string;
    identifier: string;
    privileges: string;
  };
  lasts: (access: string) => string;
  renewed: (renewal: string) => string;
  takeBack: string;
  signedInAs: string;
  allow: string;
  deny: string;
};

/** The words of the consent page. */
export const texts = {
  en: {
    title: "Allow access",
    asks: (client) => `${client} wants access to your account`,
    purpose: (client) => `${client} says what for:`,
    asked: "If you allow it, it can:",
    nothingAsked: "It asks for nothing of yours in particular.",
    isNew: "New",
    claim: (label) => `See your ${label}`,
    usedAt: (resource) => `Use this access at ${resource}`,
    details: "In particular",
    detail: {
      actions: "What it may do",
      locations: "Where",
      dataTypes: "With which data",
      identifier: "With",
      privileges: "With which rights",
    },
    lasts: (access) => `This access lasts ${access}.`,
    renewed: (renewal) => `Within ${renewal} the application can renew it without asking you.`,
    takeBack: "What you allow is remembered, and you are not asked for the same again.",
    signedInAs: "You are signed in as",
    allow: "Allow",
    deny: "Deny",
  },
  ja: {
    title: "アクセスの許可",
    asks: (client) => `${client} がアカウントへのアクセスを求めています`,
    purpose: (client) => `${client} が示した目的:`,
    asked: "許可すると、次のことができるようになります。",
    nothingAsked: "特定の情報は求められていません。",
    isNew: "新規",
    claim: (label) => `${label}の参照`,
    usedAt: (resource) => `${resource} でのアクセスの利用`,
    details: "具体的な内容",
    detail: {
      actions: "できること",
      locations: "対象の場所",
      dataTypes: "対象のデータ",
      identifier: "対象",
      privileges: "権限",
    },
    lasts: (access) => `このアクセスの有効期間は ${access} です。`,
    renewed: (renewal) => `アプリケーションは ${renewal} の間、確認なしに更新できます。`,
    takeBack: "許可した内容は記録され、同じ内容について再び確認されることはありません。",
    signedInAs: "サインイン中のアカウント:",
    allow: "許可する",
    deny: "許可しない",
  },
} satisfies Record<Language, Words>;
