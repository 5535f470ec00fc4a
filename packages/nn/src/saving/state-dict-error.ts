import { type Dtype, IsogradError, type Shape } from "@isograd/autograd";

/** A value that does not fit the place of its name, or two that differ, for one place. */
export interface Misfit {
  readonly name: string;
  readonly expected: { readonly shape: Shape; readonly dtype: Dtype };
  readonly received: { readonly shape: Shape; readonly dtype: Dtype };
  /** In words. */
  readonly reason: string;
}

export interface LoadReport {
  /** What the module holds and the values do not name. */
  readonly missing: readonly string[];
  /** What the values name and the module does not hold. */
  readonly unexpected: readonly string[];
}

/**
 * The values do not fit the module: everything that is wrong with them at once. Nothing was changed.
 *
 * @example
 * loadStateDict(new Linear({ inFeatures: 2, outFeatures: 1 }), stateDict(model)); // throws StateDictError
 */
export class StateDictError extends IsogradError implements LoadReport {
  override readonly name = "StateDictError";

  constructor(
    readonly missing: readonly string[],
    readonly unexpected: readonly string[],
    readonly misfits: readonly Misfit[],
  ) {
    const parts = [
      sentence("missing", missing),
      sentence("unexpected", unexpected),
      sentence(
        "not fitting",
        misfits.map(({ name, reason }) => `${name} (${reason})`),
      ),
    ].filter((part) => part !== "");
    super(`loadStateDict: expected the parameters and buffers of the module; ${parts.join("; ")}`);
  }
}

const shown = 8;

const sentence = (what: string, names: readonly string[]): string =>
  names.length === 0
    ? ""
    : `${what}: ${names.slice(0, shown).join(", ")}${names.length > shown ? ` and ${names.length - shown} more` : ""}`;
