import { noGrad, type Tensor } from "@isograd/autograd";
import { type Parametrization, parametrizationsOf } from "../module/parametrization.ts";
import { joined, type Places } from "./state-dict.ts";

/** What takes a value: a tensor of the module, or a parametrization for those that it is made of. */
export interface Target {
  readonly path: string;
  readonly holds: Tensor;
  /** The paths that then have their values. */
  readonly covers: readonly string[];
  /** What is wrong with a value of the right shape and type, in words. */
  refuses?(value: Tensor): string | undefined;
  bind(value: Tensor): void;
}

/** What takes the value of a name; null if nothing does. */
export function targetAt(places: Places, name: string, taken: ReadonlySet<string>): Target | null {
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
  // Whatever a call changes, it changes in a copy.
  const copy = parametrization.clone().eval();
  const present = (): Tensor => noGrad(() => copy.call());
  return {
    path,
    holds: present(),
    covers: parts,
    refuses: (value) => {
      copy.assign(value);
      return isNear(present(), value) ? undefined : "its parametrization does not give this value";
    },
    bind: (value) => parametrization.assign(value),
  };
}

/** Whether two values are the same but for some roundings. */
function isNear(a: Tensor, b: Tensor): boolean {
  const [x, y] = [a.values(), b.values()];
  let largest = 0;
  for (let k = 0; k < y.length; k++) largest = Math.max(largest, Math.abs(y[k]));
  const tolerance = largest * (b.dtype === "f32" ? 1e-5 : 1e-12);
  for (let k = 0; k < x.length; k++) if (!(Math.abs(x[k] - y[k]) <= tolerance)) return false;
  return true;
}

const ownOf = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
