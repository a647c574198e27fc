import type { Language } from "../../_language/language.ts";

type Button = { idle: string; busy: string };

type Words = {
  title: string;
  nothingText: string;
  begin: Button;
  cancel: Button;
  state: string;
  active: (since: string) => string;
  codesLeft: string;
  newCodes: string;
  newCodesText: string;
  newCodesSubmit: Button;
  anyCode: string;
  anyCodeHint: string;
  off: string;
  offText: string;
  /** Where everybody has to have a second factor. */
  offTextRequired: string;
  offSubmit: Button;
  sessions: string;
  sessionsText: string;
  sessionsSubmit: Button;
  notices: { off: string; sessions: string };
  toAccount: string;
};

/** The words of the page about two-step sign-in. */
export const texts = {
  en: {
    title: "Two-step sign-in",
    nothingText:
      "With two-step sign-in a password alone opens nothing: each sign-in also takes a code that an authenticator app on your phone shows.",
    begin: { idle: "Set it up", busy: "Checking the password" },
    cancel: { idle: "Leave it off", busy: "One moment" },
    state: "State",
    active: (since) => `on since ${since}`,
    codesLeft: "Recovery codes left",
    newCodes: "New recovery codes",
    newCodesText: "They take the place of the old ones, which do not work any more then.",
    newCodesSubmit: { idle: "Make new codes", busy: "Making them" },
    anyCode: "Code",
    anyCodeHint: "Of the app, or a recovery code.",
    off: "Turn it off",
    offText: "The password alone signs in then. To move to another phone, turn it off and set it up again.",
    offTextRequired:
      "To move to another phone, turn it off and set it up again at once: the next sign-in has whoever knows the password set up an app.",
    offSubmit: { idle: "Turn two-step sign-in off", busy: "Turning it off" },
    sessions: "Other devices",
    sessionsText: "Whoever is signed in to this account elsewhere stays so until you sign them out.",
    sessionsSubmit: { idle: "Sign out everywhere else", busy: "Signing out" },
    notices: {
      off: "Two-step sign-in is off.",
      sessions: "This account is signed out everywhere else.",
    },
    toAccount: "To your account",
  },
  ja: {
    title: "2段階認証",
    nothingText:
      "2段階認証を設定すると、パスワードだけではサインインできなくなります。サインインのたびに、スマートフォンの認証アプリに表示されるコードを入力します。",
    begin: { idle: "設定する", busy: "パスワードを確認しています" },
    cancel: { idle: "設定しない", busy: "お待ちください" },
    state: "状態",
    active: (since) => `${since} から有効`,
    codesLeft: "リカバリーコードの残り",
    newCodes: "新しいリカバリーコード",
    newCodesText: "新しいコードを作成すると、以前のコードは使えなくなります。",
    newCodesSubmit: { idle: "新しいコードを作成する", busy: "作成しています" },
    anyCode: "コード",
    anyCodeHint: "アプリのコードまたはリカバリーコードを入力してください。",
    off: "2段階認証の解除",
    offText:
      "解除すると、パスワードだけでサインインできるようになります。スマートフォンを替えるときは、解除してからもう一度設定してください。",
    offTextRequired:
      "スマートフォンを替えるときは、解除してからすぐにもう一度設定してください。次のサインインでは、パスワードを知っている人が認証アプリを設定することになります。",
    offSubmit: { idle: "2段階認証を解除する", busy: "解除しています" },
    sessions: "ほかの端末",
    sessionsText: "ほかの端末でのサインインは、ここでサインアウトするまで続きます。",
    sessionsSubmit: { idle: "ほかのすべての端末からサインアウトする", busy: "サインアウトしています" },
    notices: {
      off: "2段階認証を解除しました。",
      sessions: "ほかのすべての端末からサインアウトしました。",
    },
    toAccount: "アカウントへ",
  },
} satisfies Record<Language, Words>;
