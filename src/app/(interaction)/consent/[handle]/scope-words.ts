import type { Language } from "../../../_language/language.ts";

type ScopeWords = Readonly<Record<string, { title: string; explanation: string }>>;

/** The scopes that have a meaning of their own (OIDC Core 5.4 and 11), in plain words. */
export const scopeWords = {
  en: {
    openid: {
      title: "Know that it is you",
      explanation: "It learns an identifier that stands for you, and when you signed in.",
    },
    profile: {
      title: "See your profile",
      explanation:
        "Your name, user name, picture, birthday, language and what else you wrote into your profile.",
    },
    email: { title: "See your e-mail address", explanation: "And whether it has been confirmed." },
    address: { title: "See your postal address", explanation: "As you wrote it into your profile." },
    phone: { title: "See your phone number", explanation: "And whether it has been confirmed." },
    offline_access: {
      title: "Keep access while you are away",
      explanation: "It can do all of this when you do not use it, also after you have signed out here.",
    },
    grant_management_query: {
      title: "See what you have allowed it",
      explanation:
        "It can look up what you agreed to for this application, and nothing of other applications.",
    },
    grant_management_revoke: {
      title: "Give up what you have allowed it",
      explanation: "It can end its own access to your account.",
    },
  },
  ja: {
    openid: {
      title: "あなたであることの確認",
      explanation: "あなたを表す識別子と、サインインした日時が伝わります。",
    },
    profile: {
      title: "プロフィールの参照",
      explanation: "氏名、ユーザー名、写真、生年月日、言語など、プロフィールに登録した内容です。",
    },
    email: { title: "メールアドレスの参照", explanation: "確認済みかどうかも伝わります。" },
    address: { title: "住所の参照", explanation: "プロフィールに登録した住所です。" },
    phone: { title: "電話番号の参照", explanation: "確認済みかどうかも伝わります。" },
    offline_access: {
      title: "利用していない間のアクセス",
      explanation:
        "アプリケーションを使っていないときや、ここからサインアウトした後でも、上記の内容にアクセスできます。",
    },
    grant_management_query: {
      title: "許可した内容の参照",
      explanation:
        "このアプリケーションに許可した内容を確認できます。ほかのアプリケーションの分は見えません。",
    },
    grant_management_revoke: {
      title: "許可の取り消し",
      explanation: "このアプリケーション自身へのアクセス許可を終わらせることができます。",
    },
  },
} as const satisfies Record<Language, ScopeWords> as Record<Language, ScopeWords>;

/** What the standard claims (OIDC Core 5.1) are called, after "your". */
export const claimWords = {
  en: {
    name: "name",
    given_name: "first name",
    family_name: "last name",
    middle_name: "middle name",
    nickname: "nickname",
    preferred_username: "user name",
    profile: "profile page",
    picture: "picture",
    website: "website",
    email: "e-mail address",
    email_verified: "e-mail address's confirmation",
    gender: "gender",
    birthdate: "birthday",
    zoneinfo: "time zone",
    locale: "language",
    phone_number: "phone number",
    phone_number_verified: "phone number's confirmation",
    address: "postal address",
    updated_at: "profile's last change",
  },
  ja: {
    name: "氏名",
    given_name: "名",
    family_name: "姓",
    middle_name: "ミドルネーム",
    nickname: "ニックネーム",
    preferred_username: "ユーザー名",
    profile: "プロフィールページ",
    picture: "写真",
    website: "ウェブサイト",
    email: "メールアドレス",
    email_verified: "メールアドレスの確認状況",
    gender: "性別",
    birthdate: "生年月日",
    zoneinfo: "タイムゾーン",
    locale: "言語",
    phone_number: "電話番号",
    phone_number_verified: "電話番号の確認状況",
    address: "住所",
    updated_at: "プロフィールの更新日時",
  },
} as const satisfies Record<Language, Readonly<Record<string, string>>> as Record<
  Language,
  Readonly<Record<string, string>>
>;
