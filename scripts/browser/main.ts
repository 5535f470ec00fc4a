/**
 * Trains in Chromium with the built packages, and compares what comes of it with Node's: `pnpm browser`, after `pnpm build`.
 *
 * One program is bundled as a site would be and runs, from the same files, on pages and in Node. A page and a Node of the same means
 * agree to the bit where no exponential, logarithm or power is taken: there engines differ in the last digit, and a bound holds. It
 * holds also for Node as it is by default, which may round sums of products differently.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "./bundle.ts";
import { startChromium, visitPage } from "./chromium.ts";
import { compare, words } from "./compare.ts";
import { faultsOf } from "./judge.ts";
import { runInNode } from "./node.ts";
import { whileServing } from "./server.ts";
import { settings } from "./settings.ts";
import { sourceLine } from "./source-line.ts";

const folder = mkdtempSync(join(tmpdir(), "isograd-browser-"));
const faults: string[] = [];
try {
  await bundleProgram(folder);
  const usual = runInNode(folder);
  const browser = await startChromium();
  try {
    console.log(`Chromium ${browser.version()}, Node ${process.versions.node}`);
    for (const setting of settings) {
      const alike = runInNode(folder, setting.means);
      await whileServing(folder, setting.headers, async (address) => {
        const visit = await visitPage(browser, address);
        console.log(`\n${setting.name}`);
        for (const difference of compare(visit.outcome.series, alike.series, true))
          console.log(`  ${difference.name}: ${words(difference)}`);
        const lineOf = (frame: string): string => sourceLine(folder, frame);
        faults.push(...faultsOf(setting, visit, { alike, usual }, lineOf));
      });
    }
  } finally {
    await browser.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
