import type { Caller } from "./service";

/** What a service keeps for each account and region, made when first asked for. */
export interface Regions<T> {
  of(caller: Pick<Caller, "account" | "region">): T;
  all(): readonly T[];
  clear(): void;
}

/** None yet; `create` makes each when it is first asked for. */
export function createRegions<T>(create: (account: string, region: string) => T): Regions<T> {
  const regions = new Map<string, T>();
  return {
    of: ({ account, region }) => {
      const key = `${account} ${region}`;
      const data = regions.get(key) ?? create(account, region);
      regions.set(key, data);
      return data;
    },
    all: () => [...regions.values()],
    clear: () => regions.clear(),
  };
}
