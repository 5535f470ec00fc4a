import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { full, tensor } from "@isograd/autograd";
import { type CheckpointProgress, encodeSafetensors, fit, type Safetensors } from "@isograd/nn";
import { type CheckpointFileOptions, checkpointFile, loadSafetensors } from "@isograd/nn/node";
import { afterAll, describe, expect, it } from "vitest";
import { problem } from "../training/problem.ts";

const root = mkdtempSync(join(tmpdir(), "isograd-checkpoints-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function newFolder(): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
}

const numbered = (value: number): Safetensors => ({
  tensors: { x: tensor([value]) },
  metadata: { note: "n" },
});
const at = (step: number, metrics: CheckpointProgress["metrics"] = null): CheckpointProgress => ({
  step,
  epoch: 0,
  metrics,
});
const valueIn = (file: string): unknown => loadSafetensors(file).tensors.x.toArray();

describe("checkpointFile", () => {
  it("gives back what it keeps, and null before there is anything", async () => {
    const store = checkpointFile(join(newFolder(), "run.safetensors"));
    expect(store.load()).toBeNull();
    await store.save(numbered(1), at(1));
    await store.save(numbered(2), at(2));
    expect(store.load()).toEqual(numbered(2));
  });

  it("makes its folder", async () => {
    const store = checkpointFile(join(newFolder(), "runs", "first", "run.safetensors"));
    expect(store.load()).toBeNull();
    await store.save(numbered(1), at(1));
    expect(store.load()).toEqual(numbered(1));
  });

  it("writes the bytes that others write, whatever sizes tensors have", async () => {
    const file = join(newFolder(), "run.safetensors");
    const sizes = [0, 1, 3, 65_536, 65_535, 10, 200_000, 30_000, 30_000, 30_000];
    const tensors = Object.fromEntries(sizes.map((size, k) => [`t${k}`, full([size], k + 0.5)]));
    await checkpointFile(file).save({ tensors, metadata: { a: "b" } }, at(1));
    expect(readFileSync(file).equals(encodeSafetensors(tensors, { a: "b" }))).toBe(true);
  });

  it("keeps the last ones under the number of their step", async () => {
    const folder = newFolder();
    const store = checkpointFile(join(folder, "run.safetensors"), { keep: 2 });
    writeFileSync(join(folder, "run-900.safetensors"), "of another run");
    writeFileSync(join(folder, "run-1.other"), "not ours");
    for (const step of [8, 9, 10, 100]) await store.save(numbered(step), at(step));
    expect(readdirSync(folder).sort()).toEqual([
      "run-1.other",
      "run-10.safetensors",
      "run-100.safetensors",
      "run-900.safetensors",
      "run.safetensors",
    ]);
    expect(valueIn(join(folder, "run-10.safetensors"))).toEqual([10]);
    // One file under two names, as often as it is saved.
    await store.save(numbered(7), at(100));
    for (const name of ["run.safetensors", "run-100.safetensors"])
      expect(valueIn(join(folder, name))).toEqual([7]);
    expect(statSync(join(folder, "run.safetensors")).nlink).toBe(2);
  });

  it("keeps the best one, also when the program is started again", async () => {
    for (const [mode, aims] of [
      ["min", [3, 3, 2, 2, 2, 2, 1]],
      ["max", [3, 4, 4, 4, 4, 5, 5]],
    ] as const) {
      // biome-ignore format: alike
      const folder = newFolder();
      const options: CheckpointFileOptions = { best: { metric: "error", mode } };
      const errors = [3, 4, 2, Number.NaN, 3, 5, 1];
      for (const [k, error] of errors.entries()) {
        const store = checkpointFile(join(folder, "run.safetensors"), options);
        store.load();
        await store.save(numbered(error), at(k, { loss: 0, error }));
        await store.save(numbered(-1), at(k));
        expect(valueIn(join(folder, "run-best.safetensors"))).toEqual([aims[k]]);
        expect(valueIn(join(folder, "run.safetensors"))).toEqual([-1]);
      }
    }
    const store = checkpointFile(join(newFolder(), "run.safetensors"), { best: { metric: "share" } });
    await expect(
      store.save(numbered(1), at(1, { loss: 1, error: 2 })),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkpointFile: expected best of loss, error, got "share"]`,
    );
  });

  it("names the best one that a killed run had not named yet", async () => {
    const folder = newFolder();
    const [file, best] = [join(folder, "run.safetensors"), join(folder, "run-best.safetensors")];
    const store = checkpointFile(file, { best: { metric: "loss" } });
    await store.save(numbered(4), at(1, { loss: 4 }));
    rmSync(best);
    checkpointFile(file, { best: { metric: "loss" } }).load();
    expect(valueIn(best)).toEqual([4]);
  });

  it("removes what killed runs left of its names, and nothing else", async () => {
    const folder = newFolder();
    const id = "123e4567-e89b-12d3-a456-426614174000";
    const ours = [
      `.run.safetensors.${id}.tmp`,
      `.run-best.safetensors.${id}.tmp`,
      `.run-12.safetensors.${id}.tmp`,
    ];
    const others = [
      `.run.safetensors.${id}`,
      `.other.safetensors.${id}.tmp`,
      `.run-a.safetensors.${id}.tmp`,
      "run.tmp",
    ];
    for (const name of [...ours, ...others]) writeFileSync(join(folder, name), "half");
    expect(checkpointFile(join(folder, "run.safetensors")).load()).toBeNull();
    expect(readdirSync(folder).sort()).toEqual([...others].sort());
  });

  it("follows a link, and cleans where it leads", async () => {
    const [folder, elsewhere] = [newFolder(), newFolder()];
    const target = join(elsewhere, "disk.safetensors");
    writeFileSync(target, encodeSafetensors({}), { mode: 0o600 });
    symlinkSync(target, join(folder, "run.safetensors"));
    writeFileSync(join(elsewhere, ".disk.safetensors.123e4567-e89b-12d3-a456-426614174000.tmp"), "half");
    const store = checkpointFile(join(folder, "run.safetensors"), { keep: 1 });
    expect(store.load()).toEqual({ tensors: {}, metadata: {} });
    await store.save(numbered(1), at(5));
    expect(readdirSync(elsewhere)).toEqual(["disk.safetensors"]);
    expect(valueIn(target)).toEqual([1]);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(["run-5.safetensors", "run.safetensors"]);
  });

  it("leaves the old file, and nothing else, if it cannot write", async () => {
    const folder = newFolder();
    const file = join(folder, "run.safetensors");
    const store = checkpointFile(file);
    await store.save(numbered(1), at(1));
    const metadata = { note: 1 as unknown as string };
    await expect(store.save({ ...numbered(2), metadata }, at(2))).rejects.toThrow(
      /checkpointFile\(run.safetensors\): expected text/,
    );
    const x = tensor([2]);
    x.values = () => {
      throw new Error("no more");
    };
    await expect(store.save({ ...numbered(2), tensors: { x } }, at(2))).rejects.toThrow("no more");
    expect(valueIn(file)).toEqual([1]);
    expect(readdirSync(folder)).toEqual(["run.safetensors"]);
    rmSync(folder, { recursive: true });
    await expect(store.save(numbered(1), at(1))).rejects.toThrow(/ENOENT/);
    writeFileSync(folder, "a file where the folder was");
    expect(() => store.load()).toThrow(/EEXIST/);
  });

  it("lets timers and input have their turn while it writes", async () => {
    const file = join(newFolder(), "run.safetensors");
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const saving = checkpointFile(file).save({ tensors: { x: full([1_000_000], 1) }, metadata: {} }, at(1));
    expect(existsSync(file)).toBe(false);
    await saving;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it("refuses options that mean nothing", () => {
    expect(() => checkpointFile("x", { keep: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkpointFile: expected keep to be a whole number, got 0.5]`,
    );
    const best = { metric: "loss", mode: "most" as "min" };
    expect(() => checkpointFile("x", { best })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkpointFile: expected mode min or max, got "most"]`,
    );
  });
});

describe("a damaged file", () => {
  it("is told before anything is changed", async () => {
    const file = join(newFolder(), "run.safetensors");
    await fit({ ...problem(), epochs: 2, checkpoints: checkpointFile(file) });
    truncateSync(file, 1000);
    const run = problem();
    const before = [run.model.parameters().map((p) => p.toArray()), run.data.state];
    const again = fit({ ...run, epochs: 2, checkpoints: checkpointFile(file) });
    await expect(again).rejects.toThrow(/loadSafetensors\(run.safetensors\): expected/);
    expect([run.model.parameters().map((p) => p.toArray()), run.data.state]).toEqual(before);
    expect(statSync(file).size).toBe(1000);
  });
});
