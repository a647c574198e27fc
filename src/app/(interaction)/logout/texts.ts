import type { Language } from "../../_language/language.ts";

/** The words of the pages of signing out. */
export const texts = {
  en: {
    title: "Sign out",
    ask: "Sign out?",
    who: (name: string) => `You are signed in as ${name}.`,
    client: (name: string) => `${name} asks to sign you out.`,
    effect:
      "You will be signed out here. Applications that you opened through this sign-in are told, where they want to be.",
    signOut: "Sign out",
    stay: "Stay signed in",
    nobody: "Nobody is signed in.",
    nobodyAdvice: "There is no session to end in this browser.",
    doneTitle: "Signed out",
    done: "You are signed out.",
    doneAdvice: "On a computer that others use, close the browser too.",
    telling: "The applications that want to know are being told.",
    back: (name: string) => `Back to ${name}`,
    backToApplication: "Back to the application",
    signIn: "Sign in again",
    toFirstPage: "To the first page",
    frame: "Tells an application that you are signed out",
  },
  ja: {
    title: "サインアウト",
    ask: "サインアウトしますか?",
    who: (name: string) => `${name} としてサインインしています。`,
    client: (name: string) => `${name} がサインアウトを求めています。`,
    effect:
      "ここからサインアウトします。このサインインを通じて開いたアプリケーションのうち、通知を希望するものに知らせます。",
    signOut: "サインアウト",
    stay: "サインインしたままにする",
    nobody: "サインインしていません。",
    nobodyAdvice: "このブラウザーに終了するセッションはありません。",
    doneTitle: "サインアウトしました",
    done: "サインアウトしました。",
    doneAdvice: "共用のコンピューターでは、ブラウザーも閉じてください。",
    telling: "通知を希望するアプリケーションに知らせています。",
    back: (name: string) => `${name} に戻る`,
    backToApplication: "アプリケーションに戻る",
    signIn: "もう一度サインイン",
    toFirstPage: "最初のページへ",
    frame: "サインアウトしたことをアプリケーションに知らせます",
  },
} satisfies Record<Language, unknown>;
