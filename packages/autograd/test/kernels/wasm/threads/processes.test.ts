import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "isograd-threads-"));
const library = join(folder, "threads.mjs");
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const source = (name: string): string =>
    JSON.stringify(
      fileURLToPath(new URL(`../../../../src/kernels/wasm/threads/${name}.ts`, import.meta.url)),
    );
  await build({
    stdin: {
      contents: `export * from ${source("setting")};`,
      resolveDir: folder,
      loader: "ts",
    },
    outfile: library,
    bundle: true,
    format: "esm",
  });
});

/** Runs a program in a Node of its own, with two threads that have started; a minute is what nothing takes that ends by itself. */
function run(program: string, flags: readonly string[] = []) {
  const start = `
    import { setThreads, teamFor, threads } from ${JSON.stringify(pathToFileURL(library))};
    setThreads(2);
    const start = () => {
      const end = Date.now() + 20_000;
      while (teamFor(1e12) === null) if (Date.now() > end) throw new Error("no worker has started");
      console.log("started", threads().workers);
    };`;
  const args = [...flags, "--input-type=module", "--eval", start + program];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, signal, stdout, stderr };
}

describe("a process with threads", () => {
  it("ends when it has nothing left to do", () => {
    expect(run("start();")).toEqual({ status: 0, signal: null, stdout: "started 1\n", stderr: "" });
  });

  it("ends while workers start", () => {
    expect(run("teamFor(1e12);")).toEqual({ status: 0, signal: null, stdout: "", stderr: "" });
  });

  it("ends at process.exit", () => {
    expect(run("start(); process.exit(3);")).toMatchObject({ status: 3, signal: null, stderr: "" });
  });

  it("ends of an error that nobody catches", () => {
    const { status, stderr } = run('start(); throw new Error("nobody catches this");');
    expect(status).toBe(1);
    expect(stderr).toContain("nobody catches this");
  });

  it("turns threads off without a trace", () => {
    const program =
      'start(); setThreads(1); await new Promise((go) => setTimeout(go, 50)); console.log("on");';
    expect(run(program)).toEqual({ status: 0, signal: null, stdout: "started 1\non\n", stderr: "" });
  });

  it("has them inside its own workers, ended with these", () => {
    const program = `
      import { Worker } from "node:worker_threads";
      const inner = \`
        import { parentPort } from "node:worker_threads";
        import { setThreads, teamFor } from ${JSON.stringify(pathToFileURL(library))};
        setThreads(2);
        const end = Date.now() + 20_000;
        while (teamFor(1e12) === null) if (Date.now() > end) throw new Error("no worker has started");
        parentPort.postMessage("started");
        setInterval(() => {}, 1000);\`;
      const worker = new Worker(new URL("data:text/javascript," + encodeURIComponent(inner)));
      worker.on("message", async (text) => {
        console.log(text);
        await worker.terminate();
      });`;
    expect(run(program)).toEqual({ status: 0, signal: null, stdout: "started\n", stderr: "" });
  });

  it("computes alone where a policy forbids workers", () => {
    const [major] = process.versions.node.split(".").map(Number);
    const permission = major < 24 ? "--experimental-permission" : "--permission";
    const flags = [permission, "--allow-fs-read=*", "--no-warnings"];
    const program = "console.log(teamFor(1e12), threads().most, threads().workers);";
    expect(run(program, flags)).toEqual({ status: 0, signal: null, stdout: "null 2 0\n", stderr: "" });
  });

  it("computes alone where nothing tells how to start a worker", () => {
    const program = "process.getBuiltinModule = undefined; console.log(teamFor(1e12), threads().workers);";
    expect(run(program)).toEqual({ status: 0, signal: null, stdout: "null 0\n", stderr: "" });
  });
});

describe("a process that computes little", () => {
  it("starts no worker", () => {
    const program = `
      for (let k = 0; k < 90; k++) teamFor(1e6);
      const { getActiveResourcesInfo } = process;
      console.log(threads().workers, getActiveResourcesInfo.call(process).includes("Worker"));`;
    expect(run(program).stdout).toBe("0 false\n");
  });
});
