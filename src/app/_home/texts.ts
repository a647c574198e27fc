import type { Language } from "../_language/language.ts";

/** The words of the first page. */
export const texts = {
  en: {
    slogan: "Hand it a ticket, get a token.",
    what: "Ticketgate is the gate between a web product and its OAuth engine. It signs people in, and no access token, ticket or engine credential ever reaches the browser.",
    signIn: "Sign in",
    how: "How it works",
    stops: [
      {
        title: "You sign in here",
        text: "The engine hands the server a ticket. This browser gets a handle that is good for one sign-in and nothing else.",
      },
      {
        title: "The server trades it",
        text: "token.issue checks that handle, browser and person belong together, then trades the ticket once.",
      },
      {
        title: "The token stays there",
        text: "Access and refresh token are sealed on the server. Back comes one cookie that scripts cannot read.",
      },
    ],
    journey: [
      { label: "From", value: "your browser" },
      { label: "By way of", value: "token.issue" },
      { label: "To", value: "the engine" },
      { label: "Valid", value: "once, in this browser" },
    ],
    developers: "For developers",
    backEnds: {
      before: "Other back ends call the same procedures with their own access token: see ",
      after: " and the README of this checkout.",
    },
    procedure: "the procedure that trades a ticket, at /api/trpc",
    publicKeys: "the engine's public keys",
    signedIn: "You are signed in, and this browser holds no token.",
    username: "User name",
    subject: "Subject",
    client: "Client",
    scopes: "Scopes",
    noScopes: "none",
    signOut: "Sign out",
    account: "Your account",
    expiresIn: "Access token on the server expires in",
    expired: "expired",
    expiresAt: "Expires at",
    sessionEnds: "Session ends if it is not used",
    trip: "What just happened",
    tripIntroduction:
      "Your sign-in, as the server saw it. Whatever could be used by somebody else is left out.",
    lanes: { browser: "Browser", trpc: "tRPC", engine: "Engine" },
    inLane: (lane: string) => `In ${lane}`,
    fromTo: (from: string, to: string) => `${from} to ${to}`,
    result: (code: string) => `result ${code}`,
    comma: ", ",
    /** The title of a step, as the server wrote it; names of procedures and operations have no other words. */
    step: (english: string) => english,
  },
  ja: {
    slogan: "チケットを渡して、トークンを受け取る。",
    what: "Ticketgate は、ウェブ製品と OAuth エンジンの間に立つゲートです。サインインを引き受け、アクセストークン、チケット、エンジンの認証情報がブラウザーに届くことはありません。",
    signIn: "サインイン",
    how: "仕組み",
    stops: [
      {
        title: "ここでサインイン",
        text: "エンジンはサーバーにチケットを渡します。このブラウザーが受け取るのは、一回のサインインにだけ使えるハンドルです。",
      },
      {
        title: "サーバーが交換",
        text: "token.issue は、ハンドル、ブラウザー、本人の組み合わせを確かめ、チケットを一度だけ交換します。",
      },
      {
        title: "トークンはサーバーに",
        text: "アクセストークンとリフレッシュトークンはサーバーに封印されます。戻ってくるのは、スクリプトから読めない Cookie 一つだけです。",
      },
    ],
    journey: [
      { label: "出発", value: "お使いのブラウザー" },
      { label: "経由", value: "token.issue" },
      { label: "到着", value: "エンジン" },
      { label: "有効", value: "このブラウザーで一回" },
    ],
    developers: "開発者の方へ",
    backEnds: {
      before: "ほかのバックエンドも、自身のアクセストークンで同じプロシージャを呼び出せます。詳しくは ",
      after: " とこのリポジトリの README をご覧ください。",
    },
    procedure: "チケットを交換するプロシージャ (/api/trpc)",
    publicKeys: "エンジンの公開鍵",
    signedIn: "サインインしています。このブラウザーにトークンはありません。",
    username: "ユーザー名",
    subject: "サブジェクト",
    client: "クライアント",
    scopes: "スコープ",
    noScopes: "なし",
    signOut: "サインアウト",
    account: "アカウント",
    expiresIn: "サーバー上のアクセストークンの残り時間",
    expired: "期限切れ",
    expiresAt: "有効期限",
    sessionEnds: "使用しない場合のセッション終了",
    trip: "いま行われたこと",
    tripIntroduction: "サーバーから見たサインインの流れです。他人が悪用できる情報は除いてあります。",
    lanes: { browser: "ブラウザー", trpc: "tRPC", engine: "エンジン" },
    inLane: (lane: string) => `${lane}内`,
    fromTo: (from: string, to: string) => `${from}から${to}へ`,
    result: (code: string) => `結果 ${code}`,
    comma: "、",
    step: (english: string) => japaneseSteps[english] ?? english,
  },
} satisfies Record<Language, unknown>;

const japaneseSteps: Record<string, string> = {
  "Password verified": "パスワードを確認",
  "Signed in": "サインイン完了",
};
