import type { Ops } from "../workloads/ops.ts";
import type { Engine, Job } from "./engine.ts";

/** The part of jax-js that is used: it is installed by the benchmark, so its types are not at hand. */
interface Tensor {
  readonly shape: number[];
  readonly ref: Tensor;
  reshape(shape: readonly number[]): Tensor;
  dispose(): void;
  data(): Promise<Float32Array>;
  blockUntilReady(): Promise<unknown>;
}
type Many = (...operands: unknown[]) => Tensor;
interface Library {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  jit<F>(f: F): F;
  valueAndGrad(
    f: (parameters: Tensor[], data: Tensor[]) => Tensor,
  ): (parameters: Tensor[], data: Tensor[]) => [value: Tensor, gradients: Tensor[]];
  readonly numpy: Record<string, Many> & { split(x: Tensor, parts: number, axis: number): Tensor[] };
  readonly nn: Record<string, Many>;
  readonly lax: { conv(x: Tensor, filter: Tensor, strides: number[], padding: string): Tensor };
}

/**
 * jax-js passes ownership with every argument. Here each operation takes references of its operands, and what a program made is let go
 * when it ends.
 */
export async function jax(mode: "eager" | "jit"): Promise<Engine<Tensor>> {
  const name = "@jax-js/jax";
  const library: Library = await import(name);
  const { numpy: np, nn, lax, jit, valueAndGrad } = library;
  await library.init("wasm");
  library.defaultDevice("wasm");

  const made: Tensor[] = [];
  const note = (tensor: Tensor): Tensor => {
    made.push(tensor);
    return tensor;
  };
  const lift =
    (f: Many): Many =>
    (...operands) =>
      note(f(...operands.map((operand) => (isTensor(operand) ? operand.ref : operand))));
  const [add, sub, mul, matmul, sqrt] = [np.add, np.subtract, np.multiply, np.matmul, np.sqrt].map(lift);
  const [mean, square, sum, divide, negative] = [np.mean, np.square, np.sum, np.trueDivide, np.negative].map(
    lift,
  );
  const transpose = lift(np.matrixTranspose);
  const reshape = lift((x, shape) => (x as Tensor).reshape(shape as number[]));

  const ops: Ops<Tensor> = {
    matmul: (a, b, transposeA, transposeB) =>
      matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b),
    add,
    mul,
    scale: mul,
    exp: lift(np.exp),
    tanh: lift(np.tanh),
    sigmoid: lift(nn.sigmoid),
    gelu: lift((x) => nn.gelu(x, { approximate: false })),
    relu: lift(nn.relu),
    sum: (x) => sum(x),
    softmax: lift((x) => nn.softmax(x, -1)),
    layerNorm: (x, weight, bias) => {
      const centred = sub(x, mean(x, -1, { keepdims: true }));
      const variance = mean(square(centred), -1, { keepdims: true });
      return add(mul(divide(centred, sqrt(add(variance, 1e-5))), weight), bias);
    },
    linear: (x, weight, bias) => add(matmul(x, weight), bias),
    crossEntropy: (logits, labels) =>
      negative(mean(sum(mul(labels, lift((x) => nn.logSoftmax(x, -1))(logits)), -1))),
    mse: (x, y) => mean(square(sub(x, y))),
    conv2d: (x, filter, bias) =>
      add(
        lift((a, b) => lax.conv(a as Tensor, b as Tensor, [1, 1], "VALID"))(x, filter),
        reshape(bias, [-1, 1, 1]),
      ),
    maxPool2d: (x, size) => {
      const [batch, channels, height, width] = x.shape;
      return lift(np.max)(reshape(x, [batch, channels, height / size, size, width / size, size]), [3, 5]);
    },
    flatten: (x) => reshape(x, [x.shape[0], x.shape.slice(1).reduce((size, extent) => size * extent, 1)]),
    reshape,
    permute: lift((x, axes) => np.transpose(x, axes)),
    split: (x, parts) => np.split(x.ref, parts, -1).map(note),
    select: (x, index) => lift((y) => (y as { slice(index: number): Tensor }).slice(index))(x),
  };

  /** The program as a function that owns its arguments; of what it makes only the result stays. */
  const owning =
    ({ f }: Job<Tensor>) =>
    (parameters: Tensor[], data: Tensor[]): Tensor => {
      const before = made.length;
      const result = f(parameters, data).ref;
      for (const tensor of [...made.splice(before), ...parameters, ...data]) tensor.dispose();
      return result;
    };
  const compile = <F>(f: F): F => (mode === "jit" ? jit(f) : f);
  const references = (tensors: readonly Tensor[]): Tensor[] => tensors.map(({ ref }) => ref);
  const values = new Map<Job<Tensor>, ReturnType<typeof owning>>();
  const gradients = new Map<Job<Tensor>, ReturnType<Library["valueAndGrad"]>>();
  const once = <F>(cache: Map<Job<Tensor>, F>, job: Job<Tensor>, make: () => F): F => {
    const known = cache.get(job) ?? compile(make());
    cache.set(job, known);
    return known;
  };

  return {
    ops,
    load: (values, input) => {
      const dtype = { f32: np.float32, f64: np.float64, i32: np.int32 }[input.dtype];
      const loaded = np.array(values, { dtype, shape: input.shape });
      const shaped = loaded.reshape(input.shape);
      return "classes" in input.content ? nn.oneHot(shaped, input.content.classes) : shaped;
    },
    read: (tensor) => tensor.ref.data(),
    first: async (tensor) => (await tensor.ref.data())[0],
    value: async (job, use) => {
      const value = once(values, job, () => owning(job))([], references(job.data));
      await value.blockUntilReady();
      const used = await use(value);
      value.dispose();
      return used;
    },
    gradient: async (job, use) => {
      const differentiated = once(gradients, job, () => valueAndGrad(owning(job)));
      const [value, found] = differentiated(references(job.parameters), references(job.data));
      for (const gradient of found) await gradient.blockUntilReady();
      const used = await use(value, found);
      for (const tensor of [value, ...found]) tensor.dispose();
      return used;
    },
    trainer: (job, rate) => {
      let parameters = [...job.parameters];
      const differentiated = valueAndGrad(owning(job));
      const descend = compile((present: Tensor[], data: Tensor[]): [Tensor, Tensor[]] => {
        const [loss, found] = differentiated(references(present), data);
        return [loss, present.map((values, k) => np.subtract(values, np.multiply(found[k], rate)))];
      });
      return {
        parameters: () => parameters,
        step: async () => {
          const [loss, moved] = descend(parameters, references(job.data));
          parameters = moved;
          for (const tensor of parameters) await tensor.blockUntilReady();
          return (await loss.data())[0];
        },
      };
    },
  };
}

const isTensor = (operand: unknown): operand is Tensor =>
  typeof operand === "object" && operand !== null && "ref" in operand;
