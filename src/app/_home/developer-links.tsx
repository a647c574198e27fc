const links = [
  { name: "token.issue", text: "the procedure that trades a ticket, at /api/trpc", href: undefined },
  { name: "/oauth/token", text: "RFC 6749, 3.2", href: "https://www.rfc-editor.org/rfc/rfc6749#section-3.2" },
  { name: "/oauth/introspect", text: "RFC 7662", href: "https://www.rfc-editor.org/rfc/rfc7662" },
  { name: "/oauth/revoke", text: "RFC 7009", href: "https://www.rfc-editor.org/rfc/rfc7009" },
  { name: "/oauth/jwks", text: "the engine's public keys", href: "/oauth/jwks" },
] as const;

/** Where a developer goes on from the first page. */
export function DeveloperLinks() {
  return (
    <section aria-labelledby="developers" className="mt-16 border-rule border-t-2 pt-8 sm:mt-20">
      <h2 id="developers" className="text-head">
        For developers
      </h2>
      <p className="mt-3 max-w-prose text-soft">
        Other back ends call the same procedures with their own access token: see{" "}
        <code>examples/back-end.ts</code> and the README of this checkout.
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
