import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Consumer, consumers } from "./consumers.ts";
import { packAll, type Tarball } from "./tarballs.ts";

// Installs the tarballs into empty folders, each consumer apart, and runs and type-checks what a user would write.
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const versions: Readonly<Record<string, string>> = JSON.parse(
  readFileSync("package.json", "utf8"),
).devDependencies;
const folder = mkdtempSync(join(tmpdir(), "isograd-smoke-"));
try {
  const tarballs = packAll(folder);
  expectEveryEntryUsed(tarballs);
  for (const [index, consumer] of consumers.entries()) {
    const cwd = join(folder, String(index));
    writeConsumer(cwd, consumer);
    const paths = tarballs
      .filter(({ manifest }) => consumer.installs.includes(manifest.name))
      .map(({ path }) => path);
    const libraries = (consumer.needs ?? []).map((name) => `${name}@${versions[name]}`);
    run(cwd, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", ...paths, ...libraries);
    if (consumer.isTest) {
      run(cwd, process.execPath, join("node_modules", "vitest", "vitest.mjs"), "run");
    } else {
      run(cwd, process.execPath, "consumer.mjs");
      run(cwd, process.execPath, "consumer.cjs");
    }
    run(cwd, process.execPath, tsc, "--project", "tsconfig.node16.json");
    run(cwd, process.execPath, tsc, "--project", "tsconfig.bundler.json");
    console.log(`${consumer.name}: ${consumer.isTest ? "tests" : "import, require"}, types`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function expectEveryEntryUsed(tarballs: readonly Tarball[]): void {
  const used = consumers.flatMap((consumer) => Object.values(consumer.imports));
  const entries = tarballs.flatMap(({ manifest }) =>
    // A plain path is a file of data.
    Object.entries(manifest.exports).flatMap(([entry, target]) =>
      typeof target === "string" ? [] : [manifest.name + entry.slice(1)],
    ),
  );
  const unused = entries.filter((entry) => !used.includes(entry));
  if (unused.length > 0) throw new Error(`no consumer imports ${unused.join(", ")}`);
}

function writeConsumer(cwd: string, { imports, body, needs = [], isTest = false }: Consumer): void {
  const modules = Object.entries(imports);
  const check = modules.map(
    ([name, from]) => `if (Object.keys(${name}).length === 0) throw new Error("${from} exports nothing");`,
  );
  const program = [...check, body].join("\n");
  const esm = modules.map(([name, from]) => `import * as ${name} from "${from}";`);
  const cjs = modules.map(([name, from]) => `const ${name} = require("${from}");`);
  const source = isTest ? "consumer.test.ts" : "consumer.ts";
  const files = {
    "package.json": JSON.stringify({ private: true, type: "module" }),
    "consumer.mjs": [...esm, program].join("\n"),
    "consumer.cjs": [...cjs, program].join("\n"),
    [source]: [...esm, program].join("\n"),
    "tsconfig.node16.json": tsconfig("node16", "node16", source, needs.length > 0),
    "tsconfig.bundler.json": tsconfig("esnext", "bundler", source, needs.length > 0),
  };
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
}

/** Strict, with neither Node's nor the browser's types: our declarations must stand on their own; those of others are not looked into. */
function tsconfig(module: string, moduleResolution: string, source: string, skipLibCheck: boolean): string {
  const lib = ["ES2023", "ESNext.Disposable"];
  const compilerOptions = {
    module,
    moduleResolution,
    target: "ES2022",
    lib,
    types: [],
    strict: true,
    skipLibCheck,
    noEmit: true,
  };
  return JSON.stringify({ compilerOptions, files: [source] });
}

/** Runs quietly; if it fails, prints what it said. */
function run(cwd: string, command: string, ...args: string[]): void {
  try {
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    console.error(`${[command, ...args].join(" ")}\n${stdout}${stderr}`);
    throw error;
  }
}
