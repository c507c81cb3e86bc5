/**
 * What one run of the provider has seen of its resources. Pulumi asks `check` a second time, without the old inputs,
 * when it replaces a resource, and tells `create` nothing of what was before.
 */
export interface Memory {
  /** Notes where the user of a resource, known by its URN, is and how it is called. */
  remember(urn: string, where: Whereabouts): void;
  recall(urn: string): Whereabouts | undefined;
  /** Notes that a user, known by its AWS key, is in the state, or was made by this run. */
  mark(awsKey: string, as: "replaced" | "made"): void;
  marked(awsKey: string): "replaced" | "made" | undefined;
}

/** What stays as it is while nothing else is declared. */
export interface Whereabouts {
  readonly region: string;
  readonly name: string;
}

export function emptyMemory(): Memory {
  const whereabouts = new Map<string, Whereabouts>();
  const marks = new Map<string, "replaced" | "made">();
  return {
    remember: (urn, where) => whereabouts.set(urn, where),
    recall: (urn) => whereabouts.get(urn),
    mark: (awsKey, as) => marks.set(awsKey, as),
    marked: (awsKey) => marks.get(awsKey),
  };
}
