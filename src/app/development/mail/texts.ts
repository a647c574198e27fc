import type { Language } from "../../_language/language.ts";

type Words = { title: string; intro: string; none: string; to: string; at: string };

/** The words of the page that shows the mail of a development checkout. */
export const texts = {
  en: {
    title: "Mail",
    intro:
      "A development checkout sends no mail. What it would have sent stands here until the server stops.",
    none: "No mail so far.",
    to: "To",
    at: "At",
  },
  ja: {
    title: "メール",
    intro:
      "開発環境ではメールは送信されません。送信されるはずのメールは、サーバーが停止するまでここに表示されます。",
    none: "まだメールはありません。",
    to: "宛先",
    at: "時刻",
  },
} satisfies Record<Language, Words>;
