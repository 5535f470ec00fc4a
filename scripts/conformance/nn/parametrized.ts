import { Bilinear, Embedding, Linear, spectralNorm, weightNorm } from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";
import { spatial } from "./spatial.ts";

const weightNormed = ({ make }: ModuleEntry): ModuleEntry => ({
  // One length for all is PyTorch's -1, too.
  make: ({ axis, ...options }) => weightNorm(make(options), { axis: axis === -1 ? null : axis }),
  options: { dim: "axis" },
});

/** @param rows the axis that PyTorch takes by default */
const spectralNormed = ({ make }: ModuleEntry, rows: number): ModuleEntry => ({
  make: ({ axis = rows, nPowerIterations: powerIterations, ...options }) =>
    spectralNorm(make(options), { axis, powerIterations }),
  options: { dim: "axis" },
});

const {
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
}: Readonly<Record<string, ModuleEntry>> = spatial;
const fromOutputs = {
  Linear: like(Linear),
  Bilinear: like(Bilinear),
  Embedding: like(Embedding),
  Conv1d,
  Conv2d,
  Conv3d,
};
const fromInputs = { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d };

/** Layers some of whose tensors are computed. */
export const parametrized: Readonly<Record<string, ModuleEntry>> = Object.fromEntries([
  ...Object.entries({ ...fromOutputs, ...fromInputs }).map(([name, entry]) => [
    `weight_norm(${name})`,
    weightNormed(entry),
  ]),
  ...Object.entries(fromOutputs).map(([name, entry]) => [`spectral_norm(${name})`, spectralNormed(entry, 0)]),
  ...Object.entries(fromInputs).map(([name, entry]) => [`spectral_norm(${name})`, spectralNormed(entry, 1)]),
]);
