import { ArgumentError, reshape, type Shape, type Tensor } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { parametrizationsOf } from "../module/parametrization.ts";
import { modulesOn, namesOf } from "./pytorch-path.ts";
import { type PyTorchNames, pyTorchTable } from "./pytorch-table.ts";
import type { StateDict } from "./safetensors.ts";
import { joined, Places } from "./state-dict.ts";

export interface PyTorchOptions {
  /** For classes of one's own; they count before the built-in table. */
  readonly names?: readonly PyTorchNames[];
}

/**
 * What PyTorch calls the parameters and buffers of a module, by their paths here: the name that is written, then those that are read, too.
 *
 * Layers are named as PyTorch's (`running_var`, `weight_ih_l0_reverse`, `3.weight` in a `Sequential`, `weight_g` of a weight-normalised one), all else
 * as it is here with `_` between its words: `selfAttn.inProjWeight` is `self_attn.in_proj_weight`.
 *
 * @throws ArgumentError if two tensors have the same path, or would have the same name there
 * @see torch.nn.Module.state_dict
 * @example
 * pyTorchNames(new Sequential([new BatchNorm1d({ numFeatures: 3 })]))["layers.0.runningVariance"]; // ["0.running_var"]
 */
export function pyTorchNames(
  module: AnyModule,
  { names = [] }: PyTorchOptions = {},
): Readonly<Record<string, readonly string[]>> {
  const table = [...names, ...pyTorchTable];
  const places = new Places(module);
  const found: Record<string, readonly string[]> = Object.create(null);
  const paths = new Map<string, string>();
  for (const path of places.tensors.keys()) {
    found[path] = namesOf(path, places, table);
    const [name] = found[path];
    if (paths.has(name)) {
      const rule = `expected no two tensors of one name in PyTorch, ${paths.get(name)} has it, too`;
      throw new ArgumentError("pyTorchNames", rule, name);
    }
    paths.set(name, path);
  }
  return found;
}

/**
 * A module's state by PyTorch's names, as `stateDict` took it: what PyTorch's `load_state_dict` takes.
 *
 * @param state names that the module does not know stay as they are
 * @throws ArgumentError if two tensors have the same path, or would have the same name there
 * @see torch.nn.Module.load_state_dict
 * @example
 * const renamed = toPyTorchNames(model, stateDict(model));
 * Object.keys(renamed); // ["0.weight", "0.bias", "2.weight", "2.bias"]
 * saveSafetensors(`${folder}/model.safetensors`, renamed);
 */
export function toPyTorchNames(
  module: AnyModule,
  state: StateDict,
  { names = [] }: PyTorchOptions = {},
): StateDict {
  const theirs = pyTorchNames(module, { names });
  const table = [...names, ...pyTorchTable];
  const places = new Places(module);
  const result: Record<string, Tensor> = Object.create(null);
  for (const [path, value] of Object.entries(state)) {
    const [owner] = modulesOn(path, places);
    const isVector = table.some(({ layer, vectors }) => vectors === true && owner?.module instanceof layer);
    put("toPyTorchNames", result, theirs[path]?.[0] ?? path, isVector ? inShape(value, [1]) : value);
  }
  return result;
}

/**
 * A state by PyTorch's names under those of a module here, for `loadStateDict`.
 *
 * @param state what the module has no place for keeps its name, so that loading it says so
 * @throws ArgumentError if two of the names stand for the same path
 * @see torch.nn.Module.state_dict
 * @example
 * const fromPyTorch = { "0.weight": full([3, 2], 1), "0.bias": full([3], 0), "2.weight": full([2, 3], 1), "2.bias": full([2], 0) };
 * loadStateDict(model, fromPyTorchNames(model, fromPyTorch));
 * model.call(tensor([0, 0])); // [0, 0]
 */
export function fromPyTorchNames(
  module: AnyModule,
  state: StateDict,
  { names = [] }: PyTorchOptions = {},
): StateDict {
  const places = new Places(module);
  const ours = oursByTheirs(places, [...names, ...pyTorchTable]);
  const result: Record<string, Tensor> = Object.create(null);
  for (const [name, value] of Object.entries(state)) {
    const path = ours.get(name) ?? name;
    const held = places.tensors.get(places.canonical(path));
    put("fromPyTorchNames", result, path, held === undefined ? value : inShape(value, held.shape));
  }
  return result;
}

function put(operation: string, state: Record<string, Tensor>, name: string, value: Tensor): void {
  if (name in state) throw new ArgumentError(operation, "expected each tensor under one of its names", name);
  state[name] = value;
}

/** Our paths by all names that are read: of the tensors, of what is held a second time, and of what is computed. */
function oursByTheirs(places: Places, table: readonly PyTorchNames[]): Map<string, string> {
  const computed = [...places.modules].flatMap(([path, module]) =>
    Object.keys(parametrizationsOf(module)).map((name) => joined(path, name)),
  );
  const paths = [...places.allPaths(), ...computed];
  const named = paths.map((path) => [path, namesOf(path, places, table)] as const);
  const ours = new Map<string, string>();
  for (const [path, all] of [...named.map(([path, [first]]) => [path, [first]] as const), ...named])
    for (const name of all) if (!ours.has(name)) ours.set(name, path);
  return ours;
}

/** One number, as a vector or as a scalar; all else as it is. */
function inShape(value: Tensor, shape: Shape): Tensor {
  const isSingle = (extents: Shape): boolean =>
    extents.length === 0 || (extents.length === 1 && extents[0] === 1);
  return isSingle(value.shape) && isSingle(shape) && value.rank !== shape.length
    ? reshape(value, shape)
    : value;
}
