import { Conv2d, Linear, spectralNorm, weightNorm } from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";

const weightNormed = ({ make }: ModuleEntry): ModuleEntry => ({
  // One length for all is PyTorch's -1, too.
  make: ({ axis, ...options }) => weightNorm(make(options), { axis: axis === -1 ? null : axis }),
  options: { dim: "axis" },
});

const spectralNormed = ({ make }: ModuleEntry): ModuleEntry => ({
  make: ({ axis, nPowerIterations: powerIterations, ...options }) =>
    spectralNorm(make(options), { axis, powerIterations }),
  options: { dim: "axis" },
});

/** Layers some of whose tensors are computed. */
export const parametrized: Readonly<Record<string, ModuleEntry>> = {
  "weight_norm(Linear)": weightNormed(like(Linear)),
  "weight_norm(Conv2d)": weightNormed(like(Conv2d)),
  "spectral_norm(Linear)": spectralNormed(like(Linear)),
  "spectral_norm(Conv2d)": spectralNormed(like(Conv2d)),
};
