import * as autograd from "../../../src/index.ts";
import { type OpEntry, samplesOf } from "../samples.ts";

const { binary, shaped, unary } = samplesOf("activations");

const { activations } = autograd;

const scalarActivations = Object.fromEntries(
  Object.entries(activations).map(([name, activation]): [string, OpEntry] => {
    const call = activation as (...inputs: autograd.Tensor[]) => autograd.Tensor;
    return [
      name,
      {
        samples:
          Object.keys(activation.parameters).length === 0
            ? unary(call, -4, 4)
            : binary(call, [-3, 3], [0.2, 1.5]),
        drops: name === "prelu",
      },
    ];
  }),
);

export const activationsTable: Readonly<Record<string, OpEntry>> = {
  ...scalarActivations,
  rrelu: {
    samples: [
      ...shaped((x) => autograd.rrelu(x), [[]], [[2, 3]]),
      ...shaped(
        (x) => autograd.rrelu(x, { lower: 0.1, upper: 0.9, generator: new autograd.Generator(3) }),
        [[4, 3]],
      ),
    ],
  },
  softmax: {
    samples: [
      ...shaped((x) => autograd.softmax(x), [[4]], [[2, 3]], [[2, 1]]),
      ...shaped((x) => autograd.softmax(x, 0), [[3, 2]]),
    ],
    loses: 4,
  },
  logSoftmax: {
    samples: [
      ...shaped((x) => autograd.logSoftmax(x), [[4]], [[2, 3]]),
      ...shaped((x) => autograd.logSoftmax(x, 0), [[3, 2]]),
    ],
    loses: 4,
  },
  glu: {
    samples: [
      ...shaped((x) => autograd.glu(x), [[4]], [[2, 6]]),
      ...shaped((x) => autograd.glu(x, 0), [[2, 3]]),
    ],
  },
  geglu: { samples: shaped((x) => autograd.geglu(x), [[4]], [[2, 2]]) },
  swiglu: { samples: shaped((x) => autograd.swiglu(x), [[4]], [[2, 2]]) },
};
