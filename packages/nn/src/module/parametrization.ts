import { ArgumentError, noGrad, parameter, Tensor } from "@isograd/autograd";
import { isParameter } from "./freeze.ts";
import { type AnyModule, Module } from "./module.ts";

/**
 * What is learnt in place of a tensor of a layer, and how the tensor is computed from it at each use.
 *
 * @example
 * class Positive extends Parametrization {
 *   readonly logarithm: Tensor;
 *   constructor(value: Tensor) {
 *     super();
 *     this.logarithm = parameter(log(value.detach()));
 *   }
 *   forward(): Tensor {
 *     return exp(this.logarithm);
 *   }
 *   assign(value: Tensor): void {
 *     this.logarithm.assign(log(value.detach()));
 *   }
 * }
 * const layer = new Linear({ inFeatures: 2, outFeatures: 1, weightInit: constant(0.5) });
 * parametrize(layer, "weight", (value) => new Positive(value));
 * layer.weight; // [[0.5000, 0.5000]]
 */
export abstract class Parametrization extends Module<readonly [], Tensor> {
  /** The name of the tensor that begins as the given value itself, and may in turn be computed; null where there is none. */
  get source(): string | null {
    return null;
  }

  /** Changes what is learnt so that `forward` gives `value`, as nearly as it can. */
  abstract assign(value: Tensor): void;
}

/**
 * A parametrization that computes the tensor from one of the same shape, which is learnt.
 *
 * @example
 * class Bounded extends MappedParametrization {
 *   forward(): Tensor {
 *     return tanh(this.original);
 *   }
 * }
 * const layer = new Linear({ inFeatures: 2, outFeatures: 1, weightInit: constant(100) });
 * parametrize(layer, "weight", (value) => new Bounded(value));
 * layer.weight; // [[1, 1]]
 */
export abstract class MappedParametrization extends Parametrization {
  readonly original: Tensor;

  constructor(value: Tensor) {
    super();
    this.original = parameter(value.detach());
  }

  override get source(): string {
    return "original";
  }

  assign(value: Tensor): void {
    assignHeld(this, "original", value);
  }
}

/** Binds a tensor of a module to a value: what computes it, where it is computed. */
export function assignHeld(module: AnyModule, name: string, value: Tensor): void {
  const parametrization = parametrizationsOf(module)[name];
  if (parametrization !== undefined) parametrization.assign(value);
  else (module as unknown as Record<string, Tensor>)[name].assign(value.detach());
}

/** A layer some of whose tensors are computed; they are held here by their names. */
interface Parametrized {
  parametrizations?: Record<string, Parametrization>;
}

/**
 * The parametrizations of a module by the name of the tensor that each computes.
 *
 * @example
 * const layer = weightNorm(new Linear({ inFeatures: 2, outFeatures: 1 }));
 * parametrizationsOf(layer).weight instanceof WeightNorm; // true
 */
export function parametrizationsOf(module: AnyModule): Readonly<Record<string, Parametrization>> {
  return (module as unknown as Parametrized).parametrizations ?? {};
}

/**
 * Replaces a tensor of a layer by what `make` makes of it: from now on the layer computes the tensor at each use, and learns its parts,
 * which stand below `parametrizations.<name>`. An optimizer made before does not know them.
 *
 * A tensor that is computed already is computed further: the new parametrization takes for its `source` what was there.
 *
 * @throws ArgumentError unless the layer holds a parameter of that name, or computes it and the new parametrization has a source
 * @see torch.nn.utils.parametrize.register_parametrization
 * @example
 * class Symmetric extends MappedParametrization {
 *   forward(): Tensor {
 *     return mul(0.5, add(this.original, transpose(this.original)));
 *   }
 * }
 * const layer = new Linear({ inFeatures: 2, outFeatures: 2, weightInit: () => tensor([[3, 0], [8, 3]]) });
 * parametrize(layer, "weight", (value) => new Symmetric(value));
 * layer.weight; // [[3, 4], [4, 3]]
 */
export function parametrize<P extends Parametrization>(
  layer: AnyModule,
  name: string,
  make: (value: Tensor) => P,
): P {
  const holder = layer as unknown as Parametrized & Record<string, unknown>;
  const before = holder.parametrizations?.[name];
  const value =
    before !== undefined
      ? noGrad(() => before.call())
      : Object.hasOwn(holder, name)
        ? holder[name]
        : undefined;
  if (!(value instanceof Tensor) || (before === undefined && !isParameter(value)))
    throw new ArgumentError("parametrize", "expected the name of a parameter of the layer", name);
  const parametrization = make(value);
  if (before !== undefined) {
    const { source } = parametrization;
    if (source === null) {
      const rule =
        "expected the name of a parameter that is not parametrized yet, or a parametrization with a source";
      throw new ArgumentError("parametrize", rule, name);
    }
    compute(parametrization, source, before);
  }
  parametrization.train(layer.training);
  compute(layer, name, parametrization);
  return parametrization;
}

/** Lets a module compute a tensor that it holds, or computes in another way. */
function compute(module: AnyModule, name: string, parametrization: Parametrization): void {
  const holder = module as unknown as Parametrized & Record<string, unknown>;
  if (holder.parametrizations?.[name] === undefined) delete holder[name];
  holder.parametrizations = { ...holder.parametrizations, [name]: parametrization };
  computeNamed(holder, Object.keys(holder.parametrizations));
}

/**
 * Makes a parametrized tensor a parameter of its own again, with its present value.
 *
 * @throws ArgumentError if no tensor of that name is parametrized
 * @see torch.nn.utils.parametrize.remove_parametrizations
 * @example
 * const layer = weightNorm(new Linear({ inFeatures: 2, outFeatures: 1, bias: false }));
 * Object.keys(parametersOf(layer)).length; // 2
 * removeParametrization(layer, "weight");
 * Object.keys(parametersOf(layer)); // ["weight"]
 */
export function removeParametrization(layer: AnyModule, name: string): void {
  const holder = layer as unknown as Parametrized & Record<string, unknown>;
  const { [name]: parametrization, ...others } = holder.parametrizations ?? {};
  if (parametrization === undefined)
    throw new ArgumentError("removeParametrization", "expected the name of a parametrized tensor", name);
  const value = noGrad(() => parametrization.call());
  const names = Object.keys(others);
  if (names.length > 0) holder.parametrizations = others;
  else delete holder.parametrizations;
  computeNamed(holder, names);
  holder[name] = parameter(value);
}

/** For each prototype that computes tensors, the class's own. */
const originals = new WeakMap<object, object>();
const computing = new WeakMap<object, Map<string, object>>();

/** Gives a layer the prototype on which reading the named tensors computes them; copies and mapped trees of the layer keep it. */
function computeNamed(layer: object, names: readonly string[]): void {
  const present = Object.getPrototypeOf(layer);
  const original = originals.get(present) ?? present;
  Object.setPrototypeOf(layer, names.length === 0 ? original : prototypeThatComputes(original, names));
}

function prototypeThatComputes(original: object, names: readonly string[]): object {
  const known = computing.get(original) ?? new Map<string, object>();
  computing.set(original, known);
  const key = [...names].sort().join(" ");
  let prototype = known.get(key);
  if (prototype === undefined) {
    prototype = Object.create(original) as object;
    for (const name of names) Object.defineProperty(prototype, name, computed(name));
    known.set(key, prototype);
    originals.set(prototype, original);
  }
  return prototype;
}

const computed = (name: string): PropertyDescriptor & ThisType<Required<Parametrized>> => ({
  get() {
    return this.parametrizations[name].call();
  },
  set(value: Tensor) {
    this.parametrizations[name].assign(value);
  },
});
