import { type CallError, unreachable } from "../../client/call-error.ts";
import { catalogue } from "../../server/flow/error.ts";
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
    faults: englishFaults(),
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

function englishFaults(): FaultTexts {
  const faults = Object.entries({ ...catalogue, UNREACHABLE: unreachable });
  return Object.fromEntries(faults.map(([code, { text, advice }]) => [code, { text, advice }])) as FaultTexts;
}
