import { defineConfig } from "vitest/config";

/** Four suites: quick and pure, whole verbs on real repositories, verbs cut short, and real forks where they are at hand. */
export default defineConfig({
  test: {
    // Every core: most of the time is spent in processes that the tests start.
    maxWorkers: "100%",
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 20_000 } },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 170_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "forks",
          include: ["test/forks/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
