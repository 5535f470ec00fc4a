import { parameter, type Tensor, zeros } from "@isograd/autograd";
import { clipGradNorm, clipGradValue } from "@isograd/nn";
import { readTensor, type StoredTensor } from "../case.ts";
import { difference, tolerances } from "../compare.ts";
import type { Check, ClipNormCase, ClipValueCase } from "./case.ts";
import { differentNumbers } from "./numbers.ts";

// PyTorch lets what is not finite through unless it is told otherwise.
const lenient = { errorIfNonFinite: false } as const;

export const checkClipNorm: Check<ClipNormCase> = ({ max_norm, norm_type, grads, total_norm, clipped }) => {
  const parameters = withGradients(grads);
  const normType = norm_type === "inf" ? Number.POSITIVE_INFINITY : Number(norm_type);
  const { norm } = clipGradNorm(parameters, max_norm, { normType, ...lenient });
  return (
    differentNumbers([norm], [Number(total_norm)], tolerances.value) ?? differentGradient(parameters, clipped)
  );
};

export const checkClipValue: Check<ClipValueCase> = ({ clip_value, grads, clipped }) => {
  const parameters = withGradients(grads);
  clipGradValue(parameters, clip_value, lenient);
  return differentGradient(parameters, clipped);
};

function withGradients(gradients: readonly StoredTensor[]): Tensor[] {
  return gradients.map((gradient) => {
    const made = parameter(zeros(gradient.shape, "f64"));
    made.grad = readTensor(gradient);
    return made;
  });
}

function differentGradient(parameters: readonly Tensor[], expected: readonly StoredTensor[]): string | null {
  for (const [k, { grad }] of parameters.entries()) {
    const wrong = difference(grad as Tensor, expected[k], tolerances.value);
    if (wrong !== null) return `gradient ${k}: ${wrong}`;
  }
  return null;
}
