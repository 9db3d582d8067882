import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** One process to be run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** What is timed: processes one after the other, and what makes the ground ready, outside the clock. */
export interface Work {
  readonly name: string;
  readonly commands: readonly Command[];
  readonly before?: () => void;
}

/** Milliseconds: medians over all runs; processor time of all processes together, where the system tells. */
export interface Time {
  readonly wall: number;
  readonly cpu: number | null;
}

/** Times two works in turns, so that what else the machine does falls on both alike; the first turn is thrown away. */
export function compare(one: Work, other: Work, runs: number): [Time, Time] {
  const times: [Time[], Time[]] = [[], []];
  for (let turn = 0; turn <= runs; turn++) {
    const pair = [time(one), time(other)] as const;
    if (turn === 0) continue;
    times[0].push(pair[0]);
    times[1].push(pair[1]);
  }
  return [middle(times[0]), middle(times[1])];
}

/** Times one work once. */
export function time(work: Work): Time {
  work.before?.();
  const cpu = childTime();
  const start = process.hrtime.bigint();
  for (const command of work.commands) run(command);
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  const after = childTime();
  return { wall, cpu: cpu === null || after === null ? null : after - cpu };
}

function run({ program, args, cwd, env, input = "" }: Command): void {
  const ran = spawnSync(program, args, { cwd, env, input, maxBuffer: 1 << 28 });
  if (ran.error) throw ran.error;
  // 1 means that decisions are ahead; anything else that the work was not done.
  if (ran.status !== 0 && ran.status !== 1) {
    throw new Error(`${program} ${args.join(" ")} ended with ${ran.status}\n${ran.stdout}${ran.stderr}`);
  }
}

/** Processor time of ended children, in milliseconds; only Linux tells it without a helper. */
function childTime(): number | null {
  if (process.platform !== "linux") return null;
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ") ?? [];
  return 10 * (Number(fields[13]) + Number(fields[14]));
}

function middle(times: readonly Time[]): Time {
  const median = (figures: readonly number[]): number =>
    [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
  const cpu = times.flatMap((each) => (each.cpu === null ? [] : [each.cpu]));
  // The system counts in hundredths of a second, so the mean says more than the middle one.
  const mean = cpu.length === 0 ? null : cpu.reduce((sum, each) => sum + each, 0) / cpu.length;
  return { wall: median(times.map(({ wall }) => wall)), cpu: mean };
}
