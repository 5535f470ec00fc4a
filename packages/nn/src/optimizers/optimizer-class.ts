import { ArgumentError, Tensor } from "@isograd/autograd";
import { grouped } from "./grouped.ts";
import { Optimizer } from "./optimizer.ts";
import type { GradientTransform } from "./transform.ts";

/** Parameters with options of their own; those that are not given are the optimizer's. */
export type ParameterGroup<Options> = Partial<Options> & { readonly parameters: Iterable<Tensor> };

/** The arguments after the parameters: options may be left out where none is needed. */
type Rest<Options> = Record<string, never> extends Options ? [options?: Options] : [options: Options];

/** An optimizer of parameters that are treated alike, or of groups with options of their own; the state is then the list of theirs. */
export interface OptimizerClass<Options, State> {
  new (parameters: Iterable<Tensor>, ...rest: Rest<Options>): Optimizer<State>;
  new (groups: Iterable<ParameterGroup<Options>>, ...rest: [options?: Partial<Options>]): Optimizer<State[]>;
}

/**
 * The class of optimizers that step as the transform does which `make` makes of options.
 *
 * @example
 * const SignDescent = optimizerClass("SignDescent", ({ rate }: { rate: number }) =>
 *   elementwise({ init: () => null, write: ({ gradient }) => [mul(-rate, sign(gradient))] }),
 * );
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new SignDescent([weight], { rate: 0.1 }).step();
 * weight; // [0.9, 1.1]
 */
// @__NO_SIDE_EFFECTS__
export function optimizerClass<Options, State>(
  name: string,
  make: (options: Options) => GradientTransform<State>,
): OptimizerClass<Options, State> {
  const made = class extends Optimizer {
    constructor(given: Iterable<Tensor> | Iterable<ParameterGroup<Options>>, options?: Options) {
      const members: (Tensor | ParameterGroup<Options>)[] = [...given];
      const groups = members.filter(
        (member): member is ParameterGroup<Options> => !(member instanceof Tensor),
      );
      if (groups.length === 0) {
        super(members as Tensor[], make((options ?? {}) as Options));
        this.settings = { optimizer: name, ...options };
        return;
      }
      if (groups.length < members.length)
        throw new ArgumentError(name, "expected parameters or groups of them, not both", members);
      const parameters: Tensor[] = [];
      const parts = groups.map(({ parameters: own, ...others }) => {
        const before = parameters.length;
        parameters.push(...own);
        const transform = make({ ...options, ...others } as Options) as GradientTransform;
        return { count: parameters.length - before, transform };
      });
      super(parameters, grouped(...parts));
      const own = groups.map(({ parameters: _, ...others }) => others);
      this.settings = { optimizer: name, ...options, groups: own };
    }
  };
  Object.defineProperty(made, "name", { value: name });
  return made as unknown as OptimizerClass<Options, State>;
}
