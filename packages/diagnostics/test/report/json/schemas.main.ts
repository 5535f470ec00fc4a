import { writeFileSync } from "node:fs";
import { schemas } from "../../../src/report/json/schemas.ts";

// Writes the published schemas anew:
//   npx tsx --conditions=@isograd/source packages/diagnostics/test/report/json/schemas.main.ts

const folder = new URL("../../../schema/", import.meta.url);
for (const [name, schema] of Object.entries(schemas()))
  writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`);
