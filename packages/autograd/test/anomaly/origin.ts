import { detectAnomaly, NonFiniteError, type NonFiniteOrigin } from "../../src/index.ts";

/** What an error in anomaly mode carries. */
export interface Found extends NonFiniteOrigin {
  readonly message: string;
  /** File and line of the site, without the path. */
  readonly line: string;
}

/** What anomaly mode finds in `f`. */
export function originOf(f: () => unknown): Found {
  try {
    detectAnomaly(f);
  } catch (error) {
    if (!(error instanceof NonFiniteError) || error.origin === undefined) throw error;
    const line = /([^/\\]+:\d+):\d+\)?$/.exec(error.origin.site ?? "")?.[1] ?? "";
    return { ...error.origin, message: error.message, line };
  }
  throw new Error("nothing was found");
}

/** File and line that come `below` lines after the one that calls. */
export function lineBelow(below = 1): string {
  const [, file, line] = /([^/\\]+):(\d+):\d+\)?$/.exec(new Error().stack?.split("\n")[2] ?? "") ?? [];
  return `${file}:${Number(line) + below}`;
}
