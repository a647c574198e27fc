import { decide } from "./actions.ts";

/**
 * A form with one button that decides about a request. It works without JavaScript.
 *
 * @param props.formToken good once, for this request.
 */
export function DecisionForm({
  id,
  formToken,
  decision,
  children,
}: {
  id: string;
  formToken: string;
  decision: "allow" | "deny";
  children: string;
}) {
  return (
    <form action={decide} className="contents">
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="decision" value={decision} />
      <button type="submit" className={decision === "allow" ? "button w-full" : "button button-quiet w-full"}>
        {children}
      </button>
    </form>
  );
}
