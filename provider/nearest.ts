import { closest, distance } from "fastest-levenshtein";

/** The known word that a mistyped one was likely meant to be, if any is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, [...known]);
  const edits = distance(word, best);
  return edits <= Math.max(2, word.length / 3) && edits < word.length ? best : undefined;
}
