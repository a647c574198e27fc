import { AccountForm } from "../../_account/account-form.tsx";
import type { FieldSpec } from "../../_account/form-state.ts";
import type { Language } from "../../_language/language.ts";
import { Printed } from "../../_parts/printed.tsx";
import { makeFormToken } from "../../bridge.ts";
import { texts as account } from "../texts.ts";
import { renewCodes, signOutElsewhere, turnOff } from "./actions.ts";
import { texts } from "./texts.ts";

/** That somebody has a second factor, and the way to end the sessions that began without it. */
export async function ActiveFactor({
  since,
  recoveryCodes,
  language,
}: {
  since: string;
  recoveryCodes: number;
  language: Language;
}) {
  const words = texts[language];
  return (
    <>
      <Printed
        className="sm:grid-cols-2"
        items={[
          { label: words.state, value: words.active(since) },
          { label: words.codesLeft, value: String(recoveryCodes) },
        ]}
      />
      <h2 className="mt-7 mb-2 font-bold text-lead">{words.sessions}</h2>
      <p className="mb-5 text-soft">{words.sessionsText}</p>
      <AccountForm
        action={signOutElsewhere}
        formToken={await makeFormToken("end-other-sessions")}
        fields={[]}
        labels={words.sessionsSubmit}
        quiet
      />
    </>
  );
}

/** What can be changed of a second factor, each for password and code. */
export async function ChangeFactor({
  username,
  required,
  language,
}: {
  username: string;
  required: boolean;
  language: Language;
}) {
  const words = texts[language];
  const fields: FieldSpec[] = [
    {
      name: "password",
      label: account[language].current,
      type: "password",
      autoComplete: "current-password",
    },
    { name: "code", label: words.anyCode, autoComplete: "one-time-code", hint: words.anyCodeHint },
  ];
  return (
    <>
      <h2 className="mb-2 font-bold text-lead">{words.newCodes}</h2>
      <p className="mb-6 text-soft">{words.newCodesText}</p>
      <AccountForm
        action={renewCodes}
        formToken={await makeFormToken("second-factor-codes")}
        username={username}
        fields={fields}
        labels={words.newCodesSubmit}
      />
      <h2 className="mt-9 mb-2 font-bold text-lead">{words.off}</h2>
      <p className="mb-6 text-soft">{required ? words.offTextRequired : words.offText}</p>
      <AccountForm
        action={turnOff}
        formToken={await makeFormToken("second-factor-off")}
        username={username}
        fields={fields}
        labels={words.offSubmit}
        quiet
      />
    </>
  );
}
