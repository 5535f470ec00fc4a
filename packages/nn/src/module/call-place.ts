import { IsogradError, NonFiniteError } from "@isograd/autograd";
import { holdingsOf } from "./holdings.ts";

/** Which module is being called, and the way to it from the outermost one. */
export interface Calling {
  readonly module: object | null;
  readonly path: string;
}

/** Where a module was last found below another. */
export interface CallPlace {
  readonly parent: object;
  readonly container: object;
  readonly key: string;
  readonly path: string;
}

/** Looks for `child` among what `parent` holds, unless it is still where it was last found. */
export function findPlace(
  parent: object,
  child: object,
  known: CallPlace | undefined,
): CallPlace | undefined {
  if (
    known !== undefined &&
    known.parent === parent &&
    (known.container as Record<string, unknown>)[known.key] === child
  ) {
    return known;
  }
  const holding = holdingsOf(parent).find(({ value }) => value === child);
  return holding && { parent, container: holding.container, key: holding.key, path: holding.path };
}

const named = new WeakSet<IsogradError>();

/** Adds the path of the innermost module to the message of an error that passes. */
export function nameInError(error: unknown, path: string): void {
  // In anomaly mode the engine names the place itself.
  if (path === "" || !(error instanceof IsogradError) || error instanceof NonFiniteError || named.has(error))
    return;
  named.add(error);
  const { message, stack } = error;
  error.message = `${message} (in ${path})`;
  error.stack = stack?.replace(message, () => error.message);
}
