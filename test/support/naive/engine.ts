import type { Engine } from "../../../src/server/engine/engine.ts";
import { withClaims, withProperties } from "./issue.ts";

/** An engine that puts into tokens and token responses whatever it is given. */
export function mergingEngine(engine: Engine): Engine {
  return {
    ...engine,
    async "auth/token/issue"(request) {
      const answer = await engine["auth/token/issue"](request);
      if (answer.action !== "OK") return answer;
      const { responseContent, jwtAccessToken = "" } = answer;
      const properties = request.properties?.map((property) => ({ ...property, hidden: false }));
      return {
        ...answer,
        responseContent: withProperties(responseContent, properties),
        jwtAccessToken: withClaims(jwtAccessToken, request.jwtAtClaims),
      };
    },
  };
}
