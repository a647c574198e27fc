import { defineConfig } from "vitest/config";

const node = { environment: "node" as const, restoreMocks: true };

export default defineConfig({
  test: {
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
      { test: { ...node, name: "spec", include: ["test/spec/**/*.test.ts"] } },
      { test: { ...node, name: "attack", include: ["test/attack/**/*.test.ts"] } },
      {
        test: {
          ...node,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
