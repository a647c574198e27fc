const REDACTED = "[redacted]";

/** Names after which a text goes on with a secret. A pattern begins at the start of a word only: its work grows with the text and not faster. */
const NAME =
  "(?<![\\w-])[\\w-]*(?:password|secret|tokens?|ticket|cookie|authorization|assertion|handle|binding)";

/** What gives a secret away in a text: where it stands, or what it looks like. `$1` is what may stay. */
const FORMS: readonly RegExp[] = [
  /\b((?:Bearer|Basic|DPoP) +)[\w\-.~+/]{16,}=*/gi,
  new RegExp(`(${NAME}=)[^&\\s"'<>]+`, "gi"),
  new RegExp(`(${NAME}[\\\\"'\`]*\\s*:\\s*\\\\*["'\`])[^"'\`\\\\]+`, "gi"),
  // The password in a URL.
  /(:\/\/[^\s:@/]*:)[^\s/]+(?=@)/g,
  // A JWT, or some of its parts.
  /()(?<![\w-])ey[\w-]{10,}(?:\.[\w-]*)+/g,
  // 256 bits in base64url, as tickets, handles and tokens are here; from 32 characters on if there is a digit. Files may be called that.
  /()(?<![\w-])(?:[\w-]{43,}|(?=[\w-]*\d)[\w-]{32,42})(?![\w-]|\.[cm]?[jt]sx?\b)/g,
  // What V8 quotes of a text that is no JSON: it may be a body, and the middle of a secret looks like nothing.
  /(Unexpected token )[\s\S]{1,120}?(?= is not valid JSON)/g,
  /()"[^"]{0,120}"(?= is not valid JSON)/g,
];

/**
 * A text without what is, or looks like, a secret: for the words of errors that others have written.
 *
 * It cannot know a password or a short secret that stands there without a name.
 */
export function redact(text: string): string {
  return FORMS.reduce((rest, form) => rest.replace(form, `$1${REDACTED}`), text);
}
