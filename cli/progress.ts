import { createSpinner } from "nanospinner";

/** What takes less time needs no word. */
const WORTH_MENTIONING_MS = 2_000;

/**
 * Does something that may take long. After two seconds standard error shows what is under way: a line that changes on a
 * terminal, one line elsewhere.
 *
 * @param work Given a function by which it says what it is doing now.
 */
export async function withProgress<T>(
  text: string,
  work: (doing: (text: string) => void) => Promise<T>,
): Promise<T> {
  // A terminal of no known width, as containers may have, would be cleared without end.
  const isTerminal = process.stderr.isTTY && process.stderr.columns > 0;
  const spinner = createSpinner(text, { stream: process.stderr });
  let shown = false;
  let latest = text;
  const timer = setTimeout(() => {
    shown = true;
    if (isTerminal) spinner.start({ text: latest });
    else process.stderr.write(`${latest} ...\n`);
  }, WORTH_MENTIONING_MS);
  try {
    return await work((doing) => {
      latest = doing;
      if (shown && isTerminal) spinner.update({ text: doing });
    });
  } finally {
    clearTimeout(timer);
    if (shown && isTerminal) spinner.stop();
  }
}
