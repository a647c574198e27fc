import type { Language } from "../../_language/language.ts";

type Words = {
  title: string;
  intro: string;
  email: string;
  emailInvalid: string;
  submit: { idle: string; busy: string };
  toLogin: string;
  toLoginFor: (client: string) => string;
  sentTitle: string;
  sentText: string;
  newTitle: string;
  newText: (username: string) => string;
  newSubmit: { idle: string; busy: string };
  askAgain: string;
  doneTitle: string;
  doneText: string;
};

/** The words of the pages by which people get a new password by mail. */
export const texts = {
  en: {
    title: "Get a new password",
    intro: "We mail you a link by which you choose a new password.",
    email: "E-mail address",
    emailInvalid: "is not one that mail can be sent to",
    submit: { idle: "Send the link", busy: "Sending" },
    toLogin: "To the sign-in",
    toLoginFor: (client) => `Sign in and go on to ${client}`,
    sentTitle: "Look into your mail",
    sentText:
      "If there is an account with this address, a mail with a link is on its way to it. If none comes within a few minutes, look among the unwanted mail, or try another address.",
    newTitle: "Choose a new password",
    newText: (username) =>
      `It is for the account ${username}. Everybody who is signed in to it will be signed out, and applications lose their access.`,
    newSubmit: { idle: "Change the password", busy: "Changing" },
    askAgain: "Ask for a new link",
    doneTitle: "The password is changed",
    doneText:
      "Everybody was signed out of the account, and applications have no access any more. Sign in with the new password.",
  },
  ja: {
    title: "パスワードの再設定",
    intro: "新しいパスワードを設定するためのリンクをメールで送ります。",
    email: "メールアドレス",
    emailInvalid: "はメールを送れるアドレスではありません",
    submit: { idle: "リンクを送る", busy: "送信しています" },
    toLogin: "サインインへ",
    toLoginFor: (client) => `サインインして ${client} へ進む`,
    sentTitle: "メールをご確認ください",
    sentText:
      "このアドレスのアカウントがあれば、リンクを記載したメールが届きます。数分たっても届かない場合は、迷惑メールフォルダーを確認するか、別のアドレスでお試しください。",
    newTitle: "新しいパスワードの設定",
    newText: (username) =>
      `アカウント ${username} のパスワードを変更します。サインイン中のすべての端末からサインアウトし、アプリケーションのアクセスも終了します。`,
    newSubmit: { idle: "パスワードを変更する", busy: "変更しています" },
    askAgain: "新しいリンクを申し込む",
    doneTitle: "パスワードを変更しました",
    doneText:
      "すべての端末からサインアウトし、アプリケーションのアクセスも終了しました。新しいパスワードでサインインしてください。",
  },
} satisfies Record<Language, Words>;
