import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import { beforeAll, expect, it } from "vitest";
import { compileFiles } from "../../scripts/compile-files.ts";
import { type PackageName, packages } from "../../scripts/examples/collect.ts";
import { writeExamples } from "../../scripts/examples/write.ts";
import { extractSnippets } from "../../scripts/snippets.ts";

// Every TypeScript block of the documentation is a file here, from where all three packages can be imported.
const folder = resolve("examples/node_modules/.cache/snippets");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const pages = [
  ...["README.md", "CONTRIBUTING.md"].filter((page) => existsSync(page)),
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync("packages").map((name) => `packages/${name}/README.md`),
];
const snippets = pages.flatMap((page) =>
  extractSnippets(readFileSync(page, "utf8")).map((snippet) => {
    const name = `${page}:${snippet.line}`;
    const file = join(folder, `${name.replace(/\W/g, "-")}.mts`);
    writeFileSync(file, `${snippet.code}export {};\n`);
    return { ...snippet, name, file };
  }),
);

const running = snippets.filter(({ runs }) => runs);
const built = join(folder, "built");

// One bundle of all: each process would otherwise read and translate hundreds of sources again.
beforeAll(async () => {
  await build({
    entryPoints: running.map(({ file }) => file),
    outdir: built,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    sourcemap: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    conditions: ["@isograd/source"],
    external: ["koffi"],
    logLevel: "error",
  });
});

for (const { name, file, output } of running) {
  it.concurrent(`${name} runs`, async ({ expect }) => {
    const { failure, stdout } = await run(file);
    expect(failure).toBe("");
    if (output !== undefined) expect(stdout).toBe(output);
  });
}

// The tests of each package run its examples; compiled they are here, together, as the compiler has much to read first.
it("compiles every snippet, and every example of a doc comment", async () => {
  const examples = Object.keys(packages).flatMap((name) => writeExamples(name as PackageName));
  expect(await compileFiles([...snippets, ...examples])).toEqual([]);
});

/** Runs in a process of its own: what a snippet registers or prints concerns no other. */
function run(file: string): Promise<{ failure: string; stdout: string }> {
  const args = ["--enable-source-maps", join(built, basename(file).replace(/mts$/, "mjs"))];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ failure: error ? stderr || error.message : "", stdout }),
    );
  });
}
