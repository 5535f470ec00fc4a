import { ArgumentError, fromData, type Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { checkTransformState } from "./check-state.ts";
import type { Pace } from "./memory.ts";
import { checkParameters, checkRate } from "./parameters.ts";
import { type Plan, planOf } from "./plan.ts";
import { checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * Changes parameters by what a transform makes of their gradients.
 *
 * New values are bound to the parameters, old arrays are never written: graphs that hold them stay right. Parameters without gradient rest,
 * as do frozen ones.
 *
 * @throws ArgumentError unless `parameters` are leaves to which gradients flow, each once
 * @see torch.optim.Optimizer
 * @example
 * const optimizer = new Optimizer(model.parameters(), chain(clipByGlobalNorm(1), adam({ learningRate: 0.01 })));
 * optimizer.zeroGrad();
 * backward(loss);
 * optimizer.step();
 * mseLoss(model.call(inputs), targets).item() < loss.item(); // true
 */
export class Optimizer<State = unknown> {
  readonly parameters: readonly Tensor[];
  readonly transform: GradientTransform<State>;
  /** How it was made, as plain data, where that is known: what checkpoints compare. */
  settings: unknown;
  readonly #plan: Plan;
  #state: State;

  constructor(parameters: Iterable<Tensor>, transform: GradientTransform<State>, state?: State) {
    this.parameters = checkParameters("Optimizer", [...parameters]);
    this.transform = transform;
    this.#state = state ?? transform.init(this.parameters);
    this.#plan = planOf(transform);
  }

  /**
   * What the transform remembers, as plain data that steps bring up to date; assigned, the optimizer goes on from there.
   *
   * @throws ArgumentError if it is set to the state of another transform, or of parameters of other sizes
   */
  get state(): State {
    return this.#state;
  }

  set state(state: State) {
    checkTransformState(this.transform, state, this.parameters);
    this.#state = state;
  }

  /** Takes one step along the gradients that `backward` left. */
  step(): void {
    const { parameters } = this;
    const gradients = parameters.map(({ grad }) => grad && (grad.values() as Values));
    const moved = this.#plan.run(gradients, false, this.state, parameters);
    for (let k = 0; k < parameters.length; k++) {
      const values = moved[k];
      if (values !== null) parameters[k].assign(fromData(values, parameters[k].shape));
    }
  }

  /** Forgets all gradients, so that the next sweep starts from none. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.grad = null;
  }

  /** The learning rate; setting it sets that of every transform in the chain that has one. @throws ArgumentError if none has */
  get learningRate(): number {
    return this.#rates()[0].learningRate;
  }

  set learningRate(learningRate: number) {
    checkRate("learningRate", learningRate);
    for (const rate of this.#rates()) rate.learningRate = learningRate;
  }

  /** The learning rates of all transforms that have one, those of groups in their order; set to as many. @throws ArgumentError if none has, or on another number of rates */
  get learningRates(): readonly number[] {
    return this.#rates().map(({ learningRate }) => learningRate);
  }

  set learningRates(learningRates: readonly number[]) {
    for (const rate of learningRates) checkRate("learningRates", rate);
    setEach("learningRates", this.#rates(), learningRates, (state, rate) => {
      state.learningRate = rate;
    });
  }

  /** The momenta, likewise: of Adam and its kin the first of the betas. Undefined where no transform has one. @throws ArgumentError unless they are set to as many, within [0, 1) */
  get momentums(): readonly number[] | undefined {
    const paces = this.#paces();
    return paces.length === 0 ? undefined : paces.map(({ momentum }) => momentum);
  }

  set momentums(momentums: readonly number[]) {
    checkShares("momentums", "momentums", ...momentums);
    setEach("momentums", this.#paces(), momentums, (state, momentum) => {
      state.momentum = momentum;
    });
  }

  /** The same optimizer, at the same point, for the parameters of a copy of the model. */
  cloneFor(parameters: Iterable<Tensor>): Optimizer<State> {
    const clone = new Optimizer(parameters, this.transform, structuredClone(this.state));
    clone.settings = this.settings;
    return clone;
  }

  #rates(): { learningRate: number }[] {
    const found = this.#states().filter((state) => "learningRate" in state);
    if (found.length === 0)
      throw new ArgumentError("learningRate", "expected a transform with a learning rate", this.transform);
    return found as { learningRate: number }[];
  }

  #paces(): Pace[] {
    return this.#states().filter((state): state is Pace => "momentum" in state);
  }

  /** The states of all transforms, out of the lists that chains and groups make of them. */
  #states(): object[] {
    const found: object[] = [];
    const stack: unknown[] = [this.state];
    while (stack.length > 0) {
      const state = stack.pop();
      if (Array.isArray(state)) stack.push(...state.toReversed());
      else if (typeof state === "object" && state !== null) found.push(state);
    }
    return found;
  }
}

function setEach<T>(
  operation: string,
  states: readonly T[],
  values: readonly number[],
  set: (state: T, value: number) => void,
): void {
  if (values.length !== states.length)
    throw new ArgumentError(operation, `expected ${states.length} of them`, values);
  states.forEach((state, k) => {
    set(state, values[k]);
  });
}
