import { ArgumentError, Tensor } from "@isograd/autograd";
import { isBuffer, isParameter } from "../module/freeze.ts";
import { holdingsOf } from "../module/holdings.ts";
import type { AnyModule } from "../module/module.ts";
import type { StateDict } from "./safetensors.ts";

/**
 * The present values of a module's parameters and buffers by their paths, such as `layers.3.weight`.
 *
 * Frozen ones too; one that is held in several places once, by its first path; of a parametrized tensor its parts, such as
 * `parametrizations.weight.g`. Values share memory with the parameters and keep their numbers whatever the parameters become.
 *
 * @throws ArgumentError if two tensors have the same path, which keys with dots can do
 * @see torch.nn.Module.state_dict
 * @example
 * const before = stateDict(model);
 * Object.keys(before); // ["layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias"]
 * await fit({ model, loss: mseLoss, optimizer, data });
 * loadStateDict(model, before);
 */
export function stateDict(module: AnyModule): StateDict {
  const state: Record<string, Tensor> = Object.create(null);
  for (const [path, tensor] of new Places(module).tensors) state[path] = tensor.detach();
  return state;
}

/** Which paths lead to tensors that have another path by which they are saved. */
export class Places {
  /** The tensors by the paths by which they are saved. */
  readonly tensors = new Map<string, Tensor>();
  readonly modules = new Map<string, AnyModule>();
  /** Paths of tensors and modules that were found before, by another path: that one. */
  readonly #others = new Map<string, string>();

  constructor(root: AnyModule) {
    const first = new Map<object, string>();
    for (const { path, module } of root.namedModules()) {
      first.set(module, path);
      this.modules.set(path, module);
    }
    for (const [owner, module] of this.modules) {
      for (const { path: name, value } of holdingsOf(module)) {
        const path = joined(owner, name);
        const known = first.get(value as object);
        if (known !== undefined) {
          if (known !== path) this.#others.set(path, known);
        } else if (value instanceof Tensor && (isParameter(value) || isBuffer(value))) {
          if (this.tensors.has(path))
            throw new ArgumentError("stateDict", "expected each tensor to have a path of its own", path);
          first.set(value, path);
          this.tensors.set(path, value);
        }
      }
    }
  }

  /** The path by which the tensor at `path` is saved; `path` itself where there is none. */
  canonical(path: string): string {
    return this.#resolve(path, this.tensors);
  }

  /** The module at `path`, whichever of its paths that is. */
  moduleAt(path: string): AnyModule | undefined {
    return this.modules.get(this.#resolve(path, this.modules));
  }

  /** All paths of tensors, but not round in circles, and not more than some hundred for each tensor. */
  allPaths(): string[] {
    const places = [...this.#others].filter(([path, known]) => known !== "" && !path.startsWith(`${known}.`));
    const paths = new Set(this.tensors.keys());
    for (const [path, known] of places) if (this.tensors.has(known)) paths.add(path);
    const most = 128 * paths.size;
    // What is added is visited in turn.
    for (const found of paths)
      for (const [path, known] of places)
        if (found.startsWith(`${known}.`) && paths.size < most)
          paths.add(`${path}${found.slice(known.length)}`);
    return [...paths];
  }

  #resolve(path: string, known: ReadonlyMap<string, unknown>): string {
    const tried = new Set<string>();
    let present = path;
    while (!known.has(present) && !tried.has(present)) {
      tried.add(present);
      let end = present.length;
      while (end > 0 && !this.#others.has(present.slice(0, end))) end = present.lastIndexOf(".", end - 1);
      if (end > 0)
        present = joinedRest(this.#others.get(present.slice(0, end)) as string, present.slice(end));
    }
    return known.has(present) ? present : path;
  }
}

export const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

/** @param rest begins with a dot, or is empty */
const joinedRest = (path: string, rest: string): string => (path === "" ? rest.slice(1) : `${path}${rest}`);
