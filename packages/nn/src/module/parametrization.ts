import { ArgumentError, noGrad, parameter, Tensor } from "@isograd/autograd";
import { isParameter } from "./freeze.ts";
import { type AnyModule, Module } from "./module.ts";

/** What is learnt in place of a tensor of a layer, and how the tensor is computed from it at each use. */
export abstract class Parametrization extends Module<readonly [], Tensor> {
  /** Changes what is learnt so that `forward` gives `value`, as nearly as it can. */
  abstract assign(value: Tensor): void;
}

/** A layer some of whose tensors are computed; they are held here by their names. */
interface Parametrized {
  parametrizations?: Record<string, Parametrization>;
}

/** The parametrizations of a module by the name of the tensor that each computes. */
export function parametrizationsOf(module: AnyModule): Readonly<Record<string, Parametrization>> {
  return (module as unknown as Parametrized).parametrizations ?? {};
}

/**
 * Replaces a tensor of a layer by what `make` makes of it: from now on the layer computes the tensor at each use, and learns its parts,
 * which stand below `parametrizations.<name>`. An optimizer made before does not know them.
 *
 * @throws ArgumentError unless the layer holds a parameter of that name that is not parametrized yet
 * @see torch.nn.utils.parametrize.register_parametrization
 */
export function parametrize<P extends Parametrization>(
  layer: AnyModule,
  name: string,
  make: (value: Tensor) => P,
): P {
  const holder = layer as unknown as Parametrized & Record<string, unknown>;
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (!(value instanceof Tensor) || !isParameter(value)) {
    const taken = holder.parametrizations?.[name] !== undefined;
    throw new ArgumentError(
      "parametrize",
      `expected the name of a parameter of the layer${taken ? " that is not parametrized yet" : ""}`,
      name,
    );
  }
  const parametrization = make(value);
  parametrization.train(layer.training);
  delete holder[name];
  holder.parametrizations = { ...holder.parametrizations, [name]: parametrization };
  computeNamed(holder, Object.keys(holder.parametrizations));
  return parametrization;
}

/**
 * Makes a parametrized tensor a parameter of its own again, with its present value.
 *
 * @throws ArgumentError if no tensor of that name is parametrized
 * @see torch.nn.utils.parametrize.remove_parametrizations
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
