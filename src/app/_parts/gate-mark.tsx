/** The mark: a gate, and the ticket in it. */
export function GateMark() {
  return (
    <svg viewBox="0 0 32 32" className="size-9" aria-hidden="true">
      <path
        d="M4 29V8.5A4.5 4.5 0 0 1 8.5 4h15A4.5 4.5 0 0 1 28 8.5V29"
        className="fill-none stroke-gate"
        strokeWidth="4"
      />
      <path d="M10.5 13h11v4.4a1.9 1.9 0 0 0 0 3.8V26h-11v-4.8a1.9 1.9 0 0 0 0-3.8z" className="fill-stamp" />
    </svg>
  );
}
