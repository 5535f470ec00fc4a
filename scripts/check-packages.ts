import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packAll } from "./tarballs.ts";

// Asks publint and "are the types wrong" about the tarballs, not the folders: only a tarball shows what users get.
const folder = mkdtempSync(join(tmpdir(), "isograd-packages-"));
try {
  for (const { path } of packAll(folder)) {
    execFileSync("publint", ["run", path, "--strict"], { stdio: "inherit" });
    execFileSync("attw", [path, "--profile", "esm-only"], { stdio: "inherit" });
  }
} finally {
  rmSync(folder, { recursive: true });
}
