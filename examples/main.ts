import { readdirSync } from "node:fs";

const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["node_modules", "test"].includes(entry.name))
  .map(({ name }) => name);
const [name] = process.argv.splice(2, 1);
if (names.includes(name)) {
  await import(`./${name}/main.ts`);
} else {
  console.error(`Which example? pnpm example <name> [options], with one of: ${names.join(", ")}`);
  process.exitCode = 2;
}
