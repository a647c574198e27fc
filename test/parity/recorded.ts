import type { Authlete, OperationName } from "../../src/server/authlete/operations.ts";
import { operations } from "../../src/server/authlete/operations.ts";
import type { OpenService } from "../contract/acceptance/service.ts";
import { answeredStep, failedStep, type Step } from "./step.ts";

type AnyCall = (request: Record<string, unknown>) => Promise<unknown>;

/**
 * A service that tells of every call what came of it.
 *
 * @param note is given each step when its call has ended.
 */
export function recorded(open: OpenService, note: (step: Step) => void): OpenService {
  return async () => {
    const service = await open();
    const names = Object.keys(operations) as OperationName[];
    const calls = names.map((name) => [name, noted(name, service.authlete[name] as AnyCall, note)]);
    return { ...service, authlete: Object.fromEntries(calls) as Authlete };
  };
}

function noted(name: OperationName, call: AnyCall, note: (step: Step) => void): AnyCall {
  return async (request) => {
    try {
      const answer = await call(request);
      note(answeredStep(name, answer));
      return answer;
    } catch (error) {
      note(failedStep(name, error));
      throw error;
    }
  };
}
