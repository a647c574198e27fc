import type { ReactNode } from "react";
import { interactionPath } from "../../../server/http/interaction-path.ts";
import { OnceForm } from "./once-form.tsx";

/**
 * A form with one button that decides something in an authorization request. It goes to an endpoint and not to a server action: what
 * follows may lead out of this site.
 *
 * @param props.formToken of `makeDecisionToken`.
 */
export function DecisionForm({
  handle,
  formToken,
  decision,
  quiet = false,
  children,
}: {
  handle: string;
  formToken: string;
  decision: "allow" | "deny" | "continue";
  quiet?: boolean;
  children: ReactNode;
}) {
  return (
    <OnceForm action={interactionPath(handle)}>
      <input type="hidden" name="form_token" value={formToken} />
      <button
        type="submit"
        name="decision"
        value={decision}
        className={quiet ? "button button-quiet w-full" : "button w-full"}
      >
        {children}
      </button>
    </OnceForm>
  );
}
