import type { ChoiceSpec } from "./form-state.ts";

/** A box to tick, which is ticked unless it was sent empty. */
export function Choice({
  name,
  label,
  sent,
}: ChoiceSpec & {
  /** What stood in it when the form was sent; `undefined` before. */
  sent: string | undefined;
}) {
  return (
    <label className="flex items-start gap-3 py-1">
      <input
        type="checkbox"
        name={name}
        value="yes"
        defaultChecked={sent === undefined || sent === "yes"}
        className="mt-1 size-5 shrink-0 accent-gate"
      />
      <span>{label}</span>
    </label>
  );
}
