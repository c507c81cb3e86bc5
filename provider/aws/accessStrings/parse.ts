import { type Refused, shown, type Term, termOf } from "./terms";

/** An access string taken apart. */
export interface ParsedAccess {
  /** The tokens as written, which spaces separate. */
  readonly words: readonly string[];
  /** What holds for the user itself, in order. */
  readonly terms: readonly Term[];
  /** Further sets of permissions, `(~app:* +get)`: what one of the sets allows as a whole is allowed. */
  readonly selectors: readonly (readonly Term[])[];
  /** What is wrong, by the number of the token, counted from 1. Never repeats a password or a pattern. */
  readonly problems: readonly string[];
}

/**
 * Takes an access string apart; never throws. Selectors and permissions on keys (`%R~`) are taken as documented for
 * MemoryDB and ElastiCache with engines from version 7 on; which engine a user will meet is not known here.
 *
 * https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export function parseAccess(text: string): ParsedAccess {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const terms: Term[] = [];
  const selectors: Term[][] = [];
  const problems = words.length > 0 ? [] : ["must not be empty: write for example 'on ~app:* +@read'"];
  let selector: { readonly token: string; readonly terms: Term[] } | undefined;
  for (const [index, word] of words.entries()) {
    const token = `token ${index + 1}`;
    const opens = selector === undefined && word.startsWith("(");
    if (opens) selector = { token, terms: [] };
    const closes = selector !== undefined && word.endsWith(")");
    const inner = word.slice(opens ? 1 : 0, closes ? -1 : undefined);
    const term = inner === "" ? undefined : termWithin(selector !== undefined, inner);
    if (term !== undefined && "rule" in term) {
      problems.push(`${term.rule}: ${token}, ${shown(inner)}; ${term.instead}`);
    } else if (term !== undefined) {
      (selector?.terms ?? terms).push(term);
    }
    if (selector === undefined || !closes) continue;
    selectors.push(selector.terms);
    selector = undefined;
  }
  if (selector !== undefined) {
    problems.push(
      `must close each selector: ${selector.token} opens one; expected a later token that ends with )`,
    );
  }
  return { words, terms, selectors, problems };
}

function termWithin(selector: boolean, word: string): Term | Refused {
  const term = termOf(word);
  const isState = "kind" in term && (term.kind === "on" || term.kind === "off");
  if (!selector || !isState) return term;
  return {
    rule: "must not switch the user on or off within a selector",
    instead: "write it before the selector",
  };
}
