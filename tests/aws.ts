import { type LocalAws, type LocalAwsOptions, startLocalAws } from "../local";

/** Starts the AWS that a test works on. */
type Start = (options?: LocalAwsOptions) => Promise<LocalAws>;

let start: Start = startLocalAws;

/** The AWS that tests work on: the local AWS, or what {@link useAws} has put in its place. */
export function startAws(options?: LocalAwsOptions): Promise<LocalAws> {
  return start(options);
}

/** Has the tests work on another AWS. */
export function useAws(other: Start): void {
  start = other;
}
