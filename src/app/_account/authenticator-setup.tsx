import type { ShownSetup } from "../../server/flow/second-factor/setup.ts";
import type { Language } from "../_language/language.ts";
import { QrCode } from "./qr-code.tsx";
import { texts } from "./second-factor-texts.ts";

/** What an authenticator app takes: a picture, a link for the device that it is on, and the key to be typed. */
export function AuthenticatorSetup({
  setup,
  language,
}: {
  setup: Extract<ShownSetup, { show: "secret" }>;
  language: Language;
}) {
  const words = texts[language];
  return (
    <div className="grid gap-6 sm:grid-cols-[auto_1fr] sm:items-start">
      <div className="w-full max-w-56 border-2 border-rule sm:w-56">
        <QrCode text={setup.uri} label={words.qrCode} />
      </div>
      <div className="grid gap-4">
        <p>{words.scan}</p>
        <p>
          <a href={setup.uri}>{words.openApp}</a>
        </p>
        <div>
          <p className="text-soft">{words.orType}</p>
          <p className="mt-1">
            <code className="[word-spacing:0.25em]">{setup.groups.join(" ")}</code>
          </p>
        </div>
      </div>
    </div>
  );
}
