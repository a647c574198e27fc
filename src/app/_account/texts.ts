import type { RegistrationFault } from "../../server/flow/account/registration.ts";
import type { Language } from "../_language/language.ts";

type PasswordFault = Extract<RegistrationFault, { field: "password" }>["fault"];
type Notice = { text: string; advice: string };

type Words = {
  unreadable: Notice;
  correct: Notice;
  linkExpired: Notice;
  /** What a rule says about a new password, as the rest of a sentence about it. */
  passwordRule: (fault: PasswordFault, minimum: number) => string;
  passwordHint: (minimum: number) => string;
  newPassword: string;
  developmentMail: string;
  forgotten: string;
  register: string;
};

/** The words that the pages about accounts share. */
export const texts = {
  en: {
    unreadable: { text: "The form could not be read.", advice: "Load this page again, and fill it in anew." },
    correct: { text: "This cannot be right.", advice: "Correct what is marked below." },
    linkExpired: {
      text: "This link is not good any more.",
      advice: "A link works once, for a short time. Ask for a new one.",
    },
    passwordRule(fault, minimum) {
      switch (fault) {
        case "too_short":
          return `has fewer than ${minimum} characters`;
        case "too_long":
          return "is too long";
        case "common":
          return "is one of those that are guessed first";
        case "guessable":
          return "is made of your name, your address or the name of this service";
        case "monotonous":
          return "is the same few characters again and again";
      }
    },
    passwordHint: (minimum) =>
      `At least ${minimum} characters. Some words that do not belong together make a good one.`,
    newPassword: "New password",
    forgotten: "I do not know my password",
    register: "I have no account yet",
    developmentMail: "Read the mail of this development checkout",
  },
  ja: {
    unreadable: {
      text: "フォームを読み取れませんでした。",
      advice: "ページを再読み込みして、もう一度入力してください。",
    },
    correct: { text: "入力内容に誤りがあります。", advice: "下に示された項目を修正してください。" },
    linkExpired: {
      text: "このリンクは無効です。",
      advice: "リンクは短い時間内に一度だけ使えます。もう一度お申し込みください。",
    },
    passwordRule(fault, minimum) {
      switch (fault) {
        case "too_short":
          return `が ${minimum} 文字に足りません`;
        case "too_long":
          return "が長すぎます";
        case "common":
          return "は推測されやすいため使えません";
        case "guessable":
          return "は名前、メールアドレス、このサービスの名前からできているため使えません";
        case "monotonous":
          return "は同じ文字の繰り返しのため使えません";
      }
    },
    passwordHint: (minimum) => `${minimum} 文字以上。互いに関係のない言葉をいくつか並べるとよいでしょう。`,
    newPassword: "新しいパスワード",
    forgotten: "パスワードを忘れた",
    register: "アカウントを持っていない",
    developmentMail: "この開発環境のメールを読む",
  },
} satisfies Record<Language, Words>;
