import cliProgress from "cli-progress";
import type { Output } from "../output.ts";

/** Shows how far a run is: by a bar on a terminal, by lines elsewhere. */
export interface Progress {
  /** `share` of the work is done, from 0 to 1. */
  update(share: number, activity: string): void;
  /** Something is finished: in one line. */
  milestone(line: string): void;
  /** Prints lines that stay. */
  print(lines: readonly string[]): void;
  /** Clears the bar; nothing more will be shown. */
  end(): void;
}

/** One line a milestone, with the share of the work that is done. */
export function showLines(output: Output): Progress {
  let done = 0;
  const print = (lines: readonly string[]): void => void output.write(`${lines.join("\n")}\n`);
  return {
    update: (share) => {
      done = share;
    },
    milestone: (line) => print([`[${String(Math.floor(100 * done)).padStart(3)} %] ${line}`]),
    print,
    end: () => {},
  };
}

const resolution = 1000;

/** A bar on the last line; what is printed goes above it. */
export function showBar(output: Output, now: () => number = () => performance.now()): Progress {
  const began = now();
  const bar = new cliProgress.SingleBar(
    {
      stream: output as NodeJS.WritableStream,
      format: "{bar} {percentage} %  {elapsed} s  {activity}",
      barsize: 28,
      clearOnComplete: true,
      hideCursor: true,
      linewrap: false,
      gracefulExit: false, // who runs this ends the bar, however the run ends
    },
    cliProgress.Presets.shades_classic,
  );
  let value = 0;
  let activity = "starting";
  const payload = () => ({ activity, elapsed: Math.floor((now() - began) / 1000) });
  const start = (): void => bar.start(resolution, value, payload());
  const print = (lines: readonly string[]): void => {
    bar.stop();
    output.write(`${lines.join("\n")}\n`);
    start();
  };
  start();
  return {
    update: (share, current) => {
      value = Math.floor(resolution * share);
      if (current !== "") activity = current;
      bar.update(value, payload());
    },
    milestone: (line) => print([line]),
    print,
    end: () => bar.stop(),
  };
}

/** A bar on a terminal, lines elsewhere. */
export const showProgress = (output: Output): Progress =>
  output.isTTY === true ? showBar(output) : showLines(output);
