import { describe, expect, it } from "vitest";
import { patient } from "./patient.ts";

type Answer = { status: number; headers?: Record<string, string> };

/** Sends one request to a service that gives these answers, one after the other. */
async function send(...answers: Answer[]) {
  const waits: number[] = [];
  let sent = 0;
  const fetch = patient(
    async () => {
      const { status, headers = {} } = answers[Math.min(sent, answers.length - 1)] ?? { status: 500 };
      sent += 1;
      return { status, headers: new Headers(headers), body: null };
    },
    async (ms) => void waits.push(ms),
  );
  const { status } = await fetch("https://us.authlete.com/api", {
    method: "POST",
    headers: {},
    redirect: "manual",
    signal: AbortSignal.timeout(1000),
  });
  return { status, sent, waits };
}

describe("a patient fetch", () => {
  it.each([200, 400, 500])("sends once what is answered with %d", async (status) => {
    expect(await send({ status })).toEqual({ status, sent: 1, waits: [] });
  });

  it("waits as long as it is told, or longer each time, and sends again", async () => {
    const told = { status: 429, headers: { "retry-after": "7" } };
    expect(await send(told, { status: 429 }, { status: 200 })).toEqual({
      status: 200,
      sent: 3,
      waits: [7000, 2000],
    });
  });

  it("gives up in the end", async () => {
    expect(await send({ status: 429 })).toEqual({
      status: 429,
      sent: 7,
      waits: [1000, 2000, 4000, 8000, 16_000, 32_000],
    });
  });
});
