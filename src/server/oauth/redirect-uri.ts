const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;

/** Schemes whose addresses a browser would run instead of visit. */
const DANGEROUS = /^(javascript|data|vbscript|blob|filesystem|about):/i;

/** Whether a text can be a registered redirection URI: absolute, without a fragment (RFC 6749 3.1.2), and safe to go to. */
export function isRedirectUri(text: string): boolean {
  return ABSOLUTE_URI.test(text) && URL.canParse(text) && !text.includes("#") && !DANGEROUS.test(text);
}
