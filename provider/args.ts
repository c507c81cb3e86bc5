/** What users are made of on this side: arguments, and what the state holds of them. Types only. */

import type { Tags } from "./aws/tags";

/** Arguments that users of every service have, as `check` leaves them. */
export interface CommonArgs {
  readonly region: string;
  readonly timeouts?: Timeouts | undefined;
  readonly adoptExisting?: boolean | undefined;
  /** Present where the service tags its users: the resource's own tags. */
  readonly tags?: Tags | undefined;
  /** The default tags of the stack with the resource's own over them: what AWS is to hold. */
  readonly tagsAll?: Tags | undefined;
  /** Present where something can be purged: everything, or the kinds of blockers that are named `true`. */
  readonly forceDestroy?: boolean | Readonly<Record<string, boolean>> | undefined;
}

/** Arguments that passed the check, with those that only their kind knows. */
export type CheckedArgs<Args = CommonArgs> = Args & Outputs;

/** The state of an earlier operation, arguments and outputs; anything may be missing. */
export type Past<Args = CommonArgs> = { readonly [Key in keyof Args]?: Args[Key] | undefined } & Outputs;

/** Plain JSON under property names. */
export type Outputs = Readonly<Record<string, unknown>>;

/** Durations such as `90s`, `10m` or `1h30m`, each bounding one whole operation, retries included. */
interface Timeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}
