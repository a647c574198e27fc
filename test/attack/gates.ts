import { type Gate, openGate } from "../support/gate.ts";
import { type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";

/** Both targets, for an attack on the procedures or the session. */
export const gates = {
  naive: (): Promise<AttackedGate> => openNaiveGate(),
  ours: (): Promise<Gate> => openGate(),
};

/** How often the engine was asked for tokens. */
export const issues = (gate: AttackedGate) => gate.callsOf("auth/token/issue").length;
