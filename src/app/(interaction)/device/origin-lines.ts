import type { DeviceOrigin } from "../../../server/flow/device/requester.ts";
import type { Language } from "../../_language/language.ts";
import { agoText } from "../../_language/moment.ts";
import { texts } from "./texts.ts";

/**
 * Says when and from where a code was asked for, and whether that is somewhere else than where the person is.
 *
 * @param origin `undefined` when nothing is known of it.
 * @param here.now milliseconds since the epoch.
 * @param here.address of the person's own request; compared only where both are known.
 * @returns a sentence a line; `elsewhere` only where the addresses differ.
 * @see RFC 8628, section 5.4
 */
export function originLines(
  origin: DeviceOrigin | undefined,
  here: { now: number; address: string | undefined },
  language: Language,
): { asked: readonly string[]; elsewhere?: string } {
  const words = texts[language].origin;
  if (!origin) return { asked: [words.unknown] };
  const { askedAt, address, program } = origin;
  const ago = agoText(language, here.now - askedAt);
  const asked = [
    address === undefined ? words.askedSomewhere(ago) : words.asked(ago, address),
    ...(program === undefined ? [] : [words.program(program)]),
  ];
  if (address === undefined || here.address === undefined || address === here.address) return { asked };
  return { asked, elsewhere: words.elsewhere(here.address) };
}
