import { passing, type Timetable } from "./transitions";

/** What ACLs and user groups have in common: members that come and go while the group is `modifying`. */
export interface Membership {
  readonly id: string;
  readonly status: "creating" | "active" | "modifying" | "deleting";
  readonly members: readonly string[];
  /** Members as soon as the change is through. */
  readonly joining: readonly string[];
  /** No members any more as soon as the change is through. */
  readonly leaving: readonly string[];
}

/** Changes the members of a group, which is `modifying` until then. */
export function changeMembers<G extends Membership>(
  groups: Timetable<G>,
  group: G,
  change: { readonly joining: readonly string[]; readonly leaving: readonly string[] },
  until: number,
): void {
  const modifying: G = { ...group, ...change, status: "modifying" };
  groups.put(group.id, passing(modifying, until, settled(modifying)));
}

/** Takes a deleted user out of all groups, which are `modifying` until then; groups in the making just lack it. */
export function dropMember<G extends Membership>(
  groups: Timetable<G>,
  member: string,
  now: number,
  until: number,
): void {
  for (const group of groupsOf(groups, member, now)) {
    if (group.status === "creating" || group.status === "deleting") {
      groups.edit(group.id, now, (each) => ({ ...each, members: without(each.members, member) }));
    } else {
      const dropped = { ...group, members: without(group.members, member) };
      const joining = without(group.joining, member);
      changeMembers(groups, dropped, { joining, leaving: [...new Set([...group.leaving, member])] }, until);
    }
  }
}

/** The groups that a user is in or is about to be in. */
export function groupsOf<G extends Membership>(
  groups: Timetable<G>,
  member: string,
  now: number,
): readonly G[] {
  return groups
    .all(now)
    .filter(({ members, joining }) => members.includes(member) || joining.includes(member));
}

/** The members that a group will have once all is through. */
export function membersToBe({ members, joining, leaving }: Membership): readonly string[] {
  return [...members.filter((member) => !leaving.includes(member)), ...joining];
}

function settled<G extends Membership>(group: G): G {
  return { ...group, status: "active", members: membersToBe(group), joining: [], leaving: [] };
}

function without(members: readonly string[], member: string): readonly string[] {
  return members.filter((each) => each !== member);
}
