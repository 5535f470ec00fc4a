import {
  defineActivation,
  elu,
  exp,
  gelu,
  leakyRelu,
  relu,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  tanh,
} from "@isograd/autograd";

const exponential = defineActivation({ name: "exponential", f: exp });

/** What a setting names; null: nothing stands between the layers. */
export const activationsByName = {
  relu,
  leakyRelu,
  elu,
  selu,
  gelu,
  silu,
  tanh,
  softsign,
  sigmoid,
  softplus,
  exponential,
  none: null,
} as const;
