import type { Generator } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import type { Task } from "../task.ts";

/** A healthy setting that a competent engineer would choose. */
export interface Member {
  readonly name: string;
  readonly setting: Setting;
}

/** A population of networks on a kind of data. */
export interface Family {
  readonly name: string;
  /** What it is like, for the report. */
  readonly description: string;
  readonly kind: Task["kind"];
  /** How layers are joined: which faults and oddities have a place. */
  readonly network: "plain" | "convolutional" | "residual" | "rnn" | "lstm" | "texts";
  /** Whether much of an input can be missing and it still says the same, as of images. */
  readonly isRedundant: boolean;
  readonly task: (generator: Generator) => Task;
  /** The grid of healthy settings; what a seed draws, such as the depth, is the same for all of them. */
  readonly grid: (generator: Generator) => readonly Member[];
  readonly build: (setting: Setting, task: Task, generator: Generator) => Module;
  /** Rules of all tools are told of one training step in so many. */
  readonly observedEvery: number;
}

/** Whether layers go through time: depth is a matter of the task then. */
export const isRecurrent = ({ network }: Family): boolean => network === "rnn" || network === "lstm";
