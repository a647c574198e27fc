import type { Artifact, ArtifactKind } from "./artifacts.ts";
import type { EngineContext } from "./context.ts";
import type { EngineWriter } from "./ports.ts";

/** How many changes of the same artifact may come first before a call gives up. */
const MOST_ATTEMPTS = 16;

/** Another change came first. Thrown out of a transaction it undoes the transaction. */
class OutrunError extends Error {
  override readonly name = "OutrunError";

  constructor() {
    super("other changes of the artifact came first");
  }
}

/** Gives an artifact with a change, from what is stored of it now; whatever it throws undoes the transaction. */
type Change<Kind extends ArtifactKind> = (
  stored: Artifact<Kind> | undefined,
  transaction: EngineWriter,
) => Promise<Artifact<Kind>> | Artifact<Kind>;

/**
 * Changes an artifact, together with whatever else the change writes, in one transaction. Polls and decisions meet in one
 * row: a change that came second is made again, from what the first one left.
 *
 * @returns the artifact as the change gave it.
 * @throws what `change` throws, and `OutrunError` when others always came first.
 */
export async function changeArtifact<Kind extends ArtifactKind>(
  { store }: Pick<EngineContext, "store">,
  { kind, keyHash }: { kind: Kind; keyHash: string },
  change: Change<Kind>,
): Promise<Artifact<Kind>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.write(async (transaction) => {
        const next = await change(await transaction.findArtifact(kind, keyHash), transaction);
        if (!(await transaction.updateArtifact(next))) throw new OutrunError();
        return next;
      });
    } catch (error) {
      if (!(error instanceof OutrunError) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
