import type { Language } from "../../_language/language.ts";

type Words = {
  title: string;
  goesOnTo: (client: string) => string;
  username: string;
  password: string;
  /** The button, by how far the sign-in has come. */
  steps: {
    idle: string;
    checking: string;
    issuing: string;
    "second factor": string;
    "signed in": string;
    refused: string;
  };
  demoUser: string;
  assurance: string;
  unreadable: { text: string; advice: string };
  wrong: { text: string; advice: string };
  missingBoth: { text: string; advice: string };
  missing: (label: string) => { text: string; advice: string };
  /** What a rule says about a field, as the rest of a sentence about it. */
  rule: (english: string) => string;
};

const takes = "A sign-in takes a user name and a password.";
const both = "サインインにはユーザー名とパスワードが必要です。";

/** The words of the login page. */
export const texts = {
  en: {
    title: "Sign in",
    goesOnTo: (client) => `to go on to ${client}`,
    username: "User name",
    password: "Password",
    steps: {
      idle: "Sign in",
      checking: "Checking the password",
      issuing: "Trading the ticket",
      "second factor": "The password is right",
      "signed in": "Signed in",
      refused: "Sign in",
    },
    demoUser: "This is a development checkout. Its demo user:",
    assurance:
      "Your password goes to this server and nowhere else. What the engine gives in return stays there.",
    unreadable: {
      text: "The form could not be read.",
      advice: "Load this page again, and fill it in anew.",
    },
    wrong: { text: "This cannot be right.", advice: "Correct what is marked below." },
    missingBoth: { text: "Fill in both fields.", advice: takes },
    missing: (label) => ({ text: `Fill in the ${label.toLowerCase()}.`, advice: takes }),
    rule: (english) => english,
  },
  ja: {
    title: "サインイン",
    goesOnTo: (client) => `${client} に進むにはサインインしてください`,
    username: "ユーザー名",
    password: "パスワード",
    steps: {
      idle: "サインイン",
      checking: "パスワードを確認しています",
      issuing: "チケットを交換しています",
      "second factor": "パスワードを確認しました",
      "signed in": "サインインしました",
      refused: "サインイン",
    },
    demoUser: "これは開発用の環境です。デモユーザー:",
    assurance: "パスワードはこのサーバーにだけ送られます。エンジンから受け取ったものはサーバーから出ません。",
    unreadable: {
      text: "フォームを読み取れませんでした。",
      advice: "ページを再読み込みして、もう一度入力してください。",
    },
    wrong: { text: "入力内容に誤りがあります。", advice: "下に示された項目を修正してください。" },
    missingBoth: { text: "両方の項目を入力してください。", advice: both },
    missing: (label) => ({ text: `${label}を入力してください。`, advice: both }),
    rule(english) {
      if (english === "is empty") return "が入力されていません";
      const most = /^has more than (\d+) characters$/.exec(english)?.[1];
      return most === undefined ? "が正しくありません" : `が ${most} 文字を超えています`;
    },
  },
} satisfies Record<Language, Words>;
