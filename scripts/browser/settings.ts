import type { Means } from "./program/outcome.ts";

/** A way to serve the page. */
export interface Setting {
  readonly name: string;
  /** What the server sends along with every file. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the page then has. */
  readonly means: Means;
  /** What the browser then complains of, and rightly. */
  readonly complaint?: RegExp;
}

export const settings: readonly Setting[] = [
  {
    name: "plain",
    headers: {},
    means: { isolated: false, threads: false, evaluates: true, webAssembly: true },
  },
  {
    name: "cross-origin isolated",
    headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" },
    means: { isolated: true, threads: true, evaluates: true, webAssembly: true },
  },
  {
    name: "code from scripts alone",
    headers: { "Content-Security-Policy": "script-src 'self'" },
    means: { isolated: false, threads: false, evaluates: false, webAssembly: false },
    complaint: /Content Security Policy/,
  },
];
