import type { Language } from "../_language/language.ts";

type Words = {
  setupTitle: string;
  qrCode: string;
  scan: string;
  openApp: string;
  orType: string;
  /** The field for a code of the app, and what a wrong one says, as the rest of a sentence about it. */
  code: string;
  codeHint: string;
  codeWrong: string;
  confirm: { idle: string; busy: string };
  codesTitle: string;
  codesText: string;
  kept: { idle: string; busy: string };
};

/** The words about an authenticator app and recovery codes that pages share. */
export const texts = {
  en: {
    setupTitle: "Set up an authenticator app",
    qrCode: "QR code for the authenticator app",
    scan: "Scan the picture with an authenticator app on your phone.",
    openApp: "Is the app on this device? Open it",
    orType: "Or type this key into the app:",
    code: "Code of the app",
    codeHint: "The six digits that the app shows now.",
    codeWrong: "is not right",
    confirm: { idle: "Turn on two-step sign-in", busy: "Checking the code" },
    codesTitle: "Your recovery codes",
    codesText:
      "Keep them where you find them without your phone: print them, or write them down. Each one signs you in once in place of a code of the app. They are not shown again.",
    kept: { idle: "I have kept them", busy: "One moment" },
  },
  ja: {
    setupTitle: "認証アプリの設定",
    qrCode: "認証アプリ用の QR コード",
    scan: "スマートフォンの認証アプリで QR コードを読み取ってください。",
    openApp: "この端末の認証アプリで開く",
    orType: "または、次のキーをアプリに入力してください。",
    code: "アプリのコード",
    codeHint: "アプリに現在表示されている 6 桁の数字を入力してください。",
    codeWrong: "が正しくありません",
    confirm: { idle: "2段階認証を有効にする", busy: "コードを確認しています" },
    codesTitle: "リカバリーコード",
    codesText:
      "スマートフォンがなくても見られる場所に、印刷するか書き写して保管してください。アプリのコードの代わりに、それぞれ一度だけサインインに使えます。このコードは再び表示されません。",
    kept: { idle: "保管しました", busy: "お待ちください" },
  },
} satisfies Record<Language, Words>;
