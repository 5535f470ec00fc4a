/** Runs an example until it ends or Ctrl-C stops it; `note` is said then. */
export async function untilInterrupted(
  run: (args: readonly string[], print: (line: string) => void, signal: AbortSignal) => unknown,
  note = "",
): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  try {
    await run(process.argv.slice(2), console.log, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error(`stopped by Ctrl-C${note}`);
    process.exitCode = 130;
  }
}
