/** What one position of the result reads along an axis: places of the input and their weights. */
export type Taps = readonly (readonly [place: number, weight: number])[];

/** How positions of the result map to positions of the input along one axis. */
export interface Scaling {
  readonly extent: number;
  readonly target: number;
  /** The factor that was asked for; undefined: the quotient of the extents. */
  readonly factor: number | undefined;
  /** The outermost elements of both lie on each other, instead of their outer edges. */
  readonly alignCorners: boolean;
}

/** Turns a position of the result into what it reads. */
export type Interpolation = (position: number, scaling: Scaling) => Taps;

const scaleOf = ({ extent, target, factor }: Scaling): number =>
  factor === undefined ? extent / target : 1 / factor;

/** Where in the input a position of the result lies. */
function sourceOf(position: number, scaling: Scaling): number {
  const { extent, target, alignCorners } = scaling;
  if (alignCorners) return target > 1 ? position * ((extent - 1) / (target - 1)) : 0;
  return scaleOf(scaling) * (position + 0.5) - 0.5;
}

/** The element at or before a place, rounded to single precision first: an error below a whole number must not pick the one before it. */
const elementAt = (place: number, { extent }: Scaling): Taps => [
  [Math.min(Math.floor(Math.fround(place)), extent - 1), 1],
];

const nearest: Interpolation = (position, scaling) => elementAt(position * scaleOf(scaling), scaling);

const nearestExact: Interpolation = (position, scaling) =>
  elementAt(Math.max(0, sourceOf(position, scaling)) + 0.5, scaling);

const linear: Interpolation = (position, scaling) => {
  const last = scaling.extent - 1;
  if (scaling.extent === scaling.target) return [[position, 1]];
  const source = Math.max(0, sourceOf(position, scaling));
  const place = Math.min(Math.floor(source), last);
  const part = Math.min(source - place, 1);
  return place === last
    ? [[place, 1]]
    : [
        [place, 1 - part],
        [place + 1, part],
      ];
};

/** The weights of the four elements around a position that lies `t` behind the second; a = -3/4. @see Keys 1981, "Cubic convolution" */
export const cubicWeights = {
  near: (t: number): number => (1.25 * t - 2.25) * t * t + 1,
  far: (t: number): number => ((-0.75 * t + 3.75) * t - 6) * t + 3,
} as const;

const cubic: Interpolation = (position, scaling) => {
  const source = sourceOf(position, scaling);
  const place = Math.floor(source);
  const t = source - place;
  const { near, far } = cubicWeights;
  const weights = [far(t + 1), near(t), near(1 - t), far(2 - t)];
  return weights.map((weight, k) => {
    const tap = place - 1 + k;
    return [Math.min(Math.max(tap, 0), scaling.extent - 1), weight] as const;
  });
};

/** The interpolations, by name. What several axes have in common is one function an axis. */
export const interpolations = { nearest, "nearest-exact": nearestExact, linear, cubic } as const;
