import type { DeviceOutcome } from "../../../server/flow/device/decide-device.ts";
import type { CodeProblem } from "../../../server/flow/device/find-device.ts";
import type { Language } from "../../_language/language.ts";

type Said = { text: string; advice: string };

type Words = {
  title: string;
  heading: string;
  what: string;
  code: string;
  example: string;
  next: string;
  prefilled: string;
  problems: Record<CodeProblem, Said>;
  confirmTitle: string;
  asks: (client: string) => string;
  codeShown: string;
  expires: string;
  asked: string;
  origin: {
    asked: (ago: string, address: string) => string;
    askedSomewhere: (ago: string) => string;
    program: (program: string) => string;
    elsewhere: (ownAddress: string) => string;
    unknown: string;
  };
  warning: string;
  warningText: (client: string) => string;
  signedInAs: string;
  allow: string;
  deny: string;
  gone: Said;
  otherCode: string;
  doneTitle: string;
  outcomes: Record<DeviceOutcome, (client: string) => Said>;
  application: string;
  toFirstPage: string;
};

/** The words of the pages for devices. */
export const texts = {
  en: {
    title: "Connect a device",
    heading: "Enter the code",
    what: "A television, a console or a program without a browser shows you a code. Enter it here to let the device sign in as you.",
    code: "Code",
    example: "Letters and digits; capitals, dashes and spaces do not matter.",
    next: "Next",
    prefilled: "The code came with the link that you followed. Compare it with the one on your device.",
    problems: {
      CODE_EMPTY: { text: "Fill in the code.", advice: "It stands on the screen of your device." },
      CODE_UNKNOWN: {
        text: "There is no such code.",
        advice: "Compare it with the screen of your device. A code works once.",
      },
      CODE_EXPIRED: { text: "This code has expired.", advice: "Have your device show you a new one." },
      TOO_MANY_TRIES: { text: "Too many tries.", advice: "Wait a minute, then enter the code again." },
    },
    confirmTitle: "Allow a device",
    asks: (client) => `Let ${client} in on a device?`,
    codeShown: "Code on the device",
    expires: "Good until",
    asked: "If you allow it, it can:",
    origin: {
      asked: (ago, address) => `Asked for ${ago} from ${address}.`,
      askedSomewhere: (ago) => `Asked for ${ago}. From where is not known.`,
      program: (program) => `The program calls itself “${program}”.`,
      elsewhere: (ownAddress) =>
        `That is not where you are: you come from ${ownAddress}. If the device is not yours, or you do not know why it is somewhere else, deny it.`,
      unknown: "When and from where this code was asked for is not known.",
    },
    warning: "Is the device in front of you?",
    warningText: (client) =>
      `Whoever holds the device with this code will use ${client} as you. If somebody sent you the code or a link to this page, deny it: they want in with your account.`,
    signedInAs: "You are signed in as",
    allow: "Allow",
    deny: "Deny",
    gone: {
      text: "There is nothing to decide here.",
      advice: "A code is decided about once, for a short time, and in the browser where it was entered.",
    },
    otherCode: "Enter a code",
    doneTitle: "Device",
    outcomes: {
      allowed: (client) => ({
        text: "The device is connected.",
        advice: `${client} goes on by itself on the device. You can close this page.`,
      }),
      denied: (client) => ({
        text: "The device was turned away.",
        advice: `${client} gets nothing of yours on that device.`,
      }),
      expired: () => ({ text: "The code has expired.", advice: "Have your device show you a new one." }),
      over: () => ({
        text: "This has been decided already.",
        advice: "A code works once. Have your device show you a new one.",
      }),
    },
    application: "The application",
    toFirstPage: "To the first page",
  },
  ja: {
    title: "デバイスの接続",
    heading: "コードを入力",
    what: "テレビ、ゲーム機、ブラウザーのないプログラムなどに表示されたコードを入力すると、そのデバイスであなたとしてサインインできます。",
    code: "コード",
    example: "英字と数字です。大文字・小文字、ハイフン、空白は区別しません。",
    next: "次へ",
    prefilled:
      "コードは開いたリンクに含まれていたものです。デバイスに表示されているコードと見比べてください。",
    problems: {
      CODE_EMPTY: { text: "コードを入力してください。", advice: "デバイスの画面に表示されています。" },
      CODE_UNKNOWN: {
        text: "このコードは存在しません。",
        advice: "デバイスの画面と見比べてください。コードは一度だけ使えます。",
      },
      CODE_EXPIRED: {
        text: "このコードの有効期限が切れました。",
        advice: "デバイスで新しいコードを表示してください。",
      },
      TOO_MANY_TRIES: {
        text: "試行回数が多すぎます。",
        advice: "一分ほど待ってから、もう一度コードを入力してください。",
      },
    },
    confirmTitle: "デバイスの許可",
    asks: (client) => `デバイスで ${client} を許可しますか?`,
    codeShown: "デバイスのコード",
    expires: "有効期限",
    asked: "許可すると、次のことができるようになります。",
    origin: {
      asked: (ago, address) => `${ago}に ${address} から要求されました。`,
      askedSomewhere: (ago) => `${ago}に要求されました。どこからかは分かりません。`,
      program: (program) => `プログラムは「${program}」と名乗っています。`,
      elsewhere: (ownAddress) =>
        `あなたの現在のアドレス (${ownAddress}) とは異なります。デバイスがあなたのものでない場合や、別の場所にある理由に心当たりがない場合は、許可しないでください。`,
      unknown: "このコードがいつ、どこから要求されたかは分かりません。",
    },
    warning: "そのデバイスは目の前にありますか?",
    warningText: (client) =>
      `このコードを表示しているデバイスを持つ人が、あなたとして ${client} を利用します。コードやこのページへのリンクを誰かから受け取った場合は、許可しないでください。あなたのアカウントに入ろうとしています。`,
    signedInAs: "サインイン中のアカウント:",
    allow: "許可する",
    deny: "許可しない",
    gone: {
      text: "ここで決めることはありません。",
      advice: "コードは一度だけ、短い時間内に、入力したブラウザーでのみ有効です。",
    },
    otherCode: "コードを入力する",
    doneTitle: "デバイス",
    outcomes: {
      allowed: (client) => ({
        text: "デバイスを接続しました。",
        advice: `デバイス上の ${client} は自動的に続行します。このページは閉じて構いません。`,
      }),
      denied: (client) => ({
        text: "デバイスを拒否しました。",
        advice: `${client} がそのデバイスであなたの情報を得ることはありません。`,
      }),
      expired: () => ({
        text: "コードの有効期限が切れました。",
        advice: "デバイスで新しいコードを表示してください。",
      }),
      over: () => ({
        text: "すでに決定されています。",
        advice: "コードは一度だけ使えます。デバイスで新しいコードを表示してください。",
      }),
    },
    application: "アプリケーション",
    toFirstPage: "最初のページへ",
  },
} satisfies Record<Language, Words>;
