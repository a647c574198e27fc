import type { Engine } from "../../../src/server/engine/engine.ts";

/** An engine that fetches the request object of whatever link somebody follows, and takes it as if it had come by value. */
export function fetchingEngine(engine: Engine, fetchText: (uri: string) => Promise<string>): Engine {
  return {
    ...engine,
    async "auth/authorization"(request) {
      const form = new URLSearchParams(request.parameters);
      const uri = form.get("request_uri");
      if (uri !== null) {
        form.delete("request_uri");
        form.set("request", await fetchText(uri));
      }
      return engine["auth/authorization"]({ ...request, parameters: form.toString() });
    },
  };
}
