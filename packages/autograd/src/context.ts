/** What holds for every operation while it is switched on; read by all, changed only through the functions here. */
interface Context {
  recording: boolean;
  anomaly: boolean;
  scope: string;
}

export const context: Context = { recording: true, anomaly: false, scope: "" };

/** Runs `f` with some of the context changed, and restores it however `f` ends. */
export function withContext<R>(change: Partial<Context>, f: () => R): R {
  const before = { ...context };
  Object.assign(context, change);
  try {
    return f();
  } finally {
    Object.assign(context, before);
  }
}

/**
 * Runs `f` without recording a graph: results carry no gradient.
 *
 * @see torch.no_grad
 */
export function noGrad<R>(f: () => R): R {
  return withContext({ recording: false }, f);
}

/**
 * Runs `f` with recording switched on, also inside `noGrad`.
 *
 * @see torch.enable_grad
 */
export function enableGrad<R>(f: () => R): R {
  return withContext({ recording: true }, f);
}

/**
 * Runs `f` one level deeper in the scope path: errors, hooks and reports call what happens inside `outer.name`.
 *
 * @example
 * withScope("encoder", () => withScope("layers.3", () => tanh(x))); // recorded as "encoder.layers.3"
 */
export function withScope<R>(name: string, f: () => R): R {
  const before = context.scope;
  context.scope = before === "" ? name : `${before}.${name}`;
  try {
    return f();
  } finally {
    context.scope = before;
  }
}

/**
 * Runs `f` in anomaly mode: the first operation, forward or backward, whose result is not finite throws a `NonFiniteError` with its
 * scope path, the ranges of its operands and the user's source line.
 *
 * @see torch.autograd.detect_anomaly
 */
export function detectAnomaly<R>(f: () => R): R {
  return withContext({ anomaly: true }, f);
}
