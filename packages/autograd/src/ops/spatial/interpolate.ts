import { ArgumentError, ShapeError } from "../../errors.ts";
import { sparseMatrix } from "../../kernels/sparse-along.ts";
import type { Tensor } from "../../tensor.ts";
import { adaptiveAveragePool } from "./adaptive-average-pooling.ts";
import { interpolations } from "./interpolation-weights.ts";
import { resample } from "./resample.ts";

/** For each mode the interpolation along an axis (null: means over areas), and for how many spatial axes it is. */
const modes = {
  nearest: { along: interpolations.nearest, axes: [1, 2, 3] },
  "nearest-exact": { along: interpolations["nearest-exact"], axes: [1, 2, 3] },
  area: { along: null, axes: [1, 2, 3] },
  linear: { along: interpolations.linear, axes: [1] },
  bilinear: { along: interpolations.linear, axes: [2] },
  trilinear: { along: interpolations.linear, axes: [3] },
  bicubic: { along: interpolations.cubic, axes: [2] },
} as const;

export interface InterpolateOptions {
  /** The spatial extents of the result; one number, or one an axis. Either this or `scaleFactor`. */
  readonly size?: number | readonly number[];
  /** The spatial extents of the result as multiples of those of `x`, rounded down; one number, or one an axis. */
  readonly scaleFactor?: number | readonly number[];
  /** Default `"nearest"`. */
  readonly mode?: keyof typeof modes;
  /** The outermost elements of input and result lie on each other, instead of their outer edges; default false. Not for nearest and area. */
  readonly alignCorners?: boolean;
  /** Positions follow from the extents of the result instead of from `scaleFactor`; default false. */
  readonly recomputeScaleFactor?: boolean;
}

/**
 * Resamples the spatial axes to other extents.
 *
 * @param x [batch, channels, ...spatial axes]: one for `linear`, two for `bilinear` and `bicubic`, three for `trilinear`, any for the others
 * @throws ShapeError if the mode is not for so many axes or an axis is empty; ArgumentError if the options do not fit together
 * @see torch.nn.functional.interpolate
 * @example
 * interpolate(tensor([[[1, 2]]]), { scaleFactor: 2 }); // [[[1, 1, 2, 2]]]
 * interpolate(tensor([[[1, 2]]]), { size: 4, mode: "linear" }); // [[[1, 1.25, 1.75, 2]]]
 * interpolate(tensor([[[1, 4]]]), { size: 4, mode: "linear", alignCorners: true }); // [[[1, 2, 3, 4]]]
 */
export function interpolate(x: Tensor, options: InterpolateOptions = {}): Tensor {
  const { mode = "nearest", alignCorners } = options;
  if (!Object.hasOwn(modes, mode))
    throw new ArgumentError("interpolate", `expected a mode of ${Object.keys(modes).join(", ")}`, mode);
  const { along, axes } = modes[mode];
  const count = x.rank - 2;
  const extents = x.shape.slice(2);
  if (!axes.some((each) => each === count) || extents.includes(0)) {
    throw new ShapeError(
      "interpolate",
      [x.shape],
      `expected [batch, channels, ...${axes.join(" or ")} axes that are not empty] for mode ${mode}`,
    );
  }
  if (alignCorners !== undefined && (along === null || mode.startsWith("nearest")))
    throw new ArgumentError("interpolate", `expected no alignCorners for mode ${mode}`, alignCorners);
  const { targets, factors } = targetsOf(extents, options);
  if (along === null) return adaptiveAveragePool("interpolate", count, x, targets);
  let result = x;
  extents.forEach((extent, k) => {
    const scaling = { extent, target: targets[k], factor: factors?.[k], alignCorners: alignCorners ?? false };
    const rows = Array.from({ length: targets[k] }, (_, position) => along(position, scaling));
    result = resample(result, k - count, sparseMatrix(extent, rows));
  });
  return result;
}

/** The extents of the result, and the factors where they decide the positions. */
function targetsOf(
  extents: readonly number[],
  { size, scaleFactor, recomputeScaleFactor = false }: InterpolateOptions,
): { readonly targets: readonly number[]; readonly factors: readonly number[] | undefined } {
  if ((size === undefined) === (scaleFactor === undefined))
    throw new ArgumentError("interpolate", "expected either a size or a scaleFactor", size ?? scaleFactor);
  if (recomputeScaleFactor && scaleFactor === undefined)
    throw new ArgumentError("interpolate", "expected a scaleFactor to recompute", scaleFactor);
  const given = (size ?? scaleFactor) as number | readonly number[];
  const listed = typeof given === "number" ? extents.map(() => given) : given;
  const targets = size === undefined ? listed.map((factor, k) => Math.floor(extents[k] * factor)) : listed;
  if (listed.length !== extents.length || targets.some((target) => !Number.isInteger(target) || target < 1))
    throw new ArgumentError("interpolate", `expected ${extents.length} extents of at least 1`, given);
  return { targets, factors: size !== undefined || recomputeScaleFactor ? undefined : listed };
}
