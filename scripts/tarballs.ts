import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface Tarball {
  readonly manifest: Manifest;
  readonly path: string;
}

/**
 * Packs every package into `folder`, as it would be published.
 *
 * @throws Error if a package is not built, or was changed since
 */
export function packAll(folder: string): Tarball[] {
  return readdirSync("packages").map((name) => {
    const cwd = join("packages", name);
    const manifest: Manifest = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
    checkBuilt(name);
    const packed = execFileSync("pnpm", ["pack", "--json", "--pack-destination", folder], {
      cwd,
      encoding: "utf8",
    });
    return { manifest, path: JSON.parse(packed).filename };
  });
}

/** @throws Error if the package in the folder `name` is not built, or was changed since */
export function checkBuilt(name: string): void {
  const cwd = join("packages", name);
  if (newest(join(cwd, "dist")) < newest(join(cwd, "src")))
    throw new Error(`@isograd/${name}: dist is missing or older than src, run "pnpm build" first`);
}

/** Returns when something in `folder` was last written, in milliseconds; 0 if there is no such folder. */
function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(0, ...paths.map((path) => statSync(join(folder, path)).mtimeMs));
}
