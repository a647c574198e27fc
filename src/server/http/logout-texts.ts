import type { Language } from "../../language/language.ts";
import type { LogoutProblem } from "../flow/logout/judge-request.ts";

type Words = {
  problems: Record<LogoutProblem, { title: string; paragraphs: readonly string[] }>;
  signOut: string;
  home: string;
};

const stay = "You are as signed in as before. To sign out here, go on below.";
const stayJapanese = "サインインの状態は変わっていません。ここでサインアウトするには、下から進んでください。";

/** The words of the pages that the logout endpoint answers people with. */
export const texts = {
  en: {
    problems: {
      REQUEST_UNREADABLE: {
        title: "This request cannot be read.",
        paragraphs: ["The application asked to sign you out in a way that nobody can make sense of.", stay],
      },
      HINT_INVALID: {
        title: "This request proves nothing.",
        paragraphs: [
          "The application asked to sign you out with a proof that is not from this server, so it was not followed.",
          stay,
        ],
      },
      CLIENT_UNKNOWN: {
        title: "This application is not known here.",
        paragraphs: [
          "Somebody asked to sign you out in the name of an application that is not registered.",
          stay,
        ],
      },
      CLIENT_MISMATCH: {
        title: "This request contradicts itself.",
        paragraphs: [
          "The application asked to sign you out with the proof that another application was given.",
          stay,
        ],
      },
      ADDRESS_NOT_REGISTERED: {
        title: "You cannot be sent back from here.",
        paragraphs: [
          "The application wants you to be sent to an address that is not registered for it, so you were not sent there.",
          stay,
        ],
      },
    },
    signOut: "Sign out",
    home: "To the first page",
  },
  ja: {
    problems: {
      REQUEST_UNREADABLE: {
        title: "このリクエストは読み取れません。",
        paragraphs: ["アプリケーションからのサインアウトの要求を解釈できませんでした。", stayJapanese],
      },
      HINT_INVALID: {
        title: "このリクエストは確認できません。",
        paragraphs: [
          "アプリケーションがサインアウトの要求に添えた証明は、このサーバーが発行したものではないため、要求に応じませんでした。",
          stayJapanese,
        ],
      },
      CLIENT_UNKNOWN: {
        title: "このアプリケーションは登録されていません。",
        paragraphs: ["登録されていないアプリケーションの名前でサインアウトが要求されました。", stayJapanese],
      },
      CLIENT_MISMATCH: {
        title: "このリクエストは矛盾しています。",
        paragraphs: [
          "アプリケーションは、別のアプリケーションに発行された証明を使ってサインアウトを要求しました。",
          stayJapanese,
        ],
      },
      ADDRESS_NOT_REGISTERED: {
        title: "ここから元のアプリケーションには戻れません。",
        paragraphs: [
          "アプリケーションが指定した戻り先は登録されていないため、移動しませんでした。",
          stayJapanese,
        ],
      },
    },
    signOut: "サインアウト",
    home: "最初のページへ",
  },
} satisfies Record<Language, Words>;
