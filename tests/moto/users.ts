import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { LocalUser } from "../../local";

const PROGRAM = join(__dirname, "listUsers.js");

/** The users that moto shows in any of the regions, apart from built-in ones; asked in one breath, as tests look. */
export function usersOf(endpoint: string, regions: Iterable<string>): LocalUser[] {
  const shown = execFileSync(process.execPath, [PROGRAM, endpoint, ...regions], { encoding: "utf8" });
  return JSON.parse(shown) as LocalUser[];
}
