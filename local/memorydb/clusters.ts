import { text } from "../members";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { aclNotFound, clusterNotFound, invalidValue, needed } from "./errors";
import {
  type Acl,
  arnOf,
  type Cluster,
  type MemoryDbOperations,
  pageOf,
  type Region,
  type Scope,
} from "./region";
import { TAG_ERRORS } from "./tags";

/** MemoryDB clusters as far as users go: which ACL they use, and nothing of their nodes. */
export const clusterOperations: MemoryDbOperations = {
  CreateCluster: createCluster,
  DescribeClusters: describeClusters,
  UpdateCluster: updateCluster,
  DeleteCluster: deleteCluster,
};

/** The names of the clusters that use an ACL or are about to. */
export function clustersOf(aclId: string, region: Region, now: number): readonly string[] {
  return region.clusters
    .all(now)
    .filter(({ acl, aclToApply }) => acl === aclId || aclToApply === aclId)
    .map(({ id }) => id);
}

function createCluster(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const id = storedName("ClusterName", needed(input, "ClusterName"), invalidValue);
  const cluster: Cluster = {
    id,
    status: "available",
    nodeType: needed(input, "NodeType"),
    acl: activeAcl(needed(input, "ACLName"), scope).id,
    tags: withTags([], input, TAG_ERRORS),
  };
  if (region.clusters.get(cluster.id, now)) {
    throw new ServiceError("ClusterAlreadyExistsFault", `Cluster ${cluster.id} already exists.`);
  }
  const creating: Cluster = { ...cluster, status: "creating" };
  region.clusters.put(cluster.id, passing(creating, now + settings.createMs, cluster));
  return { Cluster: shown(find(cluster.id, scope), region) };
}

function describeClusters(input: Members, scope: Scope): Members {
  const { region, now } = scope;
  const name = text(input, "ClusterName");
  return name === undefined
    ? pageOf(
        "Clusters",
        region.clusters.all(now),
        ({ id }) => id,
        (each) => shown(each, region),
        input,
        scope,
      )
    : { Clusters: [shown(find(name, scope), region)] };
}

/** Until the ACL is applied, the cluster goes on with the one that it has. */
function updateCluster(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const cluster = findToChange(input, "modification", scope);
  const name = text(input, "ACLName");
  const acl = name === undefined ? cluster.acl : activeAcl(name, scope).id;
  if (acl === cluster.acl) {
    throw new ServiceError("NoOperationFault", "No modifications were requested.");
  }
  const updating: Cluster = { ...cluster, status: "updating", aclToApply: acl };
  region.clusters.put(cluster.id, passing(updating, now + settings.modifyMs, { ...cluster, acl }));
  return { Cluster: shown(find(cluster.id, scope), region) };
}

function deleteCluster(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const deleting: Cluster = { ...findToChange(input, "deletion", scope), status: "deleting" };
  region.clusters.put(deleting.id, passing(deleting, now + settings.deleteMs));
  return { Cluster: shown(deleting, region) };
}

/** @throws ACLNotFoundFault, InvalidACLStateFault */
function activeAcl(name: string, { region, now }: Scope): Acl {
  const acl = region.acls.get(name.toLowerCase(), now);
  if (!acl) {
    throw aclNotFound(name);
  }
  if (acl.status !== "active") {
    throw new ServiceError(
      "InvalidACLStateFault",
      `ACL ${acl.id} has status ${acl.status}. Only active ACLs can be given to a cluster.`,
    );
  }
  return acl;
}

/** @throws ClusterNotFoundFault, InvalidClusterStateFault */
function findToChange(input: Members, what: "modification" | "deletion", scope: Scope): Cluster {
  const cluster = find(needed(input, "ClusterName"), scope);
  if (cluster.status !== "available") {
    throw new ServiceError(
      "InvalidClusterStateFault",
      `Cluster ${cluster.id} has status ${cluster.status} which is not valid for ${what}.`,
    );
  }
  return cluster;
}

function find(name: string, { region, now }: Scope): Cluster {
  const cluster = region.clusters.get(name.toLowerCase(), now);
  if (!cluster) {
    throw clusterNotFound(name);
  }
  return cluster;
}

function shown(cluster: Cluster, region: Region): Members {
  const { aclToApply } = cluster;
  return {
    Name: cluster.id,
    Status: cluster.status,
    ...(aclToApply === undefined ? {} : { PendingUpdates: { ACLs: { ACLToApply: aclToApply } } }),
    NumberOfShards: 1,
    NodeType: cluster.nodeType,
    Engine: "redis",
    EngineVersion: "7.1",
    ARN: arnOf(region, "cluster", cluster.id),
    ACLName: cluster.acl,
  };
}
