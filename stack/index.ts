/** A stack's state as users: what `pulumi destroy` and `pulumi refresh` will work on, and with which credentials. */

import { readSettings, type Settings } from "../provider/config";
import { isSecret } from "../provider/lifecycle/wire";
import type { Service } from "../provider/service";
import { SERVICES } from "../provider/services";
import { type Deployment, parseDeployment, plainValue, type Resource } from "./deployment";
import { pulumi, type StackOptions } from "./pulumi";

export { NoSuchStack, type StackOptions } from "./pulumi";
export { readStackSettings } from "./settings";

/** A user that the state of a stack knows, or that a run was about to make. */
interface KnownUser {
  readonly urn: string;
  /** The name of the Pulumi resource. */
  readonly name: string;
  readonly service: Service;
  /** Properties as the state has them; secrets stay what they are in the export, encrypted. */
  readonly inputs: Properties;
  readonly outputs: Properties;
  /**
   * The settings that destroy and refresh work with: those that the last `up` recorded for the user's provider.
   * Without keys, profile or roles in them, the credentials are those of the environment.
   */
  readonly settings: Settings;
}

/** A user in the state of a stack. */
export interface StackUser extends KnownUser {
  /** The id of the resource: user name, user id, or `collection/user`. */
  readonly id: string;
  /** Destroy refuses to delete it. */
  readonly protect: boolean;
  /** Destroy takes it out of the state and leaves it in AWS. */
  readonly retainOnDelete: boolean;
  /** The name of a resource of the stack whose deletion takes the user along: destroy asks AWS for nothing. */
  readonly deletedWith: string | undefined;
  /** A copy that has been replaced, and is still to be deleted. */
  readonly replaced: boolean;
  /** It has been deleted already, in a replacement that did not get to the end. */
  readonly awaitsReplacement: boolean;
}

/** Something that a run began and that the engine did not see ending. */
export interface PendingOperation extends KnownUser {
  readonly type: "creating" | "updating" | "deleting";
  /** Missing for a user that was being created. */
  readonly id: string | undefined;
}

/** The users of a stack. */
export interface StackState {
  readonly project: string;
  readonly stack: string;
  readonly users: readonly StackUser[];
  readonly pending: readonly PendingOperation[];
  /** The names of protected resources that are no users: destroy fails on them as well. */
  readonly protectedOthers: readonly string[];
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads the users of a stack by `pulumi stack export`. No passphrase is needed unless what steers a destroy is encrypted
 * in the state, as keys and roles of an explicit `Provider` are: then that, and nothing else of the state, is decrypted
 * in memory.
 *
 * @throws Error in words: no `pulumi` on the PATH, no project, no such stack (NoSuchStack), no passphrase, a newer state.
 */
export async function readStack(options: StackOptions = {}): Promise<StackState> {
  const state = parseDeployment(await pulumi(["stack", "export"], options));
  const readable = isSteeredBySecrets(state) ? await decrypted(options) : state;
  const current = byKey(readable.resources);
  const pending = byKey(readable.pending.map(({ resource }) => resource));
  const known = knownUsers(state, readable);
  const urns = new Set(state.resources.map(({ urn }) => urn));
  const [first] = state.resources;
  return {
    ...(first === undefined ? await namesOf(options) : namesIn(first.urn)),
    users: state.resources.flatMap((resource) => {
      const { id = "", protect, retainOnDelete, delete: replaced, pendingReplacement } = resource;
      const deletedWith = urns.has(resource.deletedWith) ? nameIn(resource.deletedWith) : undefined;
      const rest = {
        id,
        protect,
        retainOnDelete,
        deletedWith,
        replaced,
        awaitsReplacement: pendingReplacement,
      };
      return known(resource, current).map((user) => ({ ...user, ...rest }));
    }),
    pending: state.pending.flatMap(({ resource, type }) =>
      isChange(type) ? known(resource, pending).map((user) => ({ ...user, type, id: resource.id })) : [],
    ),
    protectedOthers: state.resources
      .filter((resource) => resource.protect && !isUser(resource))
      .map(({ urn }) => nameIn(urn)),
  };
}

/** Properties that decide what a destroy does, and where. */
const STEERING = ["region", "forceDestroy", "accountId", "uniqueId"];

/** What the state knows of a resource that is readable among others, or nothing when it is no user. */
function knownUsers(
  state: Deployment,
  readable: Deployment,
): (resource: Resource, among: ReadonlyMap<string, Resource>) => KnownUser[] {
  const providers = byKey(readable.resources);
  const used = new Set(
    resourcesIn(state)
      .filter(isUser)
      .map(({ provider }) => provider),
  );
  const settings = new Map(
    [...used].map((provider) => [
      provider,
      readSettings((key) => text(providers.get(provider)?.inputs[key])),
    ]),
  );
  return (resource, among) => {
    const service = serviceOf(resource.type);
    const own = settings.get(resource.provider);
    if (service === undefined || own === undefined) return [];
    const { urn } = resource;
    const steering = among.get(keyOf(resource)) ?? resource;
    const inputs = { ...resource.inputs, ...revealed(steering.inputs) };
    const outputs = { ...resource.outputs, ...revealed(steering.outputs) };
    return [{ urn, name: nameIn(urn), service, inputs, outputs, settings: own }];
  };
}

function revealed(properties: Properties): Properties {
  const present = STEERING.filter((key) => key in properties);
  return Object.fromEntries(present.map((key) => [key, plainValue(properties[key])]));
}

/** Also tells a replaced copy from its replacement; the form of a reference to a provider. */
function keyOf({ urn, id }: Resource): string {
  return `${urn}::${id}`;
}

function byKey(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [keyOf(resource), resource]));
}

function resourcesIn({ resources, pending }: Deployment): Resource[] {
  return [...resources, ...pending.map(({ resource }) => resource)];
}

function isSteeredBySecrets(state: Deployment): boolean {
  const users = resourcesIn(state).filter(isUser);
  const used = new Set(users.map(({ provider }) => provider));
  const settings = state.resources
    .filter((resource) => used.has(keyOf(resource)))
    .flatMap(({ inputs }) => Object.entries(inputs).filter(([key]) => /^aws(-users)?:/.test(key)));
  return (
    settings.some(([, value]) => isSecret(value)) ||
    users.some(({ inputs, outputs }) =>
      STEERING.some((key) => isSecret(inputs[key]) || isSecret(outputs[key])),
    )
  );
}

function isUser({ type }: Resource): boolean {
  return serviceOf(type) !== undefined;
}

/** The service of a resource of this type, when it is one of this package's users. */
function serviceOf(type: string): Service | undefined {
  const [, service = ""] = /^pulumi-nodejs:dynamic\/aws-users\/(\w+):User$/.exec(type) ?? [];
  return Object.hasOwn(SERVICES, service) ? (service as Service) : undefined;
}

function isChange(type: string): type is PendingOperation["type"] {
  return type === "creating" || type === "updating" || type === "deleting";
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME`; the type may name parents, the name may hold anything. */
function namesIn(urn: string): { project: string; stack: string } {
  const [stack = "", project = ""] = urn.split("::");
  return { project, stack: stack.split(":").slice(2).join(":") };
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** A state without resources does not say whose it is. */
async function namesOf(options: StackOptions): Promise<{ project: string; stack: string }> {
  const about = JSON.parse(await pulumi(["about", "--json"], options));
  const [stack = "", project = ""] = String(about?.currentStack?.fullyQualifiedName ?? "")
    .split("/")
    .reverse();
  return { project, stack };
}

async function decrypted(options: StackOptions): Promise<Deployment> {
  try {
    return parseDeployment(await pulumi(["stack", "export", "--show-secrets"], options));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`the settings of the stack's provider are encrypted and could not be read: ${said}`, {
      cause: error,
    });
  }
}

/** Configuration is text; what has structure is JSON. */
function text(value: unknown): string | undefined {
  const plain = plainValue(value);
  return plain === undefined || typeof plain === "string" ? plain : JSON.stringify(plain);
}
