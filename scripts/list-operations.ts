import { writeFileSync } from "node:fs";
import { operationsPage } from "./operations.ts";

writeFileSync("docs/operations.md", operationsPage());
