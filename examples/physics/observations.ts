/** Where Uranus stood, against where it should have stood. */
export interface Observation {
  /** In Julian years. */
  readonly year: number;
  /** Observed minus theoretical heliocentric longitude, in seconds of arc. */
  readonly excess: number;
  /** How far off the observation may be (one standard deviation), in seconds of arc. */
  readonly sigma: number;
}

const middle = 1810.328;
/** From one opposition of Uranus to the next, in years. */
const synodicPeriod = 1.0120897;

/**
 * Every third opposition from 1780 to 1840, means over many meridian observations; what the attraction of Jupiter and Saturn does is taken off.
 *
 * @see Adams 1846, "An explanation of the observed irregularities in the motion of Uranus"
 */
export const modern: readonly Observation[] = [
  3.46, 8.45, 12.36, 19.02, 18.68, 21.38, 20.95, 22.21, 24.16, 22.07, 23.16, 22.0, 22.88, 20.69, 20.97, 18.16,
  10.82, -3.98, -20.8, -42.66, -66.64,
].map((excess, k) => ({ year: middle + 3 * synodicPeriod * (k - 10), excess, sigma: 1 }));

/**
 * Observed minus theoretical longitude, in seconds of arc, that Adams's second planet left of the modern ones: what no planet explains.
 *
 * @see Turner 1904, "Astronomical discovery", which prints his letter
 */
export const leftByAdams: readonly number[] = [
  0.27, -0.23, -0.96, 1.82, -0.91, 0.09, -0.99, -0.04, 1.76, -0.21, 0.56, -0.94, -0.31, -2.0, 0.3, 1.92, 2.25,
  -1.06, -1.44, -1.62, 1.73,
];

/** Uranus taken for a star, before it was known as a planet: by Flamsteed, Le Monnier, Bradley and Mayer. From the same paper. */
export const ancient: readonly Observation[] = (
  [
    [1712.25, 92.7],
    [1715.23, 73.8],
    [1750.8, -47.6],
    [1753.92, -39.5],
    [1756.73, -45.7],
    [1764.04, -34.9],
    [1769.0, -19.3],
    [1771.96, -2.3],
  ] as const
).map(([year, excess]) => ({ year, excess, sigma: 5 }));

/** Flamsteed's first one, 23 December 1690, which Adams kept out of his equations; so do we, to compare with. */
export const flamsteed: Observation = { year: 1690.98, excess: 61.2, sigma: 5 };

/** What the unknowns are fitted to; the rest is for comparison. */
export const fitted: readonly Observation[] = [...ancient, ...modern];

/** What everything is counted from, in Julian years. */
export const epoch = middle;
/** The night of 23 September 1846, in Berlin. */
export const discovery = 1846.728;
