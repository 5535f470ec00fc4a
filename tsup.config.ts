import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

// Each package builds itself with this file; its entries are the sources that its own `exports` name.
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
// A file of data among them is published as it stands.
const entries: readonly (string | { "@isograd/source": string })[] = Object.values(manifest.exports);

export default defineConfig({
  entry: entries.flatMap((entry) => (typeof entry === "string" ? [] : [entry["@isograd/source"]])),
  tsconfig: "../../tsconfig.base.json",
  format: "esm",
  target: "es2022", // Node 20 and today's browsers; lowers `using`
  splitting: true,
  sourcemap: true,
  clean: true,
  // Declarations are read from the built packages, as a user reads them. tsup sets baseUrl, deprecated in TypeScript 6.
  dts: { compilerOptions: { customConditions: [], ignoreDeprecations: "6.0" } },
});
