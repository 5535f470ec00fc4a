import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** A file to compile, and what it is called where it does not. */
export interface NamedFile {
  readonly file: string;
  readonly name: string;
}

const compiler = resolve("node_modules/typescript-native/bin/tsc");

/**
 * Checks the types in files all at once, as the repository's settings want, by the compiler that is also behind `pnpm types`.
 *
 * @returns what is wrong, each with the name of its file; of files that these import nothing
 * @throws Error if the compiler does not come to its end
 */
export async function compileFiles(files: readonly NamedFile[]): Promise<string[]> {
  const folder = resolve("examples/node_modules/.cache/compile");
  mkdirSync(folder, { recursive: true });
  const project = join(folder, "tsconfig.json");
  const names = new Map(files.map(({ file, name }) => [resolve(file), name]));
  writeFileSync(
    project,
    JSON.stringify({ extends: resolve("tsconfig.base.json"), files: [...names.keys()] }),
  );
  // By one thread: others are at work beside.
  const args = [compiler, "--noEmit", "--singleThreaded", "--pretty", "false", "--project", project];
  const run = promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  const output = await run.then(
    ({ stdout }) => stdout,
    (error: Error & { stdout?: string; code?: unknown }) => {
      if (error.code === 1 || error.code === 2) return error.stdout ?? "";
      throw error;
    },
  );
  return readDiagnostics(output).flatMap(({ file, message }) => {
    const name = names.get(resolve(file));
    return name === undefined ? [] : [`${name}: ${message}`];
  });
}

/** Takes apart what the compiler prints; lines that are set in go on with the message in front. */
function readDiagnostics(output: string): { file: string; message: string }[] {
  const found: { file: string; message: string }[] = [];
  for (const line of output.split("\n")) {
    const [, file, message] = /^(.+?)\(\d+,\d+\): error TS\d+: (.*)$/.exec(line) ?? [];
    if (file !== undefined) found.push({ file, message });
    else if (/^error/.test(line)) throw new Error(`the compiler says: ${line}`);
    else if (/^\s+\S/.test(line) && found.length > 0) found[found.length - 1].message += `\n${line}`;
  }
  return found;
}
