import { isReal, type Law, outputsOf, withValues } from "./subject.ts";

/** NaN passes through: what a NaN changes becomes NaN, and, unless the op drops elements, it changes something. */
export const passesNaN: Law = (subject) => {
  const { inputs, drops } = subject;
  const before = outputsOf(subject, inputs).map((output) => output.values());
  const size = before.reduce((total, { length }) => total + length, 0);
  const broken: string[] = [];
  inputs.forEach((input, position) => {
    for (let k = 0; isReal(input) && k < input.size; k++) {
      const spoiled = withValues(input, (j, value) => (j === k ? Number.NaN : value));
      const after = outputsOf(
        subject,
        inputs.map((x, j) => (j === position ? spoiled : x)),
      );
      let changed = 0;
      after.forEach((output, j) => {
        output.values().forEach((value, i) => {
          if (Object.is(value, before[j][i])) return;
          changed++;
          if (isReal(output) && !Number.isNaN(value))
            broken.push(
              `NaN in element ${k} of input ${position} gives ${value} in element ${i} of result ${j}`,
            );
        });
      });
      if (!drops && size > 0 && changed === 0)
        broken.push(`NaN in element ${k} of input ${position} changes nothing`);
    }
  });
  return broken;
};
