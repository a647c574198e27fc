import type { Language } from "./_language/language.ts";

/** The words of the frame of every page, and of the page that stands where there is nothing. */
export const texts = {
  en: {
    description: "Hand it a ticket, get a token. The token stays on the server.",
    skip: "Skip to the content",
    license: "Ticketgate is free software under the Apache License 2.0.",
    notFoundTitle: "Not found",
    notFound: "There is nothing here.",
    notFoundAdvice: "The address may be mistyped, or the page has gone.",
    status: "Status",
    notFoundStatus: "404 Not Found",
  },
  ja: {
    description: "チケットを渡して、トークンを受け取る。トークンはサーバーから出ません。",
    skip: "本文へ移動",
    license: "Ticketgate は Apache License 2.0 で公開されているフリーソフトウェアです。",
    notFoundTitle: "ページが見つかりません",
    notFound: "ここには何もありません。",
    notFoundAdvice: "アドレスの入力に誤りがあるか、ページがなくなった可能性があります。",
    status: "ステータス",
    notFoundStatus: "404 Not Found",
  },
} satisfies Record<Language, unknown>;
