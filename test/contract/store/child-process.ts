import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A Node process that runs a script of this folder. */
export type Child = {
  /** What it has written on standard output so far, line by line. */
  lines: string[];
  /** Resolves when standard output matches; rejects when the process ends before. */
  until(condition: (lines: readonly string[]) => boolean): Promise<void>;
  /** Sends a line. */
  tell(line: string): void;
  kill(signal: NodeJS.Signals): void;
  /** The exit code, or the signal that ended it. All its output has been read by then. */
  ended: Promise<number | NodeJS.Signals>;
};

/** Starts a script of this folder. */
export function startScript(script: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  const lines: string[] = [];
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += String(text);
  });
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const ended = whenEnded(child);
  return {
    lines,
    until(condition) {
      return new Promise((resolve, reject) => {
        const check = () => {
          if (condition(lines)) resolve();
        };
        reader.on("line", check);
        check();
        void ended.then((code) => {
          check();
          reject(new Error(`The process ended with ${code}: ${errors}`));
        });
      });
    },
    tell: (line) => child.stdin.write(`${line}\n`),
    kill: (signal) => child.kill(signal),
    ended,
  };
}

async function whenEnded(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return code ?? signal ?? 1;
}
