import { randomUUID } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { ArgumentError } from "@isograd/autograd";
import type { CheckpointStore, CheckpointTimes } from "./checkpoint-store.ts";
import { littleEndian } from "./element-types.ts";
import { layout } from "./layout.ts";
import { unfinishedOf } from "./replace-file.ts";
import { replaceFileLater } from "./replace-file-later.ts";
import type { Metadata } from "./safetensors.ts";
import { loadSafetensors } from "./safetensors-file.ts";

export interface CheckpointFileOptions extends CheckpointTimes {
  /** How many of the last checkpoints stay, as `run-1200.safetensors` after 1200 steps beside `run.safetensors`; default 0: the newest alone. */
  readonly keep?: number;
  /**
   * Keeps the checkpoint of the epoch whose metric is best, as `run-best.safetensors`: `loss`, or a metric of the validation data, and whether it should
   * fall (`min`, the default) or rise. Default: none.
   */
  readonly best?: { readonly metric: string; readonly mode?: "min" | "max" };
}

/**
 * Keeps the checkpoints of a run in a file: where there is none the run begins, where there is one it goes on.
 *
 * Its folder is made where there is none. At every moment the file is there whole; it is on the disk before training goes on, and the event loop is free while it is written. What killed runs
 * left unfinished is removed. One run at a time may use the name.
 *
 * @throws ArgumentError unless the times are not negative, `keep` is whole and the mode known; on loading, if the file is damaged; errors of the file system
 * @example
 * const checkpoints = checkpointFile(`${folder}/run.safetensors`, { everySteps: 100, everySeconds: 60 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 10, checkpoints });
 * losses.length; // 20
 */
export function checkpointFile(file: string, options: CheckpointFileOptions = {}): CheckpointStore {
  const { keep = 0, best, ...times } = options;
  if (!Number.isInteger(keep) || keep < 0)
    throw new ArgumentError("checkpointFile", "expected keep to be a whole number", keep);
  if (best?.mode !== undefined && best.mode !== "min" && best.mode !== "max")
    throw new ArgumentError("checkpointFile", "expected mode min or max", best.mode);
  const bestFile = beside(file, "best");
  const isBetter = (value: number, than: number | undefined): boolean =>
    !Number.isNaN(value) && (than === undefined || (best?.mode === "max" ? value > than : value < than));
  const noteOf = ({ [noteKey]: note }: Metadata): number | undefined => {
    const { metric, value } = note === undefined ? {} : JSON.parse(note);
    return metric === best?.metric ? Number(value) : undefined;
  };
  let reached: number | undefined;

  return {
    ...times,
    load() {
      mkdirSync(dirname(file), { recursive: true });
      removeUnfinished(file);
      if (!existsSync(file)) return null;
      const found = loadSafetensors(file);
      if (best === undefined) return found;
      reached = existsSync(bestFile) ? noteOf(loadSafetensors(bestFile).metadata) : undefined;
      const noted = noteOf(found.metadata);
      // A run that was killed before its best checkpoint had its second name.
      if (noted !== undefined && isBetter(noted, reached)) {
        alsoAs(file, bestFile);
        reached = noted;
      }
      return found;
    },
    async save({ tensors, metadata }, { step, metrics }) {
      const value = best === undefined || metrics === null ? undefined : metrics[best.metric];
      if (best !== undefined && metrics !== null && value === undefined)
        throw new ArgumentError(
          "checkpointFile",
          `expected best of ${Object.keys(metrics).join(", ")}`,
          best.metric,
        );
      const isBest = value !== undefined && isBetter(value, reached);
      const note = JSON.stringify({ metric: best?.metric, value: String(value) });
      const noted = isBest ? { ...metadata, [noteKey]: note } : metadata;
      const { header, tensors: ordered } = layout(`checkpointFile(${basename(file)})`, tensors, noted);
      const bytes = function* (): Generator<Uint8Array> {
        yield header;
        for (const tensor of ordered) yield littleEndian(tensor.values());
      };
      await replaceFileLater(file, bytes());
      if (isBest) {
        alsoAs(file, bestFile);
        reached = value;
      }
      if (keep === 0) return;
      alsoAs(file, beside(file, String(step)));
      removeOlder(file, step, keep);
    },
  };
}

/** Under which name the best checkpoint says how good it is. */
const noteKey = "__best__";

/** `run-best.safetensors` beside `run.safetensors`. */
function beside(file: string, what: string): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}-${what}${extension}`;
}

/** What stands for `what` in the name of a file beside another; null if it has no such name. */
function besideOf(file: string, name: string): string | null {
  const extension = extname(file);
  const start = `${basename(file, extension)}-`;
  return name.startsWith(start) && name.endsWith(extension)
    ? name.slice(start.length, name.length - extension.length)
    : null;
}

/** Gives a file a second name, which may have been another's: no byte is copied where the file system can do without. */
function alsoAs(file: string, other: string): void {
  const unfinished = join(dirname(other), `.${basename(other)}.${randomUUID()}.tmp`);
  const source = realpathSync(file);
  try {
    linkSync(source, unfinished);
  } catch {
    copyFileSync(source, unfinished);
  }
  renameSync(unfinished, other);
}

function removeUnfinished(file: string): void {
  const folders = new Set([dirname(file), existsSync(file) ? dirname(realpathSync(file)) : dirname(file)]);
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      const wanted = unfinishedOf(name);
      if (wanted === null) continue;
      const isOurs = wanted === basename(file) || /^(best|\d+)$/.test(besideOf(file, wanted) ?? "");
      const isTarget = existsSync(file) && wanted === basename(realpathSync(file));
      if (isOurs || isTarget) rmSync(join(folder, name), { force: true });
    }
  }
}

/** Steps behind this one are another run's: they stay. */
function removeOlder(file: string, step: number, keep: number): void {
  const folder = dirname(file);
  const steps = readdirSync(folder).flatMap((name) => {
    const what = besideOf(file, name) ?? "";
    return /^\d+$/.test(what) && Number(what) <= step ? [{ name, at: Number(what) }] : [];
  });
  const older = steps.sort((a, b) => b.at - a.at).slice(keep);
  for (const { name } of older) rmSync(join(folder, name), { force: true });
}
