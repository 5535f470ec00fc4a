import { Generator, IsogradError, Tensor } from "@isograd/autograd";
import { freezeTensor, isFrozen, isParameter, unfreezeTensor } from "../module/freeze.ts";
import { holdingsOf, isModule } from "../module/holdings.ts";
import type { AnyModule } from "../module/module.ts";
import type { Stateful } from "../module/stateful.ts";
import { fitStateDict } from "./load-state-dict.ts";
import { type PackedState, packState } from "./pack-state.ts";
import type { StateDict } from "./safetensors.ts";
import { joined, stateDict } from "./state-dict.ts";
import { unpackState } from "./unpack-state.ts";

/** What a checkpoint holds under one name: a model, something with a state, or tensors of no model. */
export type CheckpointPart = AnyModule | Stateful | Tensor | readonly Tensor[];

/** What would put a part where it was. */
export interface Restoration {
  bind(): void;
  /** Where `bind` may refuse: puts back what was there before. */
  undo?(): void;
}

type Kind = "module" | "tensor" | "tensors" | "state";

export function kindOfPart(part: CheckpointPart): Kind | undefined {
  if (part instanceof Tensor) return "tensor";
  if (Array.isArray(part)) return part.every((member) => member instanceof Tensor) ? "tensors" : undefined;
  if (typeof part !== "object" || part === null) return undefined;
  return isModule(part) ? "module" : "state" in part ? "state" : undefined;
}

/** Everything of a part that changes, without a copy of what never changes in place. */
export function capturePart(name: string, part: CheckpointPart): PackedState {
  if (part instanceof Tensor) return { tensors: { [name]: part.detach() }, metadata: {} };
  if (Array.isArray(part)) {
    const named = part.map((tensor: Tensor, k) => [`${name}.${k}`, tensor.detach()] as const);
    return { tensors: Object.fromEntries(named), metadata: {} };
  }
  if (!isModule(part)) return packState((part as Stateful).state, name);
  const module = part as AnyModule;
  const named = Object.entries(stateDict(module)).map(([path, tensor]) => [joined(name, path), tensor]);
  return { tensors: Object.fromEntries(named), metadata: packState(modesOf(module), name).metadata };
}

/** What to do to put a part where it was; sentences, where that is not possible. */
export function fitPart(name: string, part: CheckpointPart, file: PackedState): Restoration | string[] {
  const below: Record<string, Tensor> = Object.create(null);
  for (const path of Object.keys(file.tensors))
    if (path.startsWith(`${name}.`)) below[path.slice(name.length + 1)] = file.tensors[path];
  if (part instanceof Tensor) return fitTensors({ "": part }, { "": file.tensors[name] });
  if (Array.isArray(part)) return fitTensors(Object.fromEntries(part.entries()), below);
  if (!isModule(part)) return fitState(part as Stateful, unpackState(file, name));
  return fitModule(part as AnyModule, below, unpackState(file, name) as Modes);
}

/** What belongs to the course of a module besides its tensors. */
interface Modes {
  readonly generators: Readonly<Record<string, Generator["state"]>>;
  /** Paths of parameters. */
  readonly frozen: readonly string[];
  /** Paths of modules. */
  readonly evaluating: readonly string[];
}

const modesOf = (module: AnyModule): Modes => ({
  generators: Object.fromEntries([...generatorsOf(module)].map(([path, { state }]) => [path, state])),
  frozen: module.namedParameters().flatMap(({ path, tensor }) => (isFrozen(tensor) ? [path] : [])),
  evaluating: module.namedModules().flatMap((named) => (named.module.training ? [] : [named.path])),
});

function generatorsOf(root: AnyModule): Map<string, Generator> {
  const found = new Map<string, Generator>();
  for (const { path: owner, module } of root.namedModules())
    for (const { path, value } of holdingsOf(module))
      if (value instanceof Generator) found.set(joined(owner, path), value);
  return found;
}

function fitModule(module: AnyModule, values: StateDict, modes: Modes): Restoration | string[] {
  const differences: string[] = [];
  const held = stateDict(module);
  for (const path of Object.keys(held))
    if (path in values && values[path].dtype !== held[path].dtype)
      differences.push(`${path} is ${held[path].dtype}, in the checkpoint ${values[path].dtype}`);
  const generators = generatorsOf(module);
  const drawing = Object.keys(modes.generators);
  if (drawing.join("\n") !== [...generators.keys()].join("\n"))
    differences.push(`generators at [${[...generators.keys()]}], in the checkpoint at [${drawing}]`);
  let bindTensors = (): void => {};
  try {
    bindTensors = fitStateDict(module, values).bind;
  } catch (error) {
    if (!(error instanceof IsogradError)) throw error;
    differences.push(error.message.replace(/^.*?; /s, ""));
  }
  if (differences.length > 0) return differences;
  return {
    bind() {
      bindTensors();
      for (const [path, generator] of generators) generator.state = modes.generators[path];
      const [frozen, evaluating] = [new Set(modes.frozen), new Set(modes.evaluating)];
      for (const { path, tensor } of module.namedParameters())
        if (isParameter(tensor) && frozen.has(path) !== isFrozen(tensor))
          (frozen.has(path) ? freezeTensor : unfreezeTensor)(tensor);
      for (const named of module.namedModules()) named.module.training = !evaluating.has(named.path);
    },
  };
}

function fitTensors(
  held: Readonly<Record<string, Tensor>>,
  values: Readonly<Record<string, Tensor | undefined>>,
): Restoration | string[] {
  const said = (x: Tensor | undefined): string => (x ? `${x.dtype} [${x.shape.join(", ")}]` : "nothing");
  const differences = [...new Set([...Object.keys(held), ...Object.keys(values)])].flatMap((key) => {
    const [own, value] = [said(held[key]), said(values[key])];
    return own === value
      ? []
      : [`${key === "" ? "" : `tensor ${key} `}is ${own}, in the checkpoint ${value}`];
  });
  if (differences.length > 0) return differences;
  return {
    bind() {
      for (const key of Object.keys(held)) held[key].assign(values[key] as Tensor);
    },
  };
}

function fitState(part: Stateful, state: unknown): Restoration {
  const before = part.state;
  return {
    bind() {
      part.state = state;
    },
    undo() {
      part.state = before;
    },
  };
}
