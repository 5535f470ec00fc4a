import { Generator } from "@isograd/autograd";
import { diagnose, formatDiagnosis, watch } from "@isograd/diagnostics";
import { optimizerOf, treat, verifyRemedies } from "@isograd/diagnostics/nn";
import { Adam, crossEntropy, type Module, type Optimizer } from "@isograd/nn";
import { type Batch, batchOf } from "../data/batches.ts";
import { type Mnist, readMnist } from "../data/mnist.ts";
import { sickNetworks } from "../networks.ts";
import type { Plan } from "../plan.ts";
import type { Job, JobRecord } from "../processes/messages.ts";
import { build } from "./build.ts";
import type { RemedyRecord, SickRecord, Sighting, TreatmentRecord } from "./records.ts";
import { trainAndRecord } from "./train.ts";

/** Told how much of the job is done, from 0 to 1, and what it is at. */
export type Report = (share: number, activity: string) => void;

/** Does one job; everything follows from its seed, not from what this process did before. */
export async function study(job: Job, report: Report): Promise<JobRecord> {
  const data = read(job.data);
  const { recipe } = sickNetworks.find(({ name }) => name === job.network) as (typeof sickNetworks)[number];
  const model = build(recipe, job.plan, generatorOf(job).fork("network"));
  return job.role === "sick" ? trainSick(model, job, data, report) : treatSick(model, job, data, report);
}

const generatorOf = ({ seed, network }: Job): Generator => new Generator(seed).fork(network);

let known: { readonly folder: string | null; readonly data: Mnist } | null = null;

/** The images; kept from one job to the next. */
function read(folder: string | null): Mnist {
  if (known === null || known.folder !== folder) known = { folder, data: readMnist(folder) };
  return known.data;
}

/** The same for sick and healed networks, but for what a treatment asks for. */
const adamFor =
  ({ learningRate }: Plan) =>
  ({ model }: { readonly model: Module }): Optimizer =>
    new Adam(model.parameters(), { learningRate });

async function trainSick(model: Module, job: Job, data: Mnist, report: Report): Promise<SickRecord> {
  let sighting: Sighting | null = null;
  const watcher = watch({
    onFinding: (finding, step) => {
      sighting ??= { step, finding };
      watcher.stop();
    },
  });
  try {
    const training = await trainWith(adamFor(job.plan)({ model }), model, job, data, (share) =>
      report(share, "training the sick one"),
    );
    return { training, sighting };
  } finally {
    watcher.stop();
  }
}

function trainWith(
  optimizer: Optimizer,
  model: Module,
  job: Job,
  data: Mnist,
  onProgress: (share: number) => void,
) {
  const { learningRate } = optimizer;
  const generator = generatorOf(job).fork("order");
  return trainAndRecord(model, { plan: job.plan, data, optimizer, learningRate, generator, onProgress });
}

/** How much of a treatment the training at its end is. */
const trainingShare = 0.6;

async function treatSick(model: Module, job: Job, data: Mnist, report: Report): Promise<TreatmentRecord> {
  const { plan, seed } = job;
  const [batch, ...trials] = drawBatches(data, plan, generatorOf(job).fork("trials"));
  report(0, "diagnosing");
  const diagnosis = diagnose(model, batch, crossEntropy, { seed });
  const remedies = verifyRemedies(model, batch, crossEntropy, diagnosis, {
    optimizer: adamFor(plan),
    batches: trials,
    seed,
    onTrial: (name, index, most) => report(((1 - trainingShare) * index) / most, `trying ${name}`),
  });
  const records = remedies.map(
    ({ remedy: { name, cures, code }, passed, evidence, trialLoss }): RemedyRecord => {
      return { name, cures, code, passed, evidence, trialLoss };
    },
  );
  const found = { diagnosis, explanation: formatDiagnosis(diagnosis), remedies: records };
  if (remedies.length === 0 || !remedies[0].passed) return { ...found, healed: null };
  const treatment = treat(model, remedies[0].remedy, { batch, seed });
  const healedDiagnosis = diagnose(treatment.model, batch, crossEntropy, { seed });
  const optimizer = optimizerOf(treatment, adamFor(plan));
  const training = await trainWith(optimizer, treatment.model, job, data, (share) =>
    report(1 - trainingShare + trainingShare * share, "training the healed one"),
  );
  return { ...found, healed: { applied: records[0], diagnosis: healedDiagnosis, training } };
}

/** A batch to examine the network with, and one for each trial step. */
function drawBatches({ training }: Mnist, plan: Plan, generator: Generator): Batch[] {
  const order = generator.permutation(plan.trainingImages);
  const sizes = [plan.examined, ...Array.from({ length: plan.trialSteps }, () => plan.batchSize)];
  let next = 0;
  return sizes.map((size) => {
    const rows = Int32Array.from({ length: size }, (_, k) => order[(next + k) % order.length]);
    next += size;
    return batchOf(training, rows);
  });
}
