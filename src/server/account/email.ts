const MAXIMUM_LENGTH = 254;
const MAXIMUM_LOCAL_LENGTH = 64;

/** A dot-string (RFC 5321 4.1.2). A quoted local part is left out: nobody has one, and much software reads it wrong. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * Reads an e-mail address: ASCII in its local part, so that no two addresses look alike; a domain of any script becomes its ASCII form.
 * What is no such address cannot stand in the header of a mail.
 *
 * @param text as somebody typed it; blanks around it do not count.
 * @returns the address as it is written to, or `undefined`.
 */
export function readEmail(text: string): string | undefined {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf("@");
  const local = trimmed.slice(0, at);
  const domain = asciiDomain(trimmed.slice(at + 1));
  if (at < 1 || domain === undefined || local.length > MAXIMUM_LOCAL_LENGTH || !LOCAL.test(local))
    return undefined;
  const address = `${local}@${domain}`;
  return address.length <= MAXIMUM_LENGTH ? address : undefined;
}

/**
 * The form in which addresses are compared: small letters. To the letter, mail servers may tell `Zoe@` from `zoe@`; none does.
 *
 * @param email any text; what is no address has no form.
 */
export function emailKey(email: string): string | undefined {
  return readEmail(email)?.toLowerCase();
}

function asciiDomain(text: string): string | undefined {
  if (/[\s\p{C}/\\?#:@%[\]]/u.test(text) || !URL.canParse(`http://${text}/`)) return undefined;
  const { hostname } = new URL(`http://${text}/`);
  return DOMAIN.test(hostname) ? hostname : undefined;
}
