import { createColors } from "picocolors";

/** How a step tells what it is doing while it runs, and what came of it. */
export interface Report {
  /** What is awaited now; shown while it lasts. */
  doing(text: string): void;
  /** A line about the result, shown below the step when it has ended. */
  note(line: string): void;
}

/** What a person sees of the job. */
export interface Screen {
  title(text: string, lines: readonly string[]): void;
  say(line: string): void;
  /** Runs a step and shows its title, its time and its notes; passes on what it throws. */
  step<T>(title: string, work: (report: Report) => Promise<T>): Promise<T>;
  /** How long each step took. */
  times(): void;
  success(line: string): void;
  failure(message: string, advice: readonly string[]): void;
  /** Whether there is a terminal to ask at. */
  readonly interactive: boolean;
}

/** Where a screen writes to; process.stdout is one. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MS = 80;
/** Without a terminal, a sign of life at this distance. */
const STILL_WAITING_MS = 10_000;
const TITLE_WIDTH = 34;

/** A screen on a terminal: colours and a moving line while something is awaited; elsewhere plain lines. */
export function createScreen(output: Output, environment: NodeJS.ProcessEnv): Screen {
  const terminal = output.isTTY === true && !isTrue(environment["CI"]);
  const colors = createColors(terminal && !environment["NO_COLOR"]);
  const times: Time[] = [];
  const line = (text = "") => output.write(`${text}\n`);
  return {
    interactive: terminal,
    title: (text, lines) => {
      line(`\n${colors.bold(text)}`);
      for (const each of lines) line(colors.dim(each));
      line();
    },
    say: line,
    async step(title, work) {
      const notes: string[] = [];
      const begin = performance.now();
      const progress = terminal ? spinner(output, title, colors.cyan) : heartbeat(line, title);
      let mark = colors.red("✗");
      try {
        const result = await work({ doing: progress.doing, note: (text) => notes.push(text) });
        mark = colors.green("✓");
        return result;
      } finally {
        progress.stop();
        const ms = performance.now() - begin;
        times.push({ title, ms });
        line(`${mark} ${title.padEnd(TITLE_WIDTH)} ${colors.dim(seconds(ms))}`);
        for (const note of notes) line(`    ${colors.dim(note)}`);
      }
    },
    times: () => {
      line(`\n${colors.bold("Time of each step")}`);
      for (const each of table(times, colors)) line(`  ${each}`);
    },
    success: (text) => line(`\n${colors.green("✓")} ${colors.bold(text)}`),
    failure: (message, advice) => {
      line(`\n${colors.red("✗")} ${message}`);
      for (const each of advice) line(`  ${each}`);
    },
  };
}

interface Time {
  readonly title: string;
  readonly ms: number;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

interface Progress {
  doing(text: string): void;
  stop(): void;
}

function spinner(output: Output, title: string, paint: (text: string) => string): Progress {
  const begin = performance.now();
  let awaited = "";
  let frame = 0;
  const draw = () => {
    const time = seconds(performance.now() - begin);
    const sign = paint(FRAMES[frame++ % FRAMES.length] ?? "");
    output.write(`\r\u001b[2K${sign} ${title.padEnd(TITLE_WIDTH)} ${time}  ${awaited}`);
  };
  draw();
  const timer = setInterval(draw, FRAME_MS);
  return {
    doing: (text) => {
      awaited = text;
    },
    stop: () => {
      clearInterval(timer);
      output.write("\r\u001b[2K");
    },
  };
}

function heartbeat(line: (text: string) => void, title: string): Progress {
  const begin = performance.now();
  let awaited = "";
  const timer = setInterval(() => {
    line(`  ${title}: ${awaited || "working"} (${seconds(performance.now() - begin)})`);
  }, STILL_WAITING_MS);
  return {
    doing: (text) => {
      awaited = text;
    },
    stop: () => clearInterval(timer),
  };
}

function table(times: readonly Time[], { bold, cyan }: ReturnType<typeof createColors>): string[] {
  const total = { title: "Total", ms: times.reduce((sum, { ms }) => sum + ms, 0) };
  const rows = times.map((each) => `${row(each)}  ${cyan(bar(each.ms, total.ms))}`.trimEnd());
  return [...rows, bold(row(total))];
}

function row({ title, ms }: Time): string {
  return `${title.padEnd(TITLE_WIDTH)} ${seconds(ms).padStart(7)}`;
}

function bar(ms: number, total: number): string {
  return "▇".repeat(Math.round((ms / total) * 40));
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
