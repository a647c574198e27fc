import type { Language } from "../../_language/language.ts";

type Words = {
  title: string;
  text: (email: string) => string;
  submit: { idle: string; busy: string };
  toAccount: string;
  doneTitle: string;
  doneText: string;
};

/** The words of the pages by which people show that mail reaches them. */
export const texts = {
  en: {
    title: "Confirm your address",
    text: (email) => `Is ${email} the address of your account?`,
    submit: { idle: "Confirm", busy: "Confirming" },
    toAccount: "To your account",
    doneTitle: "Your address is confirmed",
    doneText: "Applications that ask for it learn that it is yours.",
  },
  ja: {
    title: "メールアドレスの確認",
    text: (email) => `${email} は、お使いのアカウントのメールアドレスですか？`,
    submit: { idle: "確認する", busy: "確認しています" },
    toAccount: "アカウントへ",
    doneTitle: "メールアドレスを確認しました",
    doneText: "メールアドレスを求めるアプリケーションには、確認済みであることが伝わります。",
  },
} satisfies Record<Language, Words>;
