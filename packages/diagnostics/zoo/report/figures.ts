import type { Rate } from "../measures/rate.ts";

/** A share as hundredths with as many digits as it takes to tell it from 0 and 1, at least one behind the point. */
export function percent(share: number): string {
  const hundredths = 100 * share;
  const short = hundredths.toFixed(1);
  const rounded = short === "0.0" || short === "100.0";
  return `${rounded && share > 0 && share < 1 ? hundredths.toPrecision(share < 0.5 ? 1 : 5) : short} %`;
}

/** Such as `3 of 400`. */
export const countText = ({ count, of }: Rate): string => `${count} of ${of}`;

/** Such as `3 of 400 = 0.8 %`. */
export const rateText = (rate: Rate): string =>
  rate.share === null ? "-" : `${countText(rate)} = ${percent(rate.share)}`;

/** The same with the two-sided interval. */
export function intervalText(rate: Rate): string {
  if (rate.share === null) return "-";
  const [low, high] = rate.interval.map(percent);
  return `${rateText(rate)} (${low} to ${high})`;
}

/** The same with the one-sided bound. */
export const boundText = (rate: Rate): string =>
  rate.share === null ? "-" : `${rateText(rate)}, bound ${percent(rate.bound)}`;

/** The share alone. */
export const shareText = ({ share }: Rate): string => (share === null ? "-" : percent(share));

export const numberText = (value: number | null): string =>
  value === null ? "-" : String(Number(value.toPrecision(3)));
