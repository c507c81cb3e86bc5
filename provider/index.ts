/**
 * The entry that every state file names, for ever: `require("pulumi-aws-users/provider").iam`. One provider a service;
 * each loads its own service and no other, when it is first used. Programs have no use for it.
 *
 * @module pulumi-aws-users/provider
 */

import type { dynamic } from "@pulumi/pulumi";
import { endWithEngine } from "./orphan";
import type { Service } from "./service";
import { SERVICES } from "./services";

type Provider = dynamic.ResourceProvider;

/** What creates, compares, changes and deletes users of Amazon MemoryDB. */
export const memorydb: Required<dynamic.ResourceProvider> = loading("memorydb");
/** What creates, compares, changes and deletes users of Amazon ElastiCache. */
export const elasticache: Required<dynamic.ResourceProvider> = loading("elasticache");
/** What creates, compares, changes and deletes users of AWS IAM. */
export const iam: Required<dynamic.ResourceProvider> = loading("iam");
/** What creates, compares, changes and deletes users of Amazon Rekognition. */
export const rekognition: Required<dynamic.ResourceProvider> = loading("rekognition");

/**
 * A provider whose parts are loaded by the first call. The host lets other calls pass while it waits for `configure`,
 * so the configuration is kept at once and handed over before any of them.
 */
function loading(service: Service): Required<Provider> {
  let request: dynamic.ConfigureRequest | undefined;
  let loaded: Promise<Provider> | undefined;
  const provider = () => {
    loaded ??= load();
    return loaded as Promise<Required<Provider>>;
  };
  const load = async () => {
    const [{ lifecycle }, kind] = await Promise.all([import("./lifecycle/index.js"), SERVICES[service]()]);
    const fresh = lifecycle(kind);
    if (request !== undefined) await fresh.configure?.(request);
    return fresh;
  };
  return {
    configure: async (given) => {
      endWithEngine();
      request = given;
    },
    check: async (olds, news) => (await provider()).check(olds, news),
    diff: async (id, olds, news) => (await provider()).diff(id, olds, news),
    create: async (inputs) => (await provider()).create(inputs),
    read: async (id, props) => (await provider()).read(id, props),
    update: async (id, olds, news) => (await provider()).update(id, olds, news),
    delete: async (id, props) => (await provider()).delete(id, props),
  };
}
