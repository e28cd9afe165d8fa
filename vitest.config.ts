// Which tests vitest runs under which name; every project reads the built package, never js/src.
import { defineConfig } from "vitest/config";

const minutes = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "js",
          include: ["tests/js/**/*.test.ts"],
          exclude: ["tests/js/golden.test.ts"],
          // The machine may be busy; a test that hangs is found all the same.
          testTimeout: minutes,
        },
      },
      { test: { name: "golden", include: ["tests/js/golden.test.ts"], testTimeout: minutes } },
      {
        test: {
          name: "connected",
          include: ["tests/connected/**/*.test.ts"],
          globalSetup: ["tests/support/global.ts"],
          testTimeout: 2 * minutes,
          hookTimeout: minutes,
        },
      },
      {
        test: {
          name: "packaging",
          include: ["tests/packaging/**/*.test.ts"],
          globalSetup: ["tests/support/global.ts"],
          fileParallelism: false,
          testTimeout: 5 * minutes,
          hookTimeout: 10 * minutes,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 2 * minutes,
          hookTimeout: minutes,
        },
      },
    ],
  },
});
