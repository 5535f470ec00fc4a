import { ArgumentError, IsogradError, type Tensor } from "@isograd/autograd";
import { CheckpointError } from "./checkpoint-error.ts";
import { type PartHead, readHead, withHead } from "./checkpoint-head.ts";
import {
  type CheckpointPart,
  capturePart,
  fitPart,
  kindOfPart,
  type Restoration,
} from "./checkpoint-part.ts";
import type { Safetensors } from "./safetensors.ts";
import { differencesOfSettings, settingsOf } from "./settings-of.ts";

/** The parts of a checkpoint by their names. */
export type CheckpointParts = Readonly<Record<string, CheckpointPart>>;

/**
 * Captures where things are, so that `restoreCheckpoint` puts them, or others made the same way, back there: to go on bit for bit.
 *
 * A module has its parameters, buffers and generators captured, what is frozen and what is in evaluation mode; anything with a `state` that state; tensors
 * their values. The result is the contents of a safetensors file. Values of tensors are shared, states are copied: what is captured goes on unharmed.
 *
 * @param parts by names without dots
 * @throws ArgumentError if a part is none of these, or a state is not plain data
 * @example
 * const { tensors, metadata } = captureCheckpoint({ model, optimizer, data });
 * saveSafetensors(`${folder}/run.safetensors`, tensors, metadata);
 */
export function captureCheckpoint(parts: CheckpointParts): Safetensors {
  const tensors: Record<string, Tensor> = Object.create(null);
  const metadata: Record<string, string> = Object.create(null);
  const described: Record<string, PartHead> = {};
  for (const [name, part] of checkParts("captureCheckpoint", parts)) {
    const captured = capturePart(name, part);
    Object.assign(tensors, captured.tensors);
    Object.assign(metadata, captured.metadata);
    described[name] = { kind: String(kindOfPart(part)), settings: settingsOf(part) };
  }
  return withHead({ tensors, metadata }, described);
}

/**
 * Puts parts where they were when a checkpoint was captured of them, or of others made the same way.
 *
 * All or nothing: everything is checked before anything is changed.
 *
 * @throws CheckpointError that lists what differs: parts, the settings that optimizers and others were made with, paths, shapes, element types;
 *   ArgumentError if this is no checkpoint, or a damaged one
 * @example
 * const before = captureCheckpoint({ model, optimizer });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data });
 * restoreCheckpoint({ model, optimizer }, before);
 * const again = await fit({ model, loss: mseLoss, optimizer, data });
 * again.losses[1] === losses[1]; // true
 */
export function restoreCheckpoint(parts: CheckpointParts, file: Safetensors): void {
  const named = checkParts("restoreCheckpoint", parts);
  const head = readHead(file);
  const differences: string[] = [];
  const missing = named.filter(([name]) => !Object.hasOwn(head.parts, name)).map(([name]) => name);
  const unexpected = Object.keys(head.parts).filter((name) => !Object.hasOwn(parts, name));
  if (missing.length > 0) differences.push(`the checkpoint has no ${missing.join(", ")}`);
  if (unexpected.length > 0) differences.push(`the checkpoint also has ${unexpected.join(", ")}`);
  const restorations: [name: string, restoration: Restoration][] = [];
  for (const [name, part] of named) {
    if (missing.includes(name)) continue;
    const { kind, settings } = head.parts[name];
    const own = kindOfPart(part);
    if (own !== kind) {
      differences.push(`${name}: a ${own}, in the checkpoint a ${kind}`);
      continue;
    }
    const fitted = fitPart(name, part, file);
    const found = differencesOfSettings(settingsOf(part), settings);
    if (Array.isArray(fitted)) found.push(...fitted);
    else restorations.push([name, fitted]);
    differences.push(...found.map((difference) => `${name}: ${difference}`));
  }
  if (differences.length > 0) throw new CheckpointError(differences);
  bindAll(restorations);
}

/** Setters check what is assigned; if one refuses, what was assigned before is put back. */
function bindAll(restorations: readonly (readonly [name: string, restoration: Restoration])[]): void {
  // What has nothing to undo cannot fail, and comes last.
  const states = restorations.filter(([, { undo }]) => undo !== undefined);
  const done: Restoration[] = [];
  for (const [name, restoration] of states) {
    done.push(restoration);
    try {
      restoration.bind();
    } catch (error) {
      for (const { undo } of done.reverse()) {
        try {
          undo?.();
        } catch {
          // Who refuses even what it had has kept it.
        }
      }
      if (!(error instanceof IsogradError)) throw error;
      throw new CheckpointError([`${name}: ${error.message}`]);
    }
  }
  for (const [, restoration] of restorations) if (restoration.undo === undefined) restoration.bind();
}

function checkParts(operation: string, parts: CheckpointParts): [name: string, part: CheckpointPart][] {
  const named = Object.entries(parts);
  for (const [name, part] of named) {
    if (!/^[^.]+$/.test(name) || name.startsWith("__"))
      throw new ArgumentError(
        operation,
        "expected names of parts without dots and without __ before them",
        name,
      );
    if (kindOfPart(part) === undefined)
      throw new ArgumentError(
        operation,
        `expected a module, tensors or something with a state as ${name}`,
        part,
      );
  }
  return named;
}
