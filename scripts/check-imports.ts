import { checkImports } from "./import-rules.ts";
import { architecture } from "./layers.ts";

const violations = checkImports(".", architecture);
for (const { file, rule, detail } of violations) console.error(`${file}  ${rule}: ${detail}`);
console.log(violations.length === 0 ? "imports follow the layers" : `${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
