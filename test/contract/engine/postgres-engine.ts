import { inPostgres } from "../store/postgres-places.ts";
import { type OpenEngine, openInProcess } from "./served-engine.ts";

/** The engine itself, on a PostgreSQL database of its own. */
export const openOnPostgres: OpenEngine = async (options) => {
  const place = await inPostgres.createPlace();
  const engine = await openInProcess({ ...options, at: place.at });
  return {
    ...engine,
    async close() {
      await engine.close();
      await place.remove();
    },
  };
};
