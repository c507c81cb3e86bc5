import type { ModelAws, ModelBlocker, ModelUser } from "./modelAws";
import type { Declared, Resource } from "./modelEngine";
import { SERVICES } from "./modelFaults";
import { IAM_BLOCKERS } from "./modelIam";
import { declaredUser, idOf } from "./program";
import type { EventSpec, Scenario, UserSpec } from "./scenario";

/** What is known of the stack at any moment, by slot. */
export interface StackInPlay {
  readonly state: ReadonlyMap<number, Resource>;
  /** Users that a create made and did not keep: the program takes over what has their name. */
  readonly lost: ReadonlyMap<number, Declared>;
  /** A step is under way. */
  readonly busy: ReadonlySet<number>;
}

/** A look-up that shows whose user it is may be so old when a change is asked for: nobody can look and change at once. */
const LOOK_HOLDS_MS = 10_000;
const STEP_MS = 500;
const PATIENCE_MS = 120_000;
const MODIFYING_MS = 20_000;

/** What happens in AWS without the stack: bystanders, what is hung on users, and those who delete and make users. */
export function somebodyElse(scenario: Scenario, aws: ModelAws, { state, lost, busy }: StackInPlay) {
  let bystanders: string[] = [];
  const { clock } = aws;

  function make(slot: number, owner: ModelUser["owner"]): void {
    const { service, inputs } = declaredUser(scenario, slot, 0, new Map());
    const of = { service, id: idOf(scenario, slot), owner, attributes: inputs, tags: {} };
    aws.write(service, of.id, aws.newborn(of));
  }

  async function act({ afterMs, user: index, act: what }: EventSpec): Promise<void> {
    await clock.sleep(afterMs);
    const slot = index % scenario.users.length;
    const { service } = scenario.users[slot] as UserSpec;
    const id = idOf(scenario, slot);
    const user = aws.userNow(service, id);
    if (what === "recreate") return recreate(slot);
    if (user === undefined || user.status !== "active" || user.owner === "somebody") return;
    if (what === "modify" && service !== "iam") {
      aws.write(service, id, { ...user, status: "modifying", until: clock.now() + MODIFYING_MS });
    }
    if (what === "vanish" || what === "usurp") {
      const { deleteMs } = scenario.users[slot] as UserSpec;
      const deleting = { ...user, status: "deleting" as const, until: clock.now() + deleteMs };
      aws.write(service, id, service === "iam" ? undefined : deleting);
    }
    if (what === "usurp") return recreate(slot);
  }

  /** Makes a user of a name that has been free for longer than reads lag behind. */
  async function recreate(slot: number): Promise<void> {
    const { service, adoptExisting } = scenario.users[slot] as UserSpec;
    for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
      await clock.sleep(STEP_MS);
      if (!mayAppear(slot)) continue;
      // Without identity, what has the name is the user in the state.
      const same = service !== "iam" && state.has(slot);
      const taken = (adoptExisting || lost.has(slot)) && !state.has(slot);
      return make(slot, same ? "stack" : taken ? "adoptable" : "somebody");
    }
  }

  function mayAppear(slot: number): boolean {
    const { service } = scenario.users[slot] as UserSpec;
    const id = idOf(scenario, slot);
    const now = clock.now();
    const freeSince = aws.lastChangeAt(service, id) ?? 0;
    if (aws.userNow(service, id) !== undefined || now - freeSince <= aws.lagMs[service] + STEP_MS)
      return false;
    if (service !== "iam") return !busy.has(slot);
    const removal = aws.calls.findLast(
      (call) => call.service === service && call.verb === "remove" && call.id === id,
    );
    const answered =
      removal?.answeredAt !== undefined && removal.at <= freeSince && freeSince <= removal.answeredAt;
    return !busy.has(slot) || answered || now - aws.lastSeenAt(service, id) > LOOK_HOLDS_MS;
  }

  return {
    /** Puts users there that are none of the stack's business. */
    before(): void {
      for (const service of SERVICES) {
        for (const id of service === "rekognition"
          ? ["lobby/u", "hall/u0", "lobby/U0"]
          : ["u", "u00", "someone"]) {
          const attributes = {
            authentication: { type: "iam" },
            accessString: "on ~* +@all",
            path: "/",
            engine: "redis",
          };
          aws.write(service, id, aws.newborn({ service, id, owner: "somebody", attributes, tags: {} }));
        }
      }
      bystanders = [...SERVICES].flatMap((service) =>
        aws.names(service).map((id) => `${service} ${id} ${aws.lastChangeAt(service, id)}`),
      );
      for (const [slot, { taken }] of scenario.users.entries()) if (taken) make(slot, "somebody");
    },

    /** What happens during a run of Pulumi. */
    async during(run: number): Promise<void> {
      await Promise.all(scenario.events.filter((event) => event.run === run).map(act));
    },

    /** Nobody does anything any more; groups are gone, and nothing is put back. */
    calmDown(): void {
      aws.calmDown();
      for (const [slot, { service }] of scenario.users.entries()) {
        const user = aws.userNow(service, idOf(scenario, slot));
        if (user === undefined) continue;
        const blockers =
          service === "iam" ? user.blockers.map((blocker) => ({ ...blocker, returns: 0 })) : [];
        aws.write(service, user.id, { ...user, blockers });
      }
    },

    /** Finds what the stack left behind, and who else was touched. */
    after(): void {
      for (const service of SERVICES) {
        for (const id of aws.names(service)) {
          const user = aws.userNow(service, id);
          if (user?.owner === "stack") aws.wrongs.push(`(1) ${service} ${id} is left over`);
        }
      }
      for (const one of bystanders) {
        const [service, id, at] = one.split(" ") as [(typeof SERVICES)[number], string, string];
        if (`${aws.lastChangeAt(service, id)}` !== at) aws.wrongs.push(`(3) ${service} ${id} was changed`);
      }
    },
  };
}

/** What hangs on a user of the stack as soon as it is there. */
export function blockersOf({ service, blockers, group }: UserSpec, bornAt: number): ModelBlocker[] {
  if (service === "iam") {
    return blockers.map(({ kind, returns }) => ({
      kind: IAM_BLOCKERS[kind]?.[0] ?? "",
      id: `item${kind}`,
      returns,
      from: 0,
    }));
  }
  if (service !== "elasticache" || group === "none") return [];
  const until = group === "stays" ? {} : { until: bornAt + group };
  return [{ kind: "userGroups", id: "team", returns: 0, from: 0, ...until }];
}
