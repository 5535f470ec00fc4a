import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backward, relu, tensor } from "@isograd/autograd";
import { formatFinding, logRun, watch } from "@isograd/diagnostics";
import { JsonLinesFile, loadRun, TensorBoardWriter } from "@isograd/diagnostics/node";
import { crossEntropy } from "@isograd/nn";
import protobuf from "protobufjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppendFile } from "../../src/node/append-file.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";

const folder = mkdtempSync(join(tmpdir(), "isograd-logs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const never = { flushSeconds: 1e9 };
const finding = (fault: "divergent" | "dead", step: number) => ({
  ...({ detector: "it", fault, severity: "alarm", places: [], band: null, pValue: null, step } as const),
  ...{ measured: { statistic: "it", value: Infinity }, consequence: "none", causes: [], disproof: "it" },
});
const step = (k: number) => ({
  ...{ step: k, loss: 1 / (k + 1), gradientNorm: k === 1 ? Number.NaN : 2, totalFactor: Number.NaN },
  places: k === 1 ? [] : ["layers.0", "layers.2"],
  layerNorms: k === 1 ? [] : [1e-3, 0],
});

describe("an event file", () => {
  const wanted = new protobuf.Root();
  const proto = readFileSync(new URL("../report/tensorboard/reference/event.proto", import.meta.url), "utf8");
  protobuf.parse(proto, wanted, { keepCase: true });
  const Event = wanted.lookupType("tensorflow.Event");

  interface Value {
    readonly tag: string;
    readonly simple_value?: number;
    readonly histo?: { readonly num: number; readonly min: number; readonly max: number };
    readonly tensor?: { readonly string_val: readonly string[] };
    readonly metadata?: { readonly plugin_data: { readonly plugin_name: string } };
  }
  interface Read {
    readonly wall_time: number;
    readonly step?: number;
    readonly file_version?: string;
    readonly summary?: { readonly value: readonly [Value] };
  }

  function read(path: string): Read[] {
    const file = readFileSync(path);
    const events: Read[] = [];
    for (let at = 0; at < file.length; ) {
      const length = Number(file.readBigUInt64LE(at));
      const message = Event.decode(file.subarray(at + 12, at + 12 + length));
      events.push(Event.toObject(message, { longs: Number, bytes: String }) as Read);
      at += length + 16;
    }
    return events;
  }
  const tagged = (events: Read[], tag: string) =>
    events.flatMap((event) => {
      const value = event.summary?.value[0];
      return value?.tag === tag ? [{ ...value, step: event.step ?? 0 }] : [];
    });

  it("holds scalars, histograms and text", () => {
    const before = Date.now() / 1000;
    const board = new TensorBoardWriter(join(folder, "runs", "all"));
    board.scalar("loss", 0.5, 3);
    board.scalar("loss", Number.NaN, 2 ** 40);
    board.histogram("weights", tensor([1, -2, 3]), 4);
    board.histogram("weights", [1, 2], 5);
    board.text("note", "größer **than**", 0);
    board.close();
    const events = read(board.path);
    expect(events[0].file_version).toBe("brain.Event:2");
    for (const { wall_time } of events) {
      expect(wall_time).toBeGreaterThanOrEqual(before);
      expect(wall_time).toBeLessThanOrEqual(Date.now() / 1000);
    }
    expect(tagged(events, "loss").map((each) => [each.step, each.simple_value])).toEqual([
      [3, 0.5],
      [2 ** 40, Number.NaN],
    ]);
    const histograms = tagged(events, "weights").map((each) => ({ ...each.histo, step: each.step }));
    expect(histograms).toMatchObject([
      { step: 4, num: 3, min: -2, max: 3 },
      { step: 5, num: 2, min: 1, max: 2 },
    ]);
    const [note] = tagged(events, "note");
    expect(Buffer.from(note.tensor!.string_val[0], "base64").toString()).toBe("größer **than**");
    expect(note.metadata?.plugin_data.plugin_name).toBe("text");
  });

  it("holds what a watcher sees, with what nobody measured left out", () => {
    using board = new TensorBoardWriter(folder);
    for (const k of [0, 1]) board.step(step(k));
    board.step({ ...step(2), gradientNorm: Number.NaN }); // looked at, and not a number
    board.finding(finding("dead", 1));
    const events = read(board.path);
    const scalars = (tag: string) => tagged(events, tag).map((each) => [each.step, each.simple_value]);
    expect(scalars("loss")).toEqual([
      [0, 1],
      [1, 0.5],
      [2, Math.fround(1 / 3)],
    ]);
    expect(scalars("gradient norm")).toEqual([
      [0, 2],
      [2, Number.NaN],
    ]);
    expect(scalars("gradient of first over last layer")).toEqual([]);
    expect(scalars("gradient norm by layer/layers.0").length).toBe(2);
    expect(tagged(events, "log10 of the gradient norms of the layers")[0].histo).toMatchObject({
      num: 1,
      min: -3,
    });
    const [text] = tagged(events, "findings/dead");
    const lines = Buffer.from(text.tensor!.string_val[0], "base64").toString().split("\n");
    expect([text.step, lines.map((line) => line.slice(4)).join("\n")]).toEqual([
      1,
      formatFinding(finding("dead", 1)),
    ]);
    expect(lines.every((line) => line.startsWith("    "))).toBe(true);
  });

  it("has a name that TensorBoard looks for, and that no other has", () => {
    const [one, other] = [new TensorBoardWriter(folder), new TensorBoardWriter(folder)];
    one.close();
    other.close();
    expect(one.path).not.toBe(other.path);
    expect(one.path).toMatch(/events\.out\.tfevents\.\d{10}\.[^/]+\.\d+\.\d+$/);
  });

  it("wants whole steps", () => {
    using board = new TensorBoardWriter(folder);
    expect(() => board.scalar("loss", 1, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: TensorBoardWriter: expected the step to be a whole number from 0 on, got 0.5]`,
    );
    expect(() => board.text("note", "", -1)).toThrow("whole number from 0 on");
  });
});

describe("a file of JSON lines", () => {
  const path = join(folder, "run.jsonl");

  beforeAll(() => {
    using log = new JsonLinesFile(path);
    const model = plain({ width: 8, depth: 3, activation: relu, seed: "logs" });
    const { inputs, targets } = classes({ seed: "logs" });
    using watcher = watch({ logs: [log] });
    for (const factor of [1, 1, Number.NaN])
      backward(
        crossEntropy(
          model.call(
            tensor(
              inputs.values().map((x) => factor * x),
              { shape: [32, 16] },
            ),
          ),
          targets,
        ),
      );
    expect(watcher.history.length).toBe(3);
  });

  it("gives back what was seen, for another log too", () => {
    const run = loadRun(path);
    expect(run.history.map((each) => each.step)).toEqual([0, 1, 2]);
    expect(run.findings.map((each) => [each.step, each.finding.fault])).toEqual([[2, "nonFinite"]]);
    const copy = join(folder, "copy.jsonl");
    using log = new JsonLinesFile(copy);
    logRun(run, log);
    log.flush();
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(path, "utf8"));
  });

  it("leaves out a line that was cut short, and says which line is wrong", () => {
    const text = readFileSync(path, "utf8");
    const cut = join(folder, "cut.jsonl");
    writeFileSync(cut, text.slice(0, -10));
    expect(loadRun(cut).history.length).toBe(3);
    expect(loadRun(cut).findings.length).toBe(0);
    writeFileSync(cut, `${text}{"kind":"step"}\n`);
    expect(() => loadRun(cut)).toThrow(/^loadRun: expected a step or a finding in line 5 of .*at version/);
    writeFileSync(cut, "{\n");
    expect(() => loadRun(cut)).toThrow("in line 1 of");
  });
});

describe("a file that is written to its end", () => {
  const text = (path: string) => readFileSync(path, "utf8");
  const bytes = (value: string) => new TextEncoder().encode(value);

  it("waits, until there is much, it was long, or it is closed", () => {
    const path = join(folder, "new", "waits.txt");
    const file = new AppendFile("it", path, "a", never);
    file.append(bytes("a"));
    expect(text(path)).toBe("");
    file.append(new Uint8Array(1 << 16).fill(98));
    expect(statSync(path).size).toBe(1 + (1 << 16));
    file.append(bytes("c"));
    file.close();
    file.close();
    expect(statSync(path).size).toBe(2 + (1 << 16));
    expect(() => file.append(bytes("d"))).toThrow("expected a file that is not closed");
    const eager = new AppendFile("it", path, "a", { flushSeconds: 0 });
    eager.append(bytes("e"));
    expect(text(path).endsWith("bce")).toBe(true);
    eager.close();
    expect(() => new AppendFile("it", path, "ax")).toThrow("EEXIST");
    expect(() => new AppendFile("it", path, "a", { flushSeconds: -1 })).toThrow(
      "it: expected flushSeconds to be a number from 0 on, got -1",
    );
  });

  it("is written when the process ends, closed or not", () => {
    const listeners = () => process.listeners("exit");
    const before = listeners();
    const files = ["left.txt", "too.txt"].map((name) => new AppendFile("it", join(folder, name), "a", never));
    const added = listeners().filter((each) => !before.includes(each));
    expect(added.length).toBe(1);
    for (const file of files) file.append(bytes("x"));
    added[0](0);
    for (const file of files) expect(text(file.path)).toBe("x");
    files[0].close();
    expect(listeners()).toContain(added[0]);
    files[1].close();
    expect(listeners()).toEqual(before);
  });

  it("a finding does not wait", () => {
    const path = join(folder, "finding.jsonl");
    using log = new JsonLinesFile(path, never);
    log.step(step(0));
    expect(text(path)).toBe("");
    log.finding(finding("divergent", 0));
    expect(text(path).split("\n").length).toBe(3);
    const board = new TensorBoardWriter(join(folder, "waiting"), never);
    expect(
      readdirSync(join(folder, "waiting")).map((name) => statSync(join(folder, "waiting", name)).size),
    ).toEqual([0]);
    board.close();
  });
});
