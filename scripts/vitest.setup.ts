import { Console } from "node:console";
import { Writable } from "node:stream";
import fc from "fast-check";
import { afterAll, afterEach } from "vitest";

// One seed for every run, so that a failure repeats; FC_SEED=<integer> explores another.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20) });

// Libraries that print are a nuisance: whatever reaches the console fails the test that was running.
const printed: string[] = [];
const sink = new Writable({
  write(chunk, _encoding, done) {
    printed.push(String(chunk));
    done();
  },
});
globalThis.console = new Console({ stdout: sink, stderr: sink, colorMode: false });

function failOnOutput(): void {
  const text = printed.splice(0).join("");
  if (text !== "") throw new Error(`the console must stay silent during a test, got:\n${text}`);
}
afterEach(failOnOutput);
afterAll(failOnOutput);
