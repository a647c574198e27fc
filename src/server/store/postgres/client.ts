import { DatabaseError, type Pool, type QueryConfig, type QueryResult } from "pg";

/** Sends one statement, or several without parameters, and resolves with the result. */
export type Query = (query: QueryConfig | string) => Promise<QueryResult>;

/**
 * Lends a connection of the pool to `use` for as long as it runs. A connection that may be in a state that nobody knows
 * is closed afterwards instead of being lent again.
 */
export async function withClient<Result>(
  pool: Pool,
  use: (query: Query) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let lost = false;
  const lose = () => {
    lost = true;
  };
  // While a connection is lent the pool does not listen, and an error that nobody listens to ends the process.
  client.on("error", lose);
  const query: Query = async (statement) => {
    try {
      return await client.query(statement);
    } catch (error) {
      // What the server answers leaves the connection usable; a timeout or a broken socket does not.
      if (!(error instanceof DatabaseError)) lost = true;
      throw error;
    }
  };
  try {
    return await use(query);
  } finally {
    client.off("error", lose);
    client.release(lost || client.getTransactionStatus() !== "I");
  }
}
