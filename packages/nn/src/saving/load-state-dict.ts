import { cast, type Dtype, IsogradError, noGrad, type Shape, type Tensor } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { type Parametrization, parametrizationsOf } from "../module/parametrization.ts";
import type { StateDict } from "./safetensors.ts";
import { joined, Places } from "./state-dict.ts";

export interface LoadOptions {
  /** Whether the names must be those of the module, all of them and no others; default true. */
  readonly strict?: boolean;
  /** Whether `f64` may be rounded to `f32`, and whole numbers become real ones; default false. */
  readonly cast?: boolean;
}

/** A value that does not fit the place of its name, or two that differ, for one place. */
export interface Misfit {
  readonly name: string;
  readonly expected: { readonly shape: Shape; readonly dtype: Dtype };
  readonly received: { readonly shape: Shape; readonly dtype: Dtype };
  /** In words. */
  readonly reason: string;
}

export interface LoadReport {
  /** What the module holds and the values do not name. */
  readonly missing: readonly string[];
  /** What the values name and the module does not hold. */
  readonly unexpected: readonly string[];
}

/** The values do not fit the module: everything that is wrong with them at once. Nothing was changed. */
export class StateDictError extends IsogradError implements LoadReport {
  override readonly name = "StateDictError";

  constructor(
    readonly missing: readonly string[],
    readonly unexpected: readonly string[],
    readonly misfits: readonly Misfit[],
  ) {
    const parts = [
      sentence("missing", missing),
      sentence("unexpected", unexpected),
      sentence(
        "not fitting",
        misfits.map(({ name, reason }) => `${name} (${reason})`),
      ),
    ].filter((part) => part !== "");
    super(`loadStateDict: expected the parameters and buffers of the module; ${parts.join("; ")}`);
  }
}

const shown = 8;

const sentence = (what: string, names: readonly string[]): string =>
  names.length === 0
    ? ""
    : `${what}: ${names.slice(0, shown).join(", ")}${names.length > shown ? ` and ${names.length - shown} more` : ""}`;

/** What takes a value: a tensor of the module, or a parametrization for those that it is made of. */
interface Target {
  readonly path: string;
  readonly holds: Tensor;
  /** The paths that then have their values. */
  readonly covers: readonly string[];
  bind(value: Tensor): void;
}

/**
 * Gives a module's parameters and buffers the values that stand under their paths; frozen ones too, and they stay frozen.
 *
 * All or nothing. A tensor that is held in several places takes its value from any of its paths. A parametrized tensor takes its parts, or, where none of them
 * is named, the tensor itself, as its parametrization assigns it. Element types must agree, but what another holds exactly is converted: `f32` to `f64`,
 * `i32` to `f64`.
 *
 * @returns which names are missing and which are unexpected, where `strict: false` lets them be
 * @throws StateDictError that lists all names that are missing (strict), unexpected (strict) or whose shapes or element types do not fit
 * @see torch.nn.Module.load_state_dict
 * @example
 * loadStateDict(model, loadSafetensors("model.safetensors").tensors);
 */
export function loadStateDict(
  module: AnyModule,
  values: StateDict,
  { strict = true, cast: mayRound = false }: LoadOptions = {},
): LoadReport {
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
    const reason = misfit(holds, value, mayRound) ?? (before && conflict(before, value));
    if (reason !== undefined)
      misfits.push({ name, expected: signature(holds), received: signature(value), reason });
    else bound.set(target.path, { target, value });
  }
  if (misfits.length > 0 || (strict && missing.size + unexpected.length > 0))
    throw new StateDictError([...missing], unexpected, misfits);
  noGrad(() => {
    for (const { target, value } of bound.values()) target.bind(cast(value.detach(), target.holds.dtype));
  });
  return { missing: [...missing], unexpected };
}

function targetAt(places: Places, name: string, taken: ReadonlySet<string>): Target | null {
  const path = places.canonical(name);
  const tensor = places.tensors.get(path);
  if (tensor !== undefined)
    return { path, holds: tensor, covers: [path], bind: (value) => tensor.assign(value) };
  const dot = name.lastIndexOf(".");
  const owner = name.slice(0, Math.max(dot, 0));
  const own = name.slice(dot + 1);
  const module = places.modules.get(owner);
  const parametrization: Parametrization | undefined = module && ownOf(parametrizationsOf(module), own);
  if (parametrization === undefined) return null;
  const below = joined(owner, `parametrizations.${own}.`);
  const parts = [...places.tensors.keys()].filter((part) => part.startsWith(below));
  if (parts.some((part) => taken.has(part))) return null;
  return {
    path,
    holds: noGrad(() => parametrization.call()),
    covers: parts,
    bind: (value) => parametrization.assign(value),
  };
}

const ownOf = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

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
