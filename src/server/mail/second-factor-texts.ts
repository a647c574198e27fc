import type { MailLanguage } from "./messages.ts";
import { SERVICE_NAME } from "./service-name.ts";

/** What happened to somebody's second factor: it was turned on or off, there are new recovery codes, or one of them was used. */
export type SecondFactorChange = "on" | "off" | "codes" | "code-used";

/** How a mail begins that tells of it. */
export const secondFactorTexts: Record<
  MailLanguage,
  Record<SecondFactorChange, { subject: string; text: string }>
> = {
  en: {
    on: {
      subject: `Two-step sign-in for ${SERVICE_NAME} is on`,
      text: `From now on a sign-in to your ${SERVICE_NAME} account takes a code of an authenticator app beside the password.`,
    },
    off: {
      subject: `Two-step sign-in for ${SERVICE_NAME} is off`,
      text: `The authenticator app of your ${SERVICE_NAME} account was removed a moment ago. The password alone signs in.`,
    },
    codes: {
      subject: `New recovery codes for ${SERVICE_NAME}`,
      text: `Your ${SERVICE_NAME} account got new recovery codes a moment ago. The old ones do not work any more.`,
    },
    "code-used": {
      subject: `A ${SERVICE_NAME} recovery code was used`,
      text: `A recovery code of your ${SERVICE_NAME} account was used a moment ago. It does not work any more.`,
    },
  },
  ja: {
    on: {
      subject: `${SERVICE_NAME}の2段階認証を設定しました`,
      text: `これからお使いの${SERVICE_NAME}アカウントへのサインインには、パスワードのほかに認証アプリのコードが必要です。`,
    },
    off: {
      subject: `${SERVICE_NAME}の2段階認証を解除しました`,
      text: `お使いの${SERVICE_NAME}アカウントから認証アプリが削除されました。これからはパスワードだけでサインインできます。`,
    },
    codes: {
      subject: `${SERVICE_NAME}の新しいリカバリーコード`,
      text: `お使いの${SERVICE_NAME}アカウントのリカバリーコードが新しくなりました。以前のコードは使えません。`,
    },
    "code-used": {
      subject: `${SERVICE_NAME}のリカバリーコードが使われました`,
      text: `お使いの${SERVICE_NAME}アカウントのリカバリーコードが1つ使われました。そのコードはもう使えません。`,
    },
  },
};
