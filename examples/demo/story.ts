import { availableParallelism } from "node:os";
import { describeRecipe, sickNetworks } from "./networks.ts";
import type { Options } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { Job, JobRecord } from "./processes/messages.ts";
import { runJobs } from "./processes/team.ts";
import type { CaseRecord, SickRecord, Story, TreatmentRecord } from "./study/records.ts";

export interface StoryEvents {
  /** `share` of all the work is done. */
  readonly onProgress: (share: number, activity: string) => void;
  /** A job is done: in words. */
  readonly onJob: (name: string, record: JobRecord) => void;
  /** A network's story is complete; they come in order. */
  readonly onCase: (record: CaseRecord, index: number) => void;
}

/** How much of a network's work each role is, roughly: diagnosis and trials come on top of a training. */
const weights = { sick: 1, treatment: 1.6 } as const;

/** Trains, diagnoses and heals all sick networks. @throws what the jobs threw, or what `signal` was aborted with */
export async function tell(
  { seed, quick, data }: Options,
  plan: Plan,
  signal: AbortSignal,
  { onProgress, onJob, onCase }: StoryEvents,
): Promise<Story> {
  const began = performance.now();
  const jobs = jobsOf(plan, seed, data);
  const shares = jobs.map(() => 0);
  const records: (JobRecord | undefined)[] = jobs.map(() => undefined);
  const cases: CaseRecord[] = [];
  const whole = jobs.reduce((sum, { role }) => sum + weights[role], 0);
  const report = (job: number, share: number, activity: string): void => {
    shares[job] = share;
    const done = jobs.reduce((sum, { role }, k) => sum + weights[role] * shares[k], 0);
    onProgress(done / whole, activity);
  };
  await runJobs(jobs, Math.min(2, availableParallelism()), signal, {
    onProgress: (job, share, activity) => report(job, share, `${jobs[job].network}: ${activity}`),
    onDone: (job, record) => {
      records[job] = record;
      report(job, 1, "");
      onJob(jobs[job].network, record);
      for (let at = cases.length; at < sickNetworks.length; at++) {
        const complete = caseOf(at, plan, records[2 * at], records[2 * at + 1]);
        if (complete === null) return;
        cases.push(complete);
        onCase(complete, at);
      }
    },
  });
  return { plan, quick, seed, cases, seconds: (performance.now() - began) / 1000 };
}

/** Two jobs a network, the longer first: neither needs the other's result. */
function jobsOf(plan: Plan, seed: number, data: string | null): Job[] {
  return sickNetworks.flatMap(({ name: network }) =>
    (["treatment", "sick"] as const).map((role): Job => ({ network, role, plan, seed, data })),
  );
}

function caseOf(
  index: number,
  plan: Plan,
  treatment: JobRecord | undefined,
  sick: JobRecord | undefined,
): CaseRecord | null {
  if (treatment === undefined || sick === undefined) return null;
  const { name, title, recipe } = sickNetworks[index];
  return {
    key: name,
    title,
    recipe: describeRecipe(recipe, plan),
    sick: sick as SickRecord,
    treatment: treatment as TreatmentRecord,
  };
}
