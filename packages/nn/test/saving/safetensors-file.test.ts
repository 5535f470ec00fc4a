import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { tensor } from "@isograd/autograd";
import { decodeSafetensors, encodeSafetensors } from "@isograd/nn";
import { loadSafetensors, replaceFile, saveSafetensors } from "@isograd/nn/node";
import { afterAll, describe, expect, it } from "vitest";
import { entry, fileBytes } from "./file-bytes.ts";

const root = mkdtempSync(join(tmpdir(), "isograd-saving-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function newFolder(): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
}

const some = {
  weight: tensor([[1, 2], [3, Number.NaN]]), // biome-ignore format: two rows
  "steps.count": tensor(7, { dtype: "i32" }),
  mask: tensor([true, false, true]),
  moments: tensor([1e-300, -0, Number.POSITIVE_INFINITY], { dtype: "f64" }),
};

describe("saveSafetensors and loadSafetensors", () => {
  it("write and read the bytes that encode and decode do", () => {
    const file = join(newFolder(), "model.safetensors");
    saveSafetensors(file, some, { epoch: "3" });
    const bytes = encodeSafetensors(some, { epoch: "3" });
    expect(Uint8Array.from(readFileSync(file))).toEqual(bytes);
    const [loaded, decoded] = [loadSafetensors(file), decodeSafetensors(bytes)];
    expect(loaded).toEqual(decoded);
    expect(loaded.tensors.moments.toArray()).toEqual([1e-300, -0, Number.POSITIVE_INFINITY]);
  });

  it("read other element types piece by piece", () => {
    const file = join(newFolder(), "long.safetensors");
    const data = Int16Array.from({ length: 70_001 }, (_, k) => k);
    writeFileSync(
      file,
      fileBytes(`{${entry("x", "I16", "70001", "0", "140002")}}`, new Uint8Array(data.buffer)),
    );
    expect(loadSafetensors(file).tensors.x.values()).toEqual(Int32Array.from(data));
  });

  it("read a file that Python wrote after the format's description", () => {
    const file = fileURLToPath(new URL("../reference/python.safetensors", import.meta.url));
    const { tensors, metadata } = loadSafetensors(file);
    expect({ ...metadata }).toEqual({ "made by": "python" });
    const found = Object.entries(tensors).map(([name, x]) => [name, `${x.dtype} ${x.values().join(" ")}`]);
    expect(Object.fromEntries(found)).toEqual({
      "a F64": "f64 0.1 0",
      "a F32": "f32 0.5 3",
      "a F16": "f32 1.5 -65504",
      "a BF16": "f32 1 -2",
      "a I64": "i32 -7 2147483647",
      "a U64": "i32 0 9",
      "a I32": "i32 -2147483648 5",
      "a U32": "i32 0 2147483647",
      "a I16": "i32 -32768 7",
      "a U16": "i32 65535 0",
      "a I8": "i32 -128 127",
      "a U8": "i32 255 0",
      "a BOOL": "bool 1 0",
    });
    expect(Object.is(tensors["a F64"].values()[1], -0)).toBe(true);
    expect(Object.values(tensors).every(({ shape }) => shape.join() === "2,1")).toBe(true);
  });

  it("name the file in errors", () => {
    const file = join(newFolder(), "model.safetensors");
    saveSafetensors(file, some);
    truncateSync(file, 300);
    expect(() => loadSafetensors(file)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: loadSafetensors(model.safetensors): expected 47 bytes behind the header, as it says, got 44]`,
    );
    expect(() => loadSafetensors(join(root, "nothing"))).toThrow(/ENOENT/);
  });
});

describe("replaceFile", () => {
  it("follows a link", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "target"), "old");
    symlinkSync("target", join(folder, "link"));
    replaceFile(join(folder, "link"), (write) => write(Buffer.from("new")));
    expect(readlinkSync(join(folder, "link"))).toBe("target");
    expect(readFileSync(join(folder, "target"), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["link", "target"]);
  });

  it("keeps permissions, and replaces files only", () => {
    const folder = newFolder();
    const file = join(folder, "private");
    writeFileSync(file, "old", { mode: 0o600 });
    replaceFile(file, (write) => write(Buffer.from("new")));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => replaceFile(folder, () => {})).toThrow(/replaceFile: expected a file/);
    expect(readdirSync(folder)).toEqual(["private"]);
  });

  it("leaves the old file, and nothing else, if writing fails", () => {
    const folder = newFolder();
    const file = join(folder, "model.safetensors");
    saveSafetensors(file, some);
    const before = readFileSync(file);
    expect(() =>
      replaceFile(file, (write) => {
        write(new Uint8Array(1000));
        throw new Error("no more");
      }),
    ).toThrow("no more");
    expect(() => saveSafetensors(file, { __metadata__: some.mask })).toThrow(/metadata/);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["model.safetensors"]);
  });

  const program = fileURLToPath(new URL("save-until-killed.ts", import.meta.url));
  const start = (...args: string[]) =>
    spawn(process.execPath, ["--import", "tsx", "--conditions=@isograd/source", program, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });

  it.concurrent("leaves the old file if the process is killed while it writes", async () => {
    const folder = newFolder();
    const file = join(folder, "model.safetensors");
    saveSafetensors(file, some, { version: "old" });
    const [, signal] = await once(start(file, "midway"), "exit");
    expect(signal).toBe("SIGKILL");
    expect(loadSafetensors(file).metadata.version).toBe("old");
    // The rest is there, and is no obstacle.
    expect(readdirSync(folder)).toHaveLength(2);
    saveSafetensors(file, some, { version: "new" });
    expect(loadSafetensors(file).metadata.version).toBe("new");
  });

  it.concurrent("leaves one whole file, at least as new as the last that was finished, whenever the process is killed", async () => {
    for (const delay of [1, 9]) {
      const file = join(newFolder(), "model.safetensors");
      const child = start(file);
      let printed = "";
      child.stdout.on("data", (text) => {
        printed += text;
      });
      await once(child.stdout, "data");
      await setTimeout(delay);
      child.kill("SIGKILL");
      await once(child, "close");
      const finished = Number(printed.trimEnd().split("\n").at(-1));
      const { tensors, metadata } = loadSafetensors(file);
      const version = Number(metadata.version);
      expect([finished, finished + 1]).toContain(version);
      for (const x of Object.values(tensors)) {
        expect(x.shape).toEqual([50_000]);
        expect(new Set(x.values() as Float32Array)).toEqual(new Set([version]));
      }
    }
  });
});
