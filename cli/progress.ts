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
  const spinner = createSpinner(text, { stream: process.stderr });
  let shown = false;
  let latest = text;
  const timer = setTimeout(() => {
    shown = true;
    if (process.stderr.isTTY) spinner.start({ text: latest });
    else process.stderr.write(`${latest} ...\n`);
  }, WORTH_MENTIONING_MS);
  try {
    return await work((doing) => {
      latest = doing;
      if (shown && process.stderr.isTTY) spinner.update({ text: doing });
    });
  } finally {
    clearTimeout(timer);
    if (shown && process.stderr.isTTY) spinner.stop();
  }
}
