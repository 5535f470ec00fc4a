/** A number in at most three significant digits, without noise: 0.0448, 1.2e-17, 3. */
export function short(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  return magnitude >= 1e5 || magnitude < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** A p-value: its order of magnitude is what matters. */
export function shortP(pValue: number): string {
  return pValue < 1e-300 ? "p < 1e-300" : `p = ${pValue < 1e-3 ? pValue.toExponential(0) : short(pValue)}`;
}

/** Places in order: all of a few, the first and the last of many. */
export function listPlaces(places: readonly string[]): string {
  return places.length <= 3
    ? places.join(", ")
    : `${places[0]} … ${places[places.length - 1]} (${places.length} layers)`;
}
