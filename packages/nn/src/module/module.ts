import { type Handle, type Leaf, Tensor, withScope } from "@isograd/autograd";
import { type Calling, type CallPlace, findPlace, nameInError } from "./call-place.ts";
import { cloneTree } from "./clone.ts";
import { freezeTensor, isBuffer, isParameter, unfreezeTensor } from "./freeze.ts";
import { holdingsOf, isModule } from "./holdings.ts";
import type { Initial } from "./initial.ts";

/** A module of whatever inputs and output. */
export type AnyModule = Module<never, unknown>;

/** A module with the way to it; empty for the outermost. */
export interface NamedModule {
  readonly path: string;
  readonly module: AnyModule;
}

/** One call of a module, as its hooks see it. */
export interface ModuleCall<Inputs extends readonly unknown[], Output> {
  readonly inputs: Inputs;
  readonly output: Output;
  /** From the outermost module that is being called. */
  readonly path: string;
}

type AnyHook = (call: never) => unknown;

let calling: Calling = { module: null, path: "" };

// Under symbols, because walks over a module's state see string keys only.
const place: unique symbol = Symbol("place");
const hooks: unique symbol = Symbol("hooks");

/**
 * A function of tensors that holds tensors of its own.
 *
 * What it learns and remembers lives in its own enumerable properties: tensors, modules, generators, arrays and plain objects of them
 * (not in `#private` fields, which nobody can copy). Leaves to which gradients flow are its parameters, untracked tensors its buffers.
 * Modules are named by the property that holds them: `layers.3.weight`.
 *
 * @see torch.nn.Module
 * @example
 * class Head extends Module {
 *   readonly linear = new Linear({ inFeatures: 64, outFeatures: 10 });
 *   forward(x: Tensor): Tensor {
 *     return this.linear.call(relu(x));
 *   }
 * }
 * new Head().call(full([2, 64], 1)).shape; // [2, 10]
 * new Head().namedParameters().map(({ path }) => path); // ["linear.weight", "linear.bias"]
 */
export abstract class Module<Inputs extends readonly unknown[] = readonly [x: Tensor], Output = Tensor> {
  /** Whether layers that behave differently in training do so; set by `train` and `eval`. */
  training = true;
  declare [place]: CallPlace | undefined;
  declare [hooks]: AnyHook[] | undefined;

  /** Tells modules from other objects. */
  get isModule(): true {
    return true;
  }

  /** What the module computes: written by layers, called through `call`. */
  abstract forward(...inputs: Inputs): Output;

  /** Runs `forward` in the scope of this module's name, so that errors, graph nodes and hooks name the place. */
  call(...inputs: Inputs): Output {
    const caller = calling;
    const found = caller.module === null ? undefined : findPlace(caller.module, this, this[place]);
    if (found !== undefined) this[place] = found;
    const name = found === undefined ? "" : found.path;
    const path = caller.path === "" ? name : name === "" ? caller.path : `${caller.path}.${name}`;
    calling = { module: this, path };
    try {
      return name === "" ? run(this, inputs, path) : withScope(name, () => run(this, inputs, path));
    } catch (error) {
      nameInError(error, path);
      throw error;
    } finally {
      calling = caller;
    }
  }

  /** This module and all below it with their names, each once, parents first. */
  namedModules(): NamedModule[] {
    const found = new Map<AnyModule, NamedModule>();
    const stack: NamedModule[] = [{ path: "", module: this as unknown as AnyModule }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { path, module } = next;
      if (found.has(module)) continue;
      found.set(module, next);
      for (const { path: name, value } of holdingsOf(module).reverse()) {
        if (isModule(value)) stack.push({ path: joined(path, name), module: value as AnyModule });
      }
    }
    return [...found.values()];
  }

  /** This module and all below it, each once, parents first. */
  modules(): AnyModule[] {
    return this.namedModules().map(({ module }) => module);
  }

  /** What is learnt here and below, each tensor once: frozen ones too. */
  namedParameters(): Leaf[] {
    return tensorsOf(this.namedModules()).filter(({ tensor }) => isParameter(tensor));
  }

  parameters(): Tensor[] {
    return this.namedParameters().map(({ tensor }) => tensor);
  }

  /** The tensors here and below that no gradient reaches, each once: running statistics, tables. */
  namedBuffers(): Leaf[] {
    return tensorsOf(this.namedModules()).filter(({ tensor }) => isBuffer(tensor));
  }

  /** Calls `visit` with each module below this one, children first, then with this one. @see torch.nn.Module.apply */
  apply(visit: (module: AnyModule, path: string) => void): this {
    for (const { module, path } of childrenFirst(this.namedModules())) visit(module, path);
    return this;
  }

  /** Switches this module and all below it to training, or back. @see torch.nn.Module.train */
  train(training = true): this {
    for (const module of this.modules()) module.training = training;
    return this;
  }

  /** Switches this module and all below it to evaluation: no dropout, running statistics. @see torch.nn.Module.eval */
  eval(): this {
    return this.train(false);
  }

  /** Stops gradients from flowing to the parameters here and below. */
  freeze(): this {
    for (const parameter of this.parameters()) freezeTensor(parameter);
    return this;
  }

  unfreeze(): this {
    for (const parameter of this.parameters()) unfreezeTensor(parameter);
    return this;
  }

  /** An independent copy: parameters, buffers, generators, settings; without gradients and hooks. */
  clone(): this {
    return cloneTree(this);
  }

  /** How the tensors that this module itself holds begin, by their names; `initialize` asks for it. */
  initials(): Readonly<Record<string, Initial>> {
    return {};
  }
}

/**
 * Calls `hook` after each call of a module; what it returns, unless undefined, replaces the output.
 *
 * @see torch.nn.Module.register_forward_hook
 * @example
 * const layer = new Linear({ inFeatures: 1, outFeatures: 1, weightInit: ones, biasInit: zeros });
 * const handle = onCall(layer, ({ output }) => mul(output, 10));
 * layer.call(tensor([2])); // [20]
 * handle.remove();
 * layer.call(tensor([2])); // [2]
 */
export function onCall<Inputs extends readonly unknown[], Output>(
  module: Module<Inputs, Output>,
  hook: (call: ModuleCall<Inputs, Output>) => Output | undefined,
): Handle {
  const list = module[hooks] ?? [];
  module[hooks] = list;
  list.push(hook);
  const remove = (): void => {
    const at = list.indexOf(hook);
    if (at >= 0) list.splice(at, 1);
  };
  return { remove, [Symbol.dispose]: remove };
}

/** Lets the calls of one module run the hooks of another, and of the modules below at the same places. */
export function shareHooks(from: AnyModule, to: AnyModule): void {
  const targets = to.modules();
  for (const [k, module] of from.modules().entries()) targets[k][hooks] = module[hooks];
}

/** Each module behind those below it, which keep their order. */
function childrenFirst(modules: readonly NamedModule[]): NamedModule[] {
  const done: NamedModule[] = [];
  const open: NamedModule[] = [];
  const isBelow = ({ path }: NamedModule, above: NamedModule): boolean =>
    above.path === "" || path.startsWith(`${above.path}.`);
  for (const next of modules) {
    for (let last = open.at(-1); last !== undefined && !isBelow(next, last); last = open.at(-1))
      done.push(open.pop() as NamedModule);
    open.push(next);
  }
  return [...done, ...open.reverse()];
}

function run<Inputs extends readonly unknown[], Output>(
  module: Module<Inputs, Output>,
  inputs: Inputs,
  path: string,
): Output {
  let output = module.forward(...inputs);
  const called = module[hooks];
  if (called === undefined || called.length === 0) return output;
  for (const hook of [...called]) {
    const replaced = hook({ inputs, output, path } as never);
    if (replaced !== undefined) output = replaced as Output;
  }
  return output;
}

function tensorsOf(modules: readonly NamedModule[]): Leaf[] {
  const found: Leaf[] = [];
  const seen = new Set<Tensor>();
  for (const { path, module } of modules) {
    for (const { path: name, value } of holdingsOf(module)) {
      if (!(value instanceof Tensor) || seen.has(value)) continue;
      seen.add(value);
      found.push({ path: joined(path, name), tensor: value });
    }
  }
  return found;
}

const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
