import type { WaitingRequest } from "../../_bridge/authorization-request.ts";
import type { Language } from "../../_language/language.ts";
import { texts } from "./texts.ts";

/** What the application says about itself. These pages are not ours: they get no access to this one and do not learn where it is. */
export function ClientLinks({
  client,
  language,
}: {
  client: WaitingRequest["document"]["client"];
  language: Language;
}) {
  const words = texts[language];
  const links = [
    { href: client.home, label: words.home },
    { href: client.policy, label: words.policy },
    { href: client.terms, label: words.terms },
  ].filter(({ href }) => href !== undefined);
  if (links.length === 0) return null;
  return (
    <ul aria-label={words.about(client.name)} className="flex flex-wrap gap-x-6 gap-y-2">
      {links.map(({ href, label }) => (
        <li key={label}>
          <a href={href} target="_blank" rel="noopener noreferrer">
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
