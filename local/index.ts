/**
 * An AWS in memory for tests: MemoryDB, ElastiCache, IAM, Rekognition and STS, as far as users are concerned.
 *
 * @module pulumi-aws-users/local
 */

import { setMaxListeners } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TEST_CREDENTIALS } from "./accounts";
import { type Call, createCallLog } from "./callLog";
import { answerControl } from "./control";
import { type Dispatch, dispatch } from "./dispatch";
import { createFaults, type Fault } from "./faults";
import { type LastUse, nameOf, parsedUses } from "./lastUse";
import { type CallLimit, createLimits } from "./limits";
import { createHttpServer } from "./server";
import type { FaceSettings, LocalUser, Settings } from "./service";
import { createServices } from "./services";

export type { Call } from "./callLog";
export type { CallRange, Fault, FaultError } from "./faults";
export type { AccessKeyUse, LastUse, PasswordUse } from "./lastUse";
export type { CallLimit } from "./limits";
export type { FaceSettings, LocalUser } from "./service";

/** How long a change takes, in milliseconds; 300 each unless given. */
export interface Transitions {
  /** A new user, cluster or cache is `creating`. */
  readonly createMs?: number;
  /** A changed user, cluster or cache is `modifying`. */
  readonly modifyMs?: number;
  /** A deleted user, cluster or cache is `deleting`. */
  readonly deleteMs?: number;
  /** An ACL or user group is `modifying` after its members changed. */
  readonly groupMs?: number;
  /**
   * An ElastiCache user that was just made, or whose tags were just written, refuses calls about its tags;
   * `modifyMs` unless given.
   */
  readonly tagWindowMs?: number;
}

/** How the local AWS behaves. Everything is optional. */
export interface LocalAwsOptions {
  /** A loopback address or `localhost`; 127.0.0.1 unless given. */
  readonly host?: string;
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** Milliseconds that every call takes; 0 unless given. */
  readonly latency?: number;
  /** How long changes take; 300 ms each unless given. */
  readonly transitions?: Transitions;
  /** Items a page holds at most, where AWS would give more; the documented page sizes unless given. */
  readonly pageSize?: number;
  /** Milliseconds for which IAM reads may still show what was true before a write; 0 unless given. */
  readonly iamLagMs?: number;
  /** How Rekognition behaves where it would look at faces, or where AWS says nothing. */
  readonly faces?: FaceSettings;
  /** How often operations may be called before they are throttled; unlimited unless given. */
  readonly limits?: readonly CallLimit[];
  /** What goes wrong with which calls; nothing unless given. */
  readonly faults?: readonly Fault[];
  /** The clock, in milliseconds since the epoch, for tests that do not want to wait; `Date.now` unless given. */
  readonly now?: () => number;
}

/** A running local AWS. */
export interface LocalAws {
  /** Where it listens: `http://127.0.0.1:4570`. */
  readonly endpoint: string;
  /** The environment that makes any AWS SDK or tool use it. */
  readonly env: Readonly<Record<string, string>>;
  /** The calls answered so far, in the order in which they were carried out. */
  calls(): readonly Call[];
  /** All users alive in any account and region. */
  users(): readonly LocalUser[];
  /** Puts more faults in force. @throws TypeError for a malformed fault */
  addFaults(...faults: Fault[]): void;
  /**
   * Says when access keys and passwords of IAM users were last used, which AWS notices by itself. Uses of access keys
   * in calls to the local AWS are noticed here too.
   *
   * @throws TypeError for a malformed use, or one of a key or user that is not there
   */
  setLastUsed(...uses: LastUse[]): void;
  /** Forgets all data, calls and added faults: as just started. */
  reset(): void;
  /** Stops listening and cuts all connections, also those with a call under way. */
  close(): Promise<void>;
}

/**
 * Starts an AWS in memory with MemoryDB, ElastiCache, IAM, Rekognition and STS, for tests of stacks that no account
 * is at hand for. Any AWS SDK can use it: set the variables of `env`. Accounts follow from access key ids: the key
 * `test` has account 123456789012, a key of twelve digits has that account.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { startLocalAws } from "pulumi-aws-users/local";
 *
 * const aws = await startLocalAws({ transitions: { deleteMs: 2000 } });
 * Object.assign(process.env, aws.env);
 * // ... take a stack up and down ...
 * assert.deepEqual(aws.users(), []);
 * await aws.close();
 * ```
 *
 * @throws RangeError for an option out of range or a host that is not loopback
 * @throws TypeError for a malformed fault
 * @throws the system's error, such as EADDRINUSE, when it cannot listen
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { host = "127.0.0.1", port = 0, now = Date.now, latency = 0 } = options;
  refuseUnless(isLoopback(host), `host ${host} is not a loopback address`);
  refuseUnless(
    Number.isInteger(port) && port >= 0 && port < 65_536,
    "port needs a whole number from 0 to 65535",
  );
  refuseUnless(latency >= 0, "latency needs milliseconds, 0 or more");
  const closing = new AbortController();
  // Every call that takes time listens to it.
  setMaxListeners(0, closing.signal);
  const parts: Dispatch = {
    services: createServices(settingsOf(options)),
    faults: createFaults(options.faults ?? []),
    limits: createLimits(options.limits ?? []),
    log: createCallLog(),
    now,
    latency,
    closing: closing.signal,
  };
  const control = controlOf(parts);
  const server = createHttpServer({
    aws: (request) => dispatch(request, parts),
    control: (method, path, body) => answerControl(method, path, body, control),
  });
  await listen(server, port, host);
  const endpoint = endpointOf(server.address() as AddressInfo);
  return {
    ...control,
    endpoint,
    env: environmentOf(endpoint),
    addFaults: (...added) => control.addFaults(added),
    setLastUsed: (...uses) => control.setLastUsed(uses),
    close: () => {
      closing.abort();
      return closeServer(server);
    },
  };
}

function controlOf({ services, faults, limits, log, now }: Dispatch) {
  return {
    calls: () => log.list(),
    users: () => services.flatMap((service) => service.users(now())),
    addFaults: (added: unknown) => faults.add(added),
    setLastUsed: (uses: unknown) => {
      for (const use of parsedUses(uses)) {
        if (!services.some((service) => service.noteUse?.(use, now()))) {
          throw new TypeError(`setting a last use: there is no ${nameOf(use)}`);
        }
      }
    },
    reset: () => {
      for (const each of [...services, faults, limits]) {
        each.reset();
      }
      log.clear();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

/** Clients keep idle connections open, which `close` alone would wait for. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

const DEFAULT_TRANSITION_MS = 300;

function settingsOf(options: LocalAwsOptions): Settings {
  const { createMs, modifyMs, deleteMs, groupMs, tagWindowMs } = options.transitions ?? {};
  const settings: Settings = {
    createMs: createMs ?? DEFAULT_TRANSITION_MS,
    modifyMs: modifyMs ?? DEFAULT_TRANSITION_MS,
    deleteMs: deleteMs ?? DEFAULT_TRANSITION_MS,
    groupMs: groupMs ?? DEFAULT_TRANSITION_MS,
    ...(tagWindowMs === undefined ? {} : { tagWindowMs }),
    iamLagMs: options.iamLagMs ?? 0,
    pageSize: options.pageSize ?? Number.MAX_SAFE_INTEGER,
    faces: options.faces ?? {},
  };
  for (const [name, value] of Object.entries(settings)) {
    refuseUnless(typeof value === "object" || value >= 0, `${name} needs a number, 0 or more`);
  }
  refuseUnless(
    Number.isInteger(settings.pageSize) && settings.pageSize > 0,
    "pageSize needs a whole number above 0",
  );
  return settings;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function refuseUnless(holds: boolean, message: string): void {
  if (!holds) {
    throw new RangeError(`starting the local AWS: ${message}`);
  }
}

function endpointOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function environmentOf(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
