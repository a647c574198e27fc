import { defineConfig } from "vitest/config";

/** Tests are bounded by what they do and not by time: on two busy cores a property of 600 runs takes many times as long as alone. */
const node = { environment: "node" as const, restoreMocks: true, testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    // What waits, for a browser or a disk, leaves the core to another.
    maxWorkers: 2,
    projects: [
      { test: { ...node, name: "unit", include: ["test/{architecture,server,client,app}/**/*.test.ts"] } },
      {
        test: {
          ...node,
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          globalSetup: "test/support/postgres-server.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...node,
          name: "parity",
          include: ["test/parity/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      { test: { ...node, name: "spec", include: ["test/spec/**/*.test.ts"] } },
      { test: { ...node, name: "attack", include: ["test/attack/**/*.test.ts"] } },
      {
        test: {
          ...node,
          name: "relying-party",
          include: ["test/relying-party/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: "test/support/chromium.ts",
        },
      },
      {
        test: {
          ...node,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: "test/support/chromium.ts",
        },
      },
    ],
  },
});
