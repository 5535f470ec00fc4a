import { defineConfig } from "vitest/config";

const conditions = ["@isograd/source", "node", "development|production"]; // sources, never dist
const project = (name: string, folder: string) => ({
  extends: true as const,
  test: { name, include: [`${folder}/test/**/*.test.ts`] },
});

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    setupFiles: ["scripts/vitest.setup.ts"],
    testTimeout: 60_000,
    maxWorkers: "100%", // by default one core is left to the process that translates, which has little to do here
    isolate: false, // one import of the sources a worker, not one a file: loading them takes longer than most files
    coverage: { include: ["packages/*/src/**"] },
    projects: [
      project("autograd", "packages/autograd"),
      project("nn", "packages/nn"),
      project("diagnostics", "packages/diagnostics"),
      project("examples", "examples"),
      project("docs", "docs"),
      project("bench", "bench"),
      project("scripts", "scripts"),
    ],
  },
});
