/** What one operation took. */
export interface Figure {
  /** Wall time. */
  readonly ms: number;
  /** Calls to AWS, those to STS left out. */
  readonly calls: number;
}

/** The life of a stack, or what a script does instead. */
export interface Figures {
  readonly create: Figure;
  readonly refresh: Figure;
  readonly destroy: Figure;
}

export const STAGES = ["create", "refresh", "destroy"] as const;
export type Stage = (typeof STAGES)[number];
