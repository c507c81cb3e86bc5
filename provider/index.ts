/**
 * The entry that every state file names, for ever: `require("pulumi-aws-users/provider").iam`. One provider a service;
 * each loads its own service and no other, when it is first used.
 */

import type { dynamic } from "@pulumi/pulumi";
import { endWithEngine } from "./orphan";
import type { Service } from "./service";
import { SERVICES } from "./services";

type Provider = dynamic.ResourceProvider;

export const memorydb = loading("memorydb");
export const elasticache = loading("elasticache");
export const iam = loading("iam");
export const rekognition = loading("rekognition");

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
