/**
 * The entry that every state file names, for ever: `require("pulumi-aws-users/provider").iam`. One provider a service;
 * each loads its own service and no other, when it is first used.
 */

import type { dynamic } from "@pulumi/pulumi";
import { endWithEngine } from "./orphan";

type Provider = dynamic.ResourceProvider;

export const memorydb = loading(async () => {
  const [{ lifecycle }, { memoryDbUser }] = await Promise.all([
    import("./lifecycle/index.js"),
    import("./memorydb/kind.js"),
  ]);
  return lifecycle(memoryDbUser);
});

export const elasticache = loading(async () => {
  const [{ lifecycle }, { elastiCacheUser }] = await Promise.all([
    import("./lifecycle/index.js"),
    import("./elasticache/kind.js"),
  ]);
  return lifecycle(elastiCacheUser);
});

export const iam = loading(async () => {
  const [{ lifecycle }, { iamUser }] = await Promise.all([
    import("./lifecycle/index.js"),
    import("./iam/kind.js"),
  ]);
  return lifecycle(iamUser);
});

export const rekognition = loading(async () => {
  const [{ lifecycle }, { rekognitionUser }] = await Promise.all([
    import("./lifecycle/index.js"),
    import("./rekognition/kind.js"),
  ]);
  return lifecycle(rekognitionUser);
});

/**
 * A provider whose parts are loaded by the first call. The host lets other calls pass while it waits for `configure`,
 * so the configuration is kept at once and handed over before any of them.
 */
function loading(load: () => Promise<Provider>): Required<Provider> {
  let request: dynamic.ConfigureRequest | undefined;
  let loaded: Promise<Provider> | undefined;
  const provider = () => {
    loaded ??= load().then(configured);
    return loaded as Promise<Required<Provider>>;
  };
  const configured = async (fresh: Provider) => {
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
