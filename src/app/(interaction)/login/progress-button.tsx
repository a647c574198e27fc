/**
 * The button of a sign-in, which says how far it has come, aloud too. It keeps the focus meanwhile, which a disabled one loses.
 *
 * @param props.busy whether something is under way.
 */
export function ProgressButton({ words, busy }: { words: string; busy: boolean }) {
  return (
    <>
      <button type="submit" className="button w-full" aria-disabled={busy}>
        {words}
      </button>
      <p role="status" className="sr-only">
        {busy && words}
      </p>
    </>
  );
}
