/**
 * What one run of the provider has seen of its resources. Pulumi asks `check` a second time, without the old inputs,
 * when it replaces a resource, and tells `create` nothing of what was before.
 */
export interface Memory {
  /** Notes where the user of a resource, known by its URN, is and how it is called. */
  remember(urn: string, where: Whereabouts): void;
  recall(urn: string): Whereabouts | undefined;
  /** Notes that a user, known by its AWS key, is in the state, or was made by this run. */
  mark(awsKey: string, as: Holder): void;
  marked(awsKey: string): Holder | undefined;
  /** Notes that no resource has the user any more. */
  unmark(awsKey: string): void;
  /** Notes that this run's program wants a thing, known by its place and id, to belong to a user. */
  claim(thing: string): void;
  isClaimed(thing: string): boolean;
  /** Notes which properties a check found not known yet, of the resource that has the user of this AWS key. */
  leaveOpen(awsKey: string, properties: readonly string[]): void;
  leftOpen(awsKey: string): readonly string[];
  /** True the first time that it is asked of a line. */
  isNews(line: string): boolean;
}

/** Who has a user already: a resource that was in the state before this run, or one that this run made. */
export type Holder = "state" | "run";

/** What stays as it is while nothing else is declared. */
interface Whereabouts {
  readonly region: string;
  readonly name: string;
}

export function emptyMemory(): Memory {
  const whereabouts = new Map<string, Whereabouts>();
  const said = new Set<string>();
  const marks = new Map<string, Holder>();
  const claims = new Set<string>();
  const open = new Map<string, readonly string[]>();
  return {
    remember: (urn, where) => whereabouts.set(urn, where),
    recall: (urn) => whereabouts.get(urn),
    mark: (awsKey, as) => void (marks.get(awsKey) === "run" || marks.set(awsKey, as)),
    marked: (awsKey) => marks.get(awsKey),
    unmark: (awsKey) => void marks.delete(awsKey),
    claim: (thing) => void claims.add(thing),
    isClaimed: (thing) => claims.has(thing),
    leaveOpen: (awsKey, properties) => void open.set(awsKey, properties),
    leftOpen: (awsKey) => open.get(awsKey) ?? [],
    isNews: (line) => said.size < said.add(line).size,
  };
}
