import type { Language } from "../_language/language.ts";
import { texts } from "./texts.ts";

const specifications = [
  { name: "/oauth/token", text: "RFC 6749, 3.2", href: "https://www.rfc-editor.org/rfc/rfc6749#section-3.2" },
  { name: "/oauth/introspect", text: "RFC 7662", href: "https://www.rfc-editor.org/rfc/rfc7662" },
  { name: "/oauth/revoke", text: "RFC 7009", href: "https://www.rfc-editor.org/rfc/rfc7009" },
] as const;

/** Where a developer goes on from the first page. */
export function DeveloperLinks({ language }: { language: Language }) {
  const words = texts[language];
  const links = [
    { name: "token.issue", text: words.procedure, href: undefined },
    ...specifications,
    { name: "/oauth/jwks", text: words.publicKeys, href: "/oauth/jwks" },
  ];
  return (
    <section aria-labelledby="developers" className="mt-16 border-rule border-t-2 pt-8 sm:mt-20">
      <h2 id="developers" className="text-head">
        {words.developers}
      </h2>
      <p className="mt-3 max-w-prose text-soft">
        {words.backEnds.before}
        <code>examples/back-end.ts</code>
        {words.backEnds.after}
      </p>
      <ul className="mt-6 grid gap-x-10 gap-y-3 sm:grid-cols-2">
        {links.map(({ name, text, href }) => (
          <li key={name} className="flex flex-wrap items-baseline gap-x-3">
            <code>{name}</code>
            {href === undefined ? <span className="text-soft">{text}</span> : <a href={href}>{text}</a>}
          </li>
        ))}
      </ul>
    </section>
  );
}
