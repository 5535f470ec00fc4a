import { createRequire } from "node:module";

/** The part of koffi that is used, typed here because it may not be installed. */
export interface Koffi {
  load(path: string): KoffiLibrary;
}

export interface KoffiLibrary {
  /** @throws Error if the library has no function of that name */
  func(name: string, result: string, parameters: readonly string[]): (...values: unknown[]) => unknown;
}

/** @throws Error if koffi is not installed, or not for this machine */
export function loadKoffi(): Koffi {
  return createRequire(import.meta.url)("koffi");
}
