import { ArgumentError, Generator, noGrad, Tensor } from "@isograd/autograd";
import type { Initializer } from "../initializers/initializer.ts";
import { holdingsOf } from "./holdings.ts";
import { draw } from "./initial.ts";
import type { AnyModule } from "./module.ts";
import { parametrizationsOf } from "./parametrization.ts";

export interface InitializeOptions {
  readonly seed: number | string;
  /** In place of the layers' own for weights. */
  readonly weight?: Initializer;
  /** In place of the layers' own for biases. */
  readonly bias?: Initializer;
}

/** One tensor to begin anew: which ones it binds, and what to bind. */
interface Renewal {
  readonly path: string;
  readonly tensors: readonly Tensor[];
  bind(value: Tensor): void;
  make(generator: Generator): Tensor;
}

/**
 * Begins all parameters of a model anew, and its running statistics; each from the seed and its own path only, whatever else the model holds.
 *
 * What is held twice begins as its first place says.
 *
 * @throws ArgumentError if a module does not say in `initials` how a parameter begins: nothing is changed then
 * @example
 * initialize(model, { seed: 7, weight: orthogonal(), bias: zeros });
 * parametersOf(model)["layers.0.bias"]; // [0, 0, 0]
 */
export function initialize(model: AnyModule, { seed, weight, bias }: InitializeOptions): void {
  const chosen = { weight, bias, fixed: undefined };
  const renewals = model.namedModules().flatMap(({ path, module }) => {
    return Object.entries(module.initials()).map(([name, initial]): Renewal => {
      const initializer = chosen[initial.role] ?? initial.initializer;
      return {
        path: path === "" ? name : `${path}.${name}`,
        ...heldAs(module, name),
        make: (generator) => draw({ ...initial, initializer }, generator),
      };
    });
  });
  const known = new Set<Tensor>();
  const first = renewals.filter(({ tensors }) => {
    const isNew = tensors.some((tensor) => !known.has(tensor));
    for (const tensor of tensors) known.add(tensor);
    return isNew;
  });
  const unknown = model.namedParameters().find(({ tensor }) => !known.has(tensor));
  if (unknown !== undefined) {
    throw new ArgumentError(
      "initialize",
      "expected the module's initials() to say how each of its parameters begins",
      unknown.path,
    );
  }
  const generator = new Generator(seed);
  noGrad(() => {
    for (const { path, make, bind } of first) bind(make(generator.fork(path)));
  });
}

/** A tensor of a module by name: what holds its value, and how to bind another. */
export function heldAs(module: AnyModule, name: string): Pick<Renewal, "tensors" | "bind"> {
  const parametrization = parametrizationsOf(module)[name];
  if (parametrization !== undefined) {
    return { tensors: parametrization.parameters(), bind: (value) => parametrization.assign(value) };
  }
  const held = holdingsOf(module).find(({ path }) => path === name)?.value;
  if (!(held instanceof Tensor))
    throw new ArgumentError("initialize", "expected initials() to name tensors that the module holds", name);
  return { tensors: [held], bind: (value) => held.assign(value) };
}
