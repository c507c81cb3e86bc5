import type { Use } from "../lastUse";
import type { Account } from "./account";
import { ownerOf } from "./operation";

/** Takes down the use of an access key or password; false when the account has no such key or user. */
export function noteUse(use: Use, account: Account, now: number): boolean {
  if ("accessKeyId" in use) {
    const { accessKeyId, at, service, region } = use;
    const known = ownerOf(accessKeyId, account) !== undefined;
    if (known) {
      account.keyUses.set(accessKeyId, { date: at, service, region });
    }
    return known;
  }
  const key = use.userName.toLowerCase();
  const user = account.users.current(key);
  if (user) {
    account.users.put(key, { ...user, passwordLastUsed: use.at }, now);
  }
  return user !== undefined;
}
