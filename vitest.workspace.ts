import { defineConfig } from "vitest/config";

const conditions = ["@isograd/source", "node", "development|production"]; // sources, never dist
const project = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `${folder}/test/**/*.test.ts`) },
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
      project("around", "examples", "docs", "bench", "scripts"), // projects wait for each other: few, so that long files run side by side
    ],
  },
});
