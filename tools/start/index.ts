/** The main job, behind `npm start`. */
import { Interrupted, JobFailure } from "./failure";
import { readOptions, USAGE } from "./options";
import { runOn } from "./run";
import { createScreen, type Screen } from "./screen";

/** What shells report of a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

async function main(): Promise<number> {
  const screen = createScreen(process.stdout, process.env);
  const interruption = new AbortController();
  const stop = () => {
    if (!interruption.signal.aborted)
      screen.say("\nStopping; what is under way is brought to its end. Ctrl-C once more drops it.");
    interruption.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) screen.say(USAGE);
    else await runOn(options, screen, interruption.signal);
    return 0;
  } catch (error) {
    return tell(error, screen);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function tell(error: unknown, screen: Screen): number {
  if (error instanceof Interrupted) {
    screen.failure(error.message, error.advice);
    return INTERRUPTED;
  }
  const { name, message } = error as Error;
  const known = error instanceof JobFailure || name === "EngineNotFound";
  screen.failure(known ? message : `${name}: ${message}`, error instanceof JobFailure ? error.advice : []);
  return 1;
}

main().then((code) => {
  process.exitCode = code;
});
