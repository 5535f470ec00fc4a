/** A share as a percentage: `94.3 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A factor in two significant digits: `0.45`, `3.1e8`, `0`. */
export function factor(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude >= 0.01 && magnitude < 1000) return String(Number(value.toPrecision(2)));
  return value.toExponential(1).replace("e+", "e");
}

/** A loss in three significant digits: `2.3`, `61.9`, `1.2e9`. */
export function lossText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1e4
    ? value.toExponential(1).replace("e+", "e")
    : String(Number(value.toPrecision(3)));
}

export const count = (value: number): string => value.toLocaleString("en-US");
