import type { Language } from "../../../_language/language.ts";

type Words = {
  title: string;
  codeText: string;
  code: string;
  recoveryTitle: string;
  recoveryText: string;
  recoveryCode: string;
  useRecovery: string;
  useApp: string;
  /** The button, by how far the sign-in has come. */
  steps: { idle: string; checking: string; issuing: string; "signed in": string; refused: string };
  missing: (label: string) => { text: string; advice: string };
  tooMany: (minutes: number) => { text: string; advice: string };
  whose: (username: string) => string;
  setupText: string;
  startAgain: string;
};

/** The words of the second step of a sign-in. */
export const texts = {
  en: {
    title: "Enter the code",
    codeText: "Your password is right. Now type the code that your authenticator app shows.",
    code: "Code of the app",
    recoveryTitle: "Enter a recovery code",
    recoveryText: "Type one of the codes that you kept when you set up the authenticator app.",
    recoveryCode: "Recovery code",
    useRecovery: "I do not have the app at hand",
    useApp: "I have the app at hand",
    steps: {
      idle: "Sign in",
      checking: "Checking the code",
      issuing: "Trading the ticket",
      "signed in": "Signed in",
      refused: "Sign in",
    },
    missing: (label) => ({
      text: `Fill in the ${label.toLowerCase()}.`,
      advice: "This sign-in takes a code beside the password.",
    }),
    tooMany: (minutes) => ({
      text: "That were too many wrong codes.",
      advice: `For up to ${minutes} minutes no code is looked at, not even a right one. Then try again.`,
    }),
    whose: (username) => `Account: ${username}`,
    setupText: "This sign-in takes a code beside the password. An authenticator app makes such codes.",
    startAgain: "Sign in with the password again",
  },
  ja: {
    title: "コードを入力",
    codeText: "パスワードを確認しました。認証アプリに表示されているコードを入力してください。",
    code: "アプリのコード",
    recoveryTitle: "リカバリーコードを入力",
    recoveryText: "認証アプリを設定したときに保管したコードを 1 つ入力してください。",
    recoveryCode: "リカバリーコード",
    useRecovery: "認証アプリが手元にない",
    useApp: "認証アプリを使う",
    steps: {
      idle: "サインイン",
      checking: "コードを確認しています",
      issuing: "チケットを交換しています",
      "signed in": "サインインしました",
      refused: "サインイン",
    },
    missing: (label) => ({
      text: `${label}を入力してください。`,
      advice: "サインインにはパスワードのほかにコードが必要です。",
    }),
    tooMany: (minutes) => ({
      text: "誤ったコードの入力が多すぎます。",
      advice: `最長 ${minutes} 分間は、正しいコードも受け付けません。時間をおいてから、もう一度お試しください。`,
    }),
    whose: (username) => `アカウント: ${username}`,
    setupText: "サインインにはパスワードのほかに、認証アプリのコードが必要です。",
    startAgain: "パスワードからやり直す",
  },
} satisfies Record<Language, Words>;
