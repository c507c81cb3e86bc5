import { createIam } from "./iam";
import type { LocalService, Settings } from "./service";
import { createSts } from "./sts";

/** Every service that the local AWS speaks for, each with nothing in it. */
export function createServices(settings: Settings): readonly LocalService[] {
  return [createIam, createSts].map((create) => create(settings));
}
