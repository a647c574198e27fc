import { DatabaseError } from "pg";

/**
 * How often what ended with an error of this code may be tried again. Each of these says that nothing was kept, and that
 * another transaction was in the way: it could not be put in one order with this one (40001), both waited for each
 * other (40P01), or it had just inserted the same key, which the next try will see (23505).
 */
const TRIES: Readonly<Record<string, number>> = { "40001": 5, "40P01": 5, "23505": 1 };

/** Repeats a transaction that lost against another. */
export async function retried<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await transaction();
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined;
      if (tries >= (TRIES[code ?? ""] ?? 0)) throw error;
    }
  }
}
