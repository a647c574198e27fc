import { type CallError, unreachable } from "../../client/call-error.ts";
import type { Language } from "../_language/language.ts";

type FaultTexts = Record<CallError["code"], { text: string; advice: string }>;

type Words = {
  faults: FaultTexts;
  /** The end of an advice that asks for the correlation id. */
  quote: string;
  correlationId: string;
  tryAgain: string;
  toFirstPage: string;
  /** What is wrong with a field: the rest of a sentence about it, as a sentence. */
  fieldFault: (label: string, rest: string) => string;
};

/** The words of the parts that several pages share, and the failures of the catalogue. */
export const texts = {
  en: {
    faults: {
      BAD_REQUEST: {
        text: "The request is not valid.",
        advice: "Correct the fields that are named, and send it again.",
      },
      FORM_EXPIRED: { text: "This page has expired.", advice: "Try again on the page as it is now." },
      SECOND_FACTOR_INVALID: {
        text: "The code is not right.",
        advice: "Type the code that is shown now. Each one works once.",
      },
      CREDENTIALS_INVALID: {
        text: "The user name or the password is not right.",
        advice: "Check both and try again.",
      },
      UNAUTHORIZED: {
        text: "Nobody is signed in, or the access token is not valid.",
        advice: "Sign in, or get an access token with the scope token:issue.",
      },
      TICKET_INVALID: {
        text: "This sign-in cannot be continued.",
        advice: "Start again: a sign-in works once, for a short time, and in one browser.",
      },
      SUBJECT_MISMATCH: {
        text: "The subject is not the one that was authenticated.",
        advice: "Start the sign-in again.",
      },
      FORBIDDEN: {
        text: "This caller may not do that.",
        advice: "See which actor may do what in the README.",
      },
      CROSS_SITE_REFUSED: {
        text: "The request does not come from this site's own pages.",
        advice: "Call from the same origin, with the headers that the client of Ticketgate sends.",
      },
      NOT_FOUND: { text: "There is nothing here.", advice: "Check the address or the procedure's name." },
      METHOD_NOT_ALLOWED: { text: "This method is not allowed here.", advice: "Use the documented method." },
      PAYLOAD_TOO_LARGE: { text: "The request is too large.", advice: "Send less at once." },
      UNSUPPORTED_MEDIA_TYPE: {
        text: "Only application/json is accepted.",
        advice: "Send JSON with its content type.",
      },
      BATCH_REFUSED: {
        text: "These calls may not be sent as one batch.",
        advice: "Send sensitive calls alone, and at most ten others together.",
      },
      TOO_MANY_REQUESTS: { text: "Too many tries.", advice: "Wait a little and try again." },
      ENGINE_UNAVAILABLE: {
        text: "Sign-in is not available at the moment.",
        advice: "Try again in a few minutes. If it goes on, quote the correlation id.",
      },
      UNREACHABLE: { text: unreachable.text, advice: unreachable.advice },
      INTERNAL_ERROR: {
        text: "Something went wrong.",
        advice: "Try again. If it goes on, quote the correlation id.",
      },
    },
    quote: " If it goes on, quote the correlation id.",
    correlationId: "Correlation id",
    tryAgain: "Try again",
    toFirstPage: "To the first page",
    fieldFault: (label, rest) => `${label} ${rest}.`,
  },
  ja: {
    faults: {
      BAD_REQUEST: {
        text: "リクエストが正しくありません。",
        advice: "示された項目を修正して、もう一度送信してください。",
      },
      FORM_EXPIRED: {
        text: "このページの有効期限が切れました。",
        advice: "現在表示されているページで、もう一度お試しください。",
      },
      SECOND_FACTOR_INVALID: {
        text: "コードが正しくありません。",
        advice: "いま表示されているコードを入力してください。コードは一度だけ使えます。",
      },
      CREDENTIALS_INVALID: {
        text: "ユーザー名またはパスワードが正しくありません。",
        advice: "両方を確認して、もう一度お試しください。",
      },
      UNAUTHORIZED: {
        text: "サインインしていないか、アクセストークンが無効です。",
        advice: "サインインするか、スコープ token:issue を持つアクセストークンを取得してください。",
      },
      TICKET_INVALID: {
        text: "このサインインは続けられません。",
        advice:
          "最初からやり直してください。サインインは一度だけ、短い時間内に、同じブラウザーでのみ有効です。",
      },
      SUBJECT_MISMATCH: {
        text: "認証されたユーザーと一致しません。",
        advice: "サインインをやり直してください。",
      },
      FORBIDDEN: {
        text: "この呼び出し元には許可されていません。",
        advice: "誰に何が許されるかは README を参照してください。",
      },
      CROSS_SITE_REFUSED: {
        text: "このサイトのページから送信されたリクエストではありません。",
        advice: "同じオリジンから、Ticketgate のクライアントが送るヘッダーを付けて呼び出してください。",
      },
      NOT_FOUND: {
        text: "ここには何もありません。",
        advice: "アドレスまたはプロシージャ名を確認してください。",
      },
      METHOD_NOT_ALLOWED: {
        text: "ここではこのメソッドを使用できません。",
        advice: "文書に記載されたメソッドを使用してください。",
      },
      PAYLOAD_TOO_LARGE: { text: "リクエストが大きすぎます。", advice: "一度に送る量を減らしてください。" },
      UNSUPPORTED_MEDIA_TYPE: {
        text: "application/json のみ受け付けます。",
        advice: "JSON を正しい Content-Type で送信してください。",
      },
      BATCH_REFUSED: {
        text: "これらの呼び出しは一つのバッチで送信できません。",
        advice: "重要な呼び出しは単独で、それ以外は一度に十件まで送信してください。",
      },
      TOO_MANY_REQUESTS: {
        text: "試行回数が多すぎます。",
        advice: "しばらく待ってから、もう一度お試しください。",
      },
      ENGINE_UNAVAILABLE: {
        text: "現在サインインを利用できません。",
        advice: "数分後にもう一度お試しください。解決しない場合は、相関 ID をお知らせください。",
      },
      INTERNAL_ERROR: {
        text: "問題が発生しました。",
        advice: "もう一度お試しください。解決しない場合は、相関 ID をお知らせください。",
      },
      UNREACHABLE: {
        text: "Ticketgate に接続できません。",
        advice: "接続を確認して、もう一度お試しください。",
      },
    },
    quote: "解決しない場合は、相関 ID をお知らせください。",
    correlationId: "相関 ID",
    tryAgain: "もう一度試す",
    toFirstPage: "最初のページへ",
    fieldFault: (label, rest) => `${label}${rest}。`,
  },
} satisfies Record<Language, Words>;
