import type { RegistrationFault } from "../../../server/flow/account/registration.ts";
import type { Language } from "../../_language/language.ts";

type FieldFault = Exclude<RegistrationFault, { field: "password" }>;
type Notice = { text: string; advice: string };

type Words = {
  title: string;
  username: string;
  usernameHint: string;
  name: string;
  email: string;
  password: string;
  submit: { idle: string; busy: string };
  haveAccount: string;
  rule: (fault: FieldFault) => string;
  sentTitle: string;
  sentText: string;
  toLogin: string;
  confirmTitle: string;
  confirmText: (username: string) => string;
  confirmSubmit: { idle: string; busy: string };
  wrongPassword: string;
  taken: Notice;
  registerAgain: string;
};

/** The words of the pages by which people get accounts. */
export const texts = {
  en: {
    title: "Register",
    username: "User name",
    usernameHint: "You sign in with it. Others may see it, so it is not an e-mail address.",
    name: "Name",
    email: "E-mail address",
    password: "Password",
    submit: { idle: "Register", busy: "Registering" },
    haveAccount: "I have an account",
    rule({ fault }) {
      switch (fault) {
        case "invalid":
          return "is empty, too long or cannot be right";
        case "taken":
          return "is taken";
        case "address":
          return "must not be an e-mail address";
        case "mixed_scripts":
          return "mixes letters of several alphabets, which can look like somebody else's name";
      }
    },
    sentTitle: "Look into your mail",
    sentText:
      "We have sent a mail to the address you gave. Follow the link in it to finish. If no mail comes within a few minutes, look among the unwanted mail, or register again.",
    toLogin: "To the sign-in",
    confirmTitle: "Almost there",
    confirmText: (username) =>
      `Type the password you chose for ${username}. That makes the account yours and signs you in.`,
    confirmSubmit: { idle: "Confirm and sign in", busy: "Confirming" },
    wrongPassword: "is not the one that was chosen",
    taken: {
      text: "This user name or address has got an account meanwhile.",
      advice: "Register again with another user name, or sign in.",
    },
    registerAgain: "Register again",
  },
  ja: {
    title: "新規登録",
    username: "ユーザー名",
    usernameHint: "サインインに使います。ほかの人に見えることがあるため、メールアドレスは使えません。",
    name: "名前",
    email: "メールアドレス",
    password: "パスワード",
    submit: { idle: "登録する", busy: "登録しています" },
    haveAccount: "アカウントを持っている",
    rule({ fault }) {
      switch (fault) {
        case "invalid":
          return "が空か、長すぎるか、正しくありません";
        case "taken":
          return "はすでに使われています";
        case "address":
          return "にメールアドレスは使えません";
        case "mixed_scripts":
          return "に複数の文字体系が混在しています。ほかの人の名前と見間違えるおそれがあるため使えません";
      }
    },
    sentTitle: "メールをご確認ください",
    sentText:
      "入力されたアドレスにメールを送りました。メールのリンクを開いて登録を完了してください。数分たっても届かない場合は、迷惑メールフォルダーを確認するか、もう一度登録してください。",
    toLogin: "サインインへ",
    confirmTitle: "あと少しです",
    confirmText: (username) =>
      `${username} のために決めたパスワードを入力してください。アカウントが作成され、サインインします。`,
    confirmSubmit: { idle: "確認してサインイン", busy: "確認しています" },
    wrongPassword: "が登録時のものと一致しません",
    taken: {
      text: "このユーザー名またはメールアドレスは、すでに登録されました。",
      advice: "別のユーザー名でもう一度登録するか、サインインしてください。",
    },
    registerAgain: "もう一度登録する",
  },
} satisfies Record<Language, Words>;
