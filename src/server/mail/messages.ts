import type { Mail } from "./mail.ts";
import { quotedText } from "./quoted-text.ts";
import { type SecondFactorChange, secondFactorTexts } from "./second-factor-texts.ts";
import { SERVICE_NAME } from "./service-name.ts";

/** The languages of mails. */
export type MailLanguage = "en" | "ja";

/** What a mail is about, with what it needs. A link is good for `minutes`. */
export type MailKind =
  | { kind: "confirm-registration"; link: string; minutes: number }
  | { kind: "account-exists"; loginLink: string; resetLink: string }
  | { kind: "verify-email"; link: string; minutes: number }
  | { kind: "reset-password"; link: string; minutes: number }
  | { kind: "password-changed"; resetLink: string }
  | {
      kind: "backchannel-request";
      link: string;
      /** The words of the client, whatever they are. */
      client: string;
      message: string | undefined;
      minutes: number;
    }
  | { kind: "second-factor"; change: SecondFactorChange; accountLink: string };

type Part = string | { link: string };

/** Lines of text and links on lines of their own. */
type Message = { subject: string; parts: Part[] };

/**
 * Writes a mail. None holds a name that somebody typed into a form: it would be the words of whoever typed it, sent in ours to whomever they
 * like. What a client says of its request is quoted, without what could be a link.
 *
 * @param to an address from `readEmail`.
 */
export function writeMail(to: string, language: MailLanguage, about: MailKind): Mail {
  const { subject, parts } = messageIn[language](about);
  return { to, subject, text: `${parts.map(plain).join("\n\n")}\n`, html: page(language, subject, parts) };
}

const messageIn: Record<MailLanguage, (about: MailKind) => Message> = { en: english, ja: japanese };

function english(about: MailKind): Message {
  const once = (minutes: number) => `The link works once, within ${minutes} minutes.`;
  switch (about.kind) {
    case "confirm-registration":
      return {
        subject: `Confirm your ${SERVICE_NAME} account`,
        parts: [
          `Somebody, probably you, asked for a ${SERVICE_NAME} account with this address. To get it, open this link and type the password you chose:`,
          { link: about.link },
          once(about.minutes),
          "If it was not you, do nothing: there will be no account.",
        ],
      };
    case "account-exists":
      return {
        subject: `You have a ${SERVICE_NAME} account already`,
        parts: [
          `Somebody, probably you, asked for a ${SERVICE_NAME} account with this address. There is one already. Sign in to it here:`,
          { link: about.loginLink },
          "If you do not know the password any more, get a new one here:",
          { link: about.resetLink },
          "If it was not you, do nothing: your account is as it was.",
        ],
      };
    case "verify-email":
      return {
        subject: `Confirm your address for ${SERVICE_NAME}`,
        parts: [
          `To confirm that this address belongs to your ${SERVICE_NAME} account, open this link:`,
          { link: about.link },
          once(about.minutes),
          "If you did not ask for it, do nothing.",
        ],
      };
    case "reset-password":
      return {
        subject: `A new password for ${SERVICE_NAME}`,
        parts: [
          `Somebody, probably you, asked for a new password for the ${SERVICE_NAME} account with this address. Choose it here:`,
          { link: about.link },
          once(about.minutes),
          "If it was not you, do nothing: your password is as it was.",
        ],
      };
    case "password-changed":
      return {
        subject: `Your ${SERVICE_NAME} password was changed`,
        parts: [
          `The password of your ${SERVICE_NAME} account was changed a moment ago, and everybody who was signed in to it was signed out.`,
          "If it was not you, get a new password at once:",
          { link: about.resetLink },
        ],
      };
    case "backchannel-request":
      return {
        subject: `Something waits for you at ${SERVICE_NAME}`,
        parts: [
          `An application that calls itself “${clientOf(about)}” asks for access to your ${SERVICE_NAME} account. It can be decided within ${about.minutes} minutes, here:`,
          { link: about.link },
          ...(about.message === undefined
            ? []
            : [
                `It sends this message: “${messageOf(about.message)}”. Allow it only if the same stands where you started it.`,
              ]),
          "If you started nothing, deny it or do nothing.",
        ],
      };
    case "second-factor":
      return {
        subject: secondFactorTexts.en[about.change].subject,
        parts: [
          secondFactorTexts.en[about.change].text,
          "If it was not you, change your password, and tell the people who run this service: what somebody else has set up only they can take away. This is the page of your two-step sign-in:",
          { link: about.accountLink },
        ],
      };
  }
}

function japanese(about: MailKind): Message {
  const once = (minutes: number) => `このリンクは${minutes}分以内に一度だけ使えます。`;
  switch (about.kind) {
    case "confirm-registration":
      return {
        subject: `${SERVICE_NAME}アカウントの確認`,
        parts: [
          `このメールアドレスで${SERVICE_NAME}アカウントの登録が申し込まれました。登録を完了するには、次のリンクを開き、お決めになったパスワードを入力してください。`,
          { link: about.link },
          once(about.minutes),
          "お心当たりがない場合は、何もしないでください。アカウントは作成されません。",
        ],
      };
    case "account-exists":
      return {
        subject: `${SERVICE_NAME}アカウントはすでにあります`,
        parts: [
          `このメールアドレスで${SERVICE_NAME}アカウントの登録が申し込まれましたが、アカウントはすでにあります。次のリンクからサインインしてください。`,
          { link: about.loginLink },
          "パスワードをお忘れの場合は、次のリンクから再設定できます。",
          { link: about.resetLink },
          "お心当たりがない場合は、何もしないでください。アカウントに変更はありません。",
        ],
      };
    case "verify-email":
      return {
        subject: `${SERVICE_NAME}のメールアドレスの確認`,
        parts: [
          `このメールアドレスがお使いの${SERVICE_NAME}アカウントのものであることを確認するには、次のリンクを開いてください。`,
          { link: about.link },
          once(about.minutes),
          "お心当たりがない場合は、何もしないでください。",
        ],
      };
    case "reset-password":
      return {
        subject: `${SERVICE_NAME}のパスワードの再設定`,
        parts: [
          `このメールアドレスの${SERVICE_NAME}アカウントについて、パスワードの再設定が申し込まれました。次のリンクから新しいパスワードを設定してください。`,
          { link: about.link },
          once(about.minutes),
          "お心当たりがない場合は、何もしないでください。パスワードは変更されません。",
        ],
      };
    case "password-changed":
      return {
        subject: `${SERVICE_NAME}のパスワードが変更されました`,
        parts: [
          `お使いの${SERVICE_NAME}アカウントのパスワードが変更され、すべての端末からサインアウトしました。`,
          "お心当たりがない場合は、すぐに次のリンクからパスワードを再設定してください。",
          { link: about.resetLink },
        ],
      };
    case "backchannel-request":
      return {
        subject: `${SERVICE_NAME}で確認をお待ちしています`,
        parts: [
          `「${clientOf(about)}」と名乗るアプリケーションが、お使いの${SERVICE_NAME}アカウントへのアクセスを求めています。${about.minutes}分以内に、次のリンクから許可するかどうかをお決めください。`,
          { link: about.link },
          ...(about.message === undefined
            ? []
            : [
                `メッセージ:「${messageOf(about.message)}」。操作を始めた画面に同じものが表示されている場合にのみ許可してください。`,
              ]),
          "お心当たりがない場合は、拒否するか、何もしないでください。",
        ],
      };
    case "second-factor":
      return {
        subject: secondFactorTexts.ja[about.change].subject,
        parts: [
          secondFactorTexts.ja[about.change].text,
          "お心当たりがない場合は、パスワードを変更し、サービスの運営者にご連絡ください。第三者が設定した2段階認証は、運営者だけが解除できます。2段階認証のページはこちらです。",
          { link: about.accountLink },
        ],
      };
  }
}

const LONGEST_NAME = 60;
const LONGEST_MESSAGE = 100;

function clientOf({ client }: { client: string }): string {
  return quotedText(client, LONGEST_NAME);
}

function messageOf(message: string): string {
  return quotedText(message, LONGEST_MESSAGE);
}

function plain(part: Part): string {
  return typeof part === "string" ? part : part.link;
}

function page(language: MailLanguage, subject: string, parts: readonly Part[]): string {
  const paragraphs = parts.map(
    (part) => `<p>${typeof part === "string" ? escaped(part) : anchor(part.link)}</p>`,
  );
  return [
    "<!doctype html>",
    `<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    `<body>${paragraphs.join("\n")}</body></html>`,
  ].join("\n");
}

function anchor(link: string): string {
  return `<a href="${escaped(link)}">${escaped(link)}</a>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
