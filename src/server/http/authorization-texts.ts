import type { Language } from "../../language/language.ts";
import type { Problem } from "../flow/authorization/outcome.ts";

type Explained = { title: string; paragraphs: readonly string[] };

type Words = {
  problems: Record<Problem, Explained>;
  backTo: (client: string) => string;
  home: string;
  again: string;
  error: string;
  reason: string;
  correlationId: string;
  handOver: (client: string | undefined) => Explained;
  goOn: string;
};

/** The words of the pages that endpoints answer people with. */
export const texts = {
  en: {
    problems: {
      REQUEST_REFUSED: {
        title: "This request cannot be answered.",
        paragraphs: [
          "The application that sent you here asked for something in a way that this server cannot trust, so you were not sent back to it.",
          "Nothing was given to anybody. Go back to the application by yourself and try again; if this goes on, tell those who run it what stands below.",
        ],
      },
      REQUEST_USED: {
        title: "This link has done its work.",
        paragraphs: [
          "An application's request can be answered once, and only for a short time. If you have just answered it, the application knows: you can close this page.",
          "If you were on the way to something, open the application again and start there. Nothing was given to anybody by opening this page.",
        ],
      },
      REQUEST_UNKNOWN: {
        title: "There is nothing to continue here.",
        paragraphs: [
          "A sign-in for an application continues only in the browser where it began, and only for a while.",
          "Open the application again and start there.",
        ],
      },
      REQUEST_OVER: {
        title: "This has been settled already.",
        paragraphs: [
          "You have answered this request of the application, or are about to in another window. It cannot be answered twice.",
          "If the application does not go on, start again there.",
        ],
      },
      REQUEST_EXPIRED: {
        title: "This took too long.",
        paragraphs: [
          "The application's request has expired, and nothing was given to it.",
          "Go back to the application and start again there.",
        ],
      },
      REQUEST_FAILED: {
        title: "This could not be completed.",
        paragraphs: [
          "The application's request is not valid any more, and nothing was given to it.",
          "Go back to the application and start again there.",
        ],
      },
      FOREIGN_FORM: {
        title: "This did not come from our page.",
        paragraphs: ["Decisions are taken only from the pages of this server. Nothing was changed."],
      },
      UNAVAILABLE: {
        title: "This is not available at the moment.",
        paragraphs: ["Try again in a few minutes. If it goes on, quote the correlation id."],
      },
      FAULT: {
        title: "Something went wrong.",
        paragraphs: [
          "Nothing was given to the application. Start again there; if it goes on, quote the correlation id.",
        ],
      },
    },
    backTo: (client) => `Back to ${client}`,
    home: "To the first page",
    again: "Try again",
    error: "Error",
    reason: "Reason",
    correlationId: "Correlation id",
    handOver: (client) => ({
      title: client === undefined ? "On to the application" : `On to ${client}`,
      paragraphs: ["If your browser does not go on by itself, go on here."],
    }),
    goOn: "Continue",
  },
  ja: {
    problems: {
      REQUEST_REFUSED: {
        title: "このリクエストには応答できません。",
        paragraphs: [
          "アプリケーションからのリクエストが信頼できる形ではないため、アプリケーションには戻しませんでした。",
          "情報は誰にも渡していません。ご自身でアプリケーションに戻ってやり直してください。繰り返す場合は、下の内容を運営者にお知らせください。",
        ],
      },
      REQUEST_USED: {
        title: "このリンクはすでに役目を終えています。",
        paragraphs: [
          "アプリケーションからのリクエストに回答できるのは、短い時間内に一度だけです。回答したばかりであれば、アプリケーションに伝わっています。このページは閉じて構いません。",
          "続きがある場合は、アプリケーションを開き直して、最初からやり直してください。このページを開いたことで情報が渡ることはありません。",
        ],
      },
      REQUEST_UNKNOWN: {
        title: "続けられるものがありません。",
        paragraphs: [
          "アプリケーションのためのサインインは、始めたブラウザーで、一定の時間内にだけ続けられます。",
          "アプリケーションを開き直して、最初からやり直してください。",
        ],
      },
      REQUEST_OVER: {
        title: "この手続きはすでに済んでいます。",
        paragraphs: [
          "このリクエストにはすでに回答したか、別のウィンドウで回答中です。二度回答することはできません。",
          "アプリケーションが先に進まない場合は、そこからやり直してください。",
        ],
      },
      REQUEST_EXPIRED: {
        title: "時間切れです。",
        paragraphs: [
          "アプリケーションからのリクエストの有効期限が切れました。情報は渡していません。",
          "アプリケーションに戻って、最初からやり直してください。",
        ],
      },
      REQUEST_FAILED: {
        title: "手続きを完了できませんでした。",
        paragraphs: [
          "アプリケーションからのリクエストはもう有効ではありません。情報は渡していません。",
          "アプリケーションに戻って、最初からやり直してください。",
        ],
      },
      FOREIGN_FORM: {
        title: "このサーバーのページからの送信ではありません。",
        paragraphs: ["選択はこのサーバーのページからだけ受け付けます。何も変更していません。"],
      },
      UNAVAILABLE: {
        title: "現在ご利用いただけません。",
        paragraphs: ["数分後にもう一度お試しください。繰り返す場合は、照会番号をお知らせください。"],
      },
      FAULT: {
        title: "問題が発生しました。",
        paragraphs: [
          "アプリケーションに情報は渡していません。アプリケーションからやり直し、繰り返す場合は照会番号をお知らせください。",
        ],
      },
    },
    backTo: (client) => `${client} に戻る`,
    home: "最初のページへ",
    again: "もう一度試す",
    error: "エラー",
    reason: "理由",
    correlationId: "照会番号",
    handOver: (client) => ({
      title: client === undefined ? "アプリケーションに進みます" : `${client} に進みます`,
      paragraphs: ["自動的に進まない場合は、こちらから進んでください。"],
    }),
    goOn: "続ける",
  },
} satisfies Record<Language, Words>;
