import { readMnist } from "./data/mnist.ts";
import { sickNetworks } from "./networks.ts";
import { count, percent } from "./numbers.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import type { Output } from "./output.ts";
import { type Plan, planFor } from "./plan.ts";
import { exitCodes, Problem } from "./problem.ts";
import type { JobRecord } from "./processes/messages.ts";
import { checkWritable, writeWhole } from "./report/write.ts";
import { tell } from "./story.ts";
import { isHealed, type Story } from "./study/records.ts";
import { caseText, type TextStyle } from "./terminal/case-text.ts";
import { paintFor } from "./terminal/paint.ts";
import { showProgress } from "./terminal/progress.ts";
import { summaryTable } from "./terminal/summary-table.ts";

/** Runs the whole demonstration. @throws Problem for what the user can put right, and when `signal` is aborted */
export async function run(args: readonly string[], output: Output, signal: AbortSignal): Promise<void> {
  const options = parseOptions(args);
  const print = (...lines: readonly string[]): void => void output.write(`${lines.join("\n")}\n`);
  if (options.help) return print(usage);
  checkWritable(options.out);
  const style: TextStyle = { paint: paintFor(output), width: Math.min(output.columns ?? 110, 120) };
  const plan = planFor(readMnist(options.data), options.quick);
  print(...opening(options, plan, style));
  const story = await tellAndShow(options, plan, output, signal, style);
  const { reportPage } = await import("./report/page.ts");
  writeWhole(options.out, reportPage(story));
  print("", summaryTable(story.cases, style.paint), "", ...closing(story, options));
}

async function tellAndShow(
  options: Options,
  plan: Plan,
  output: Output,
  signal: AbortSignal,
  style: TextStyle,
): Promise<Story> {
  const finished: string[] = [];
  let done = 0;
  const progress = showProgress(output);
  try {
    return await tell(options, plan, signal, {
      onProgress: (share, activity) => {
        done = share;
        progress.update(share, activity);
      },
      onJob: (network, record) => {
        const line = jobText(network, record);
        finished.push(line);
        progress.milestone(line);
      },
      onCase: (record, index) =>
        progress.print([
          "",
          ...caseText(
            record,
            `${index + 1}/${sickNetworks.length}  ${record.treatment.diagnosis.verdict}: ${record.title}`,
            style,
          ),
          "",
        ]),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    const { message, exitCode } = signal.reason as Problem;
    throw new Problem(
      `${message} at ${Math.floor(100 * done)} %; finished: ${finished.length === 0 ? "nothing yet" : finished.join("; ")}. No report was written.`,
      exitCode,
    );
  } finally {
    progress.end();
  }
}

function jobText(network: string, record: JobRecord): string {
  if ("training" in record) return `${network}, sick: test accuracy ${percent(record.training.testAccuracy)}`;
  const { diagnosis, healed } = record;
  return healed === null
    ? `${network}: ${diagnosis.verdict}, no remedy passed`
    : `${network}: ${diagnosis.verdict}, healed by ${healed.applied.name}: test accuracy ${percent(healed.training.testAccuracy)}`;
}

function opening({ quick, seed }: Options, plan: Plan, { paint }: TextStyle): string[] {
  const { layers, trainingImages, testImages, epochs, batchSize, learningRate } = plan;
  return [
    paint.bold(
      `isograd: ${sickNetworks.length} sick networks of ${layers} layers on MNIST, diagnosed and healed`,
    ),
    `${count(trainingImages)} training images, ${count(testImages)} for the test; ${epochs} epochs of batches of ${batchSize}, Adam up to ${learningRate}, seed ${seed}`,
    ...(quick
      ? [paint.warn("quick: fewer layers and images than the whole demonstration, so lower accuracy")]
      : []),
    "",
  ];
}

function closing({ cases, seconds }: Story, { out }: Options): string[] {
  return [
    `${cases.filter(isHealed).length} of ${cases.length} sick networks healed, in ${seconds.toFixed(0)} s`,
    `report: ${out}`,
  ];
}

/** What the process exits with, and says, after `error`. */
export function farewell(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof Problem) return { text: `isograd demo: ${error.message}`, exitCode: error.exitCode };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text, exitCode: exitCodes.failed };
}
