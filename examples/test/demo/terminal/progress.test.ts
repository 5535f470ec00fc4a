import { describe, expect, it } from "vitest";
import { showBar, showLines, showProgress } from "../../../demo/terminal/progress.ts";

/** A terminal that keeps what is written to it. */
function terminal(isTTY: boolean) {
  const written: string[] = [];
  const output = {
    isTTY,
    columns: 80,
    write: (text: string): boolean => {
      written.push(text);
      return true;
    },
    cursorTo: () => true,
    clearLine: () => true,
  };
  return { output: output as never, text: () => written.join("") };
}

describe("showLines", () => {
  it("prints milestones with the share that is done, and no control codes", () => {
    const { output, text } = terminal(false);
    const progress = showLines(output);
    progress.update(0.256, "training");
    progress.milestone("sigmoid, sick");
    progress.print(["a", "b"]);
    progress.end();
    expect(text()).toBe("[ 25 %] sigmoid, sick\na\nb\n");
  });
});

describe("showBar", () => {
  it("draws the share and what is going on, and cleans up after itself", () => {
    const { output, text } = terminal(true);
    const progress = showBar(output, () => 0);
    progress.update(0.5, "sigmoid: diagnosing");
    progress.milestone("done with it");
    progress.end();
    expect(text()).toContain("50 %  0 s  sigmoid: diagnosing");
    expect(text()).toContain("done with it\n");
    const last = (code: string) => text().lastIndexOf(code);
    expect(last("\u001b[?25h")).toBeGreaterThan(last("\u001b[?25l")); // the cursor is shown again
    expect(last("\u001b[?7h")).toBeGreaterThan(last("\u001b[?7l")); // lines wrap again
  });

  it("leaves no timer that keeps the process alive, nor writes after the end", () => {
    const { output, text } = terminal(true);
    const progress = showBar(output);
    progress.end();
    const before = text();
    progress.update(0.9, "late");
    expect(text()).toBe(before);
  });
});

describe("showProgress", () => {
  it("draws a bar on a terminal only", () => {
    const [pipe, screen] = [terminal(false), terminal(true)];
    showProgress(pipe.output).end();
    showProgress(screen.output).end();
    expect(pipe.text()).toBe("");
    expect(screen.text()).not.toBe("");
  });
});
