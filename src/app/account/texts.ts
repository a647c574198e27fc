import type { Language } from "../_language/language.ts";

type Words = {
  title: string;
  name: string;
  username: string;
  email: string;
  noEmail: string;
  verified: string;
  notVerified: string;
  verify: { idle: string; busy: string };
  verificationSent: string;
  password: string;
  current: string;
  currentWrong: string;
  endApplications: string;
  submit: { idle: string; busy: string };
  passwordChanged: string;
  note: string;
  noteWithCode: string;
  secondFactor: string;
  on: string;
  off: string;
  changeSecondFactor: string;
};

/** The words of the account page. */
export const texts = {
  en: {
    title: "Your account",
    name: "Name",
    username: "User name",
    email: "E-mail address",
    noEmail: "none",
    verified: "confirmed",
    notVerified: "not confirmed",
    verify: { idle: "Confirm the address", busy: "Sending a mail" },
    verificationSent: "We have sent a mail to your address. Follow the link in it.",
    password: "Change the password",
    current: "Current password",
    currentWrong: "is not right",
    endApplications: "End the access of all applications too. They ask you again when you use them.",
    submit: { idle: "Change the password", busy: "Changing" },
    passwordChanged: "The password is changed. Everybody else was signed out.",
    note: "A new password signs everybody out of this account, on every device. You stay signed in here.",
    noteWithCode:
      "A new password signs everybody out of this account, on every device. Here you go on with a code of your authenticator app.",
    secondFactor: "Two-step sign-in",
    on: "on",
    off: "off",
    changeSecondFactor: "Change",
  },
  ja: {
    title: "アカウント",
    name: "名前",
    username: "ユーザー名",
    email: "メールアドレス",
    noEmail: "なし",
    verified: "確認済み",
    notVerified: "未確認",
    verify: { idle: "メールアドレスを確認する", busy: "メールを送っています" },
    verificationSent: "メールを送りました。メールのリンクを開いてください。",
    password: "パスワードの変更",
    current: "現在のパスワード",
    currentWrong: "が正しくありません",
    endApplications:
      "すべてのアプリケーションのアクセスも終了する。次に利用するときに、改めて許可を求められます。",
    submit: { idle: "パスワードを変更する", busy: "変更しています" },
    passwordChanged: "パスワードを変更しました。ほかの端末からはサインアウトしました。",
    note: "パスワードを変更すると、すべての端末からサインアウトします。この端末ではサインインしたままです。",
    noteWithCode:
      "パスワードを変更すると、すべての端末からサインアウトします。この端末では、続けて認証アプリのコードを入力します。",
    secondFactor: "2段階認証",
    on: "有効",
    off: "無効",
    changeSecondFactor: "変更",
  },
} satisfies Record<Language, Words>;
