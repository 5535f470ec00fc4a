import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the peers live: no user installs them, and git does not see them. */
export const cache = fileURLToPath(new URL("../../node_modules/.cache/isograd-bench", import.meta.url));

export const peers = {
  "@tensorflow/tfjs": "4.22.0",
  "@tensorflow/tfjs-backend-wasm": "4.22.0",
  "@jax-js/jax": "0.1.25",
  deepbox: "1.0.0",
  "numpy-ts": "1.7.0",
} as const;

/** Installs what is missing. @returns for each peer that there is not, why */
export function installPeers(): ReadonlyMap<string, string> {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), '{ "private": true, "type": "module" }\n');
  const absent = new Map<string, string>();
  for (const [name, version] of Object.entries(peers)) {
    if (versionOf(name) === version) continue;
    try {
      execFileSync(
        "npm",
        ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", `${name}@${version}`],
        { cwd: cache, stdio: "pipe", timeout: 120_000 },
      );
    } catch (error) {
      absent.set(name, `cannot be installed: ${String(error).split("\n")[0]}`);
    }
  }
  return absent;
}

function versionOf(name: string): string | null {
  try {
    return JSON.parse(readFileSync(join(cache, "node_modules", name, "package.json"), "utf8")).version;
  } catch {
    return null;
  }
}
