import { cast, noGrad, type Tensor } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { type Target, targetAt } from "./load-target.ts";
import type { StateDict } from "./safetensors.ts";
import { Places } from "./state-dict.ts";
import { type LoadReport, type Misfit, StateDictError } from "./state-dict-error.ts";

export interface LoadOptions {
  /** Whether the names must be those of the module, all of them and no others; default true. */
  readonly strict?: boolean;
  /** Whether `f64` may be rounded to `f32`, and whole numbers become real ones; default false. */
  readonly cast?: boolean;
}

/**
 * Gives a module's parameters and buffers the values that stand under their paths; frozen ones too, and they stay frozen.
 *
 * All or nothing. A tensor that is held in several places takes its value from any of its paths. A parametrized tensor takes its parts, or, where none of them
 * is named, the tensor itself, if it can give this value. Element types must agree, but what another holds exactly is converted: `f32` to `f64`,
 * `i32` to `f64`.
 *
 * @returns which names are missing and which are unexpected, where `strict: false` lets them be
 * @throws StateDictError that lists all names that are missing (strict), unexpected (strict) or whose shapes or element types do not fit
 * @see torch.nn.Module.load_state_dict
 * @example
 * saveSafetensors(`${folder}/model.safetensors`, stateDict(model));
 * const copy = model.clone();
 * initialize(copy, { seed: 7 });
 * loadStateDict(copy, loadSafetensors(`${folder}/model.safetensors`).tensors);
 * max(abs(sub(copy.call(inputs), model.call(inputs)))); // 0
 */
export function loadStateDict(module: AnyModule, values: StateDict, options: LoadOptions = {}): LoadReport {
  const { report, bind } = fitStateDict(module, values, options);
  bind();
  return report;
}

/** `loadStateDict` in two: what it throws comes at once, and nothing is changed before `bind` is called. */
export function fitStateDict(
  module: AnyModule,
  values: StateDict,
  { strict = true, cast: mayRound = false }: LoadOptions = {},
): { readonly report: LoadReport; bind(): void } {
  const places = new Places(module);
  const missing = new Set(places.tensors.keys());
  const unexpected: string[] = [];
  const misfits: Misfit[] = [];
  const bound = new Map<string, { readonly target: Target; readonly value: Tensor }>();
  const named = Object.keys(values);
  const taken = new Set(named.map((name) => places.canonical(name)));
  for (const name of named) {
    const value = values[name];
    const target = targetAt(places, name, taken);
    if (target === null) {
      unexpected.push(name);
      continue;
    }
    for (const path of target.covers) missing.delete(path);
    const { holds } = target;
    const before = bound.get(target.path)?.value;
    const reason =
      misfit(holds, value, mayRound) ??
      (before && conflict(before, value)) ??
      target.refuses?.(cast(value.detach(), holds.dtype));
    if (reason !== undefined)
      misfits.push({ name, expected: signature(holds), received: signature(value), reason });
    else bound.set(target.path, { target, value });
  }
  if (misfits.length > 0 || (strict && missing.size + unexpected.length > 0))
    throw new StateDictError([...missing], unexpected, misfits);
  const bind = (): void =>
    noGrad(() => {
      for (const { target, value } of bound.values()) target.bind(cast(value.detach(), target.holds.dtype));
    });
  return { report: { missing: [...missing], unexpected }, bind };
}

const signature = ({ shape, dtype }: Tensor): Misfit["expected"] => ({ shape, dtype });

function misfit(holds: Tensor, value: Tensor, mayRound: boolean): string | undefined {
  const [expected, received] = [holds.shape, value.shape];
  if (expected.length !== received.length || expected.some((extent, axis) => extent !== received[axis]))
    return `expected [${expected.join(", ")}], got [${received.join(", ")}]`;
  const [from, to] = [value.dtype, holds.dtype];
  if (from === to || exact.includes(`${from} ${to}`) || (mayRound && rounded.includes(`${from} ${to}`)))
    return undefined;
  return `expected ${to}, got ${from}`;
}

const exact = ["f32 f64", "i32 f64"];
const rounded = ["f64 f32", "i32 f32"];

function conflict(a: Tensor, b: Tensor): string | undefined {
  const [x, y] = [a.values(), b.values()];
  for (let k = 0; k < x.length; k++)
    if (!Object.is(x[k], y[k])) return "it is one tensor under two names, with two values";
  return undefined;
}
