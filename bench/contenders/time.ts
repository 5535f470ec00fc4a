import type { Task } from "./engine.ts";

/** Runs the task until the time is up, once at least; the time of one run in seconds. */
export async function time({ run }: Task, seconds: number): Promise<{ seconds: number; checksum: number }> {
  let checksum = 0;
  let repeats = 0;
  let elapsed = 0;
  const start = performance.now();
  while (elapsed < seconds * 1000 || repeats === 0) {
    const value = run();
    checksum += typeof value === "number" ? value : await value;
    repeats++;
    elapsed = performance.now() - start;
  }
  return { seconds: elapsed / 1000 / repeats, checksum };
}
