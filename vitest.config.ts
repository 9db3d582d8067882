import { defineConfig } from "vitest/config";

/**
 * Suites: quick and pure, the laws over generated texts, the two floors that touch the disk, whole verbs on real repositories, planted faults with
 * their remedies, verbs cut short, content made to do harm, the page of a trust in a real browser, the package as it is
 * published, and real forks where they are at hand.
 */
export default defineConfig({
  test: {
    // Every core: most of the time is spent in processes that the tests start.
    maxWorkers: "100%",
    projects: [
      // Pure tests have nothing to keep from each other, and loading the program once a file takes longer than they do.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 20_000, isolate: false } },
      { test: { name: "laws", include: ["test/laws/**/*.test.ts"], testTimeout: 60_000, isolate: false } },
      { test: { name: "disk", include: ["test/{git,files}/**/*.test.ts"], testTimeout: 30_000 } },
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
          name: "cases",
          include: ["test/cases/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "page",
          include: ["test/page/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          globalSetup: "test/faults/count.ts",
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "hostile",
          include: ["test/hostile/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          globalSetup: "test/e2e/build.ts",
          testTimeout: 300_000,
          hookTimeout: 300_000,
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
