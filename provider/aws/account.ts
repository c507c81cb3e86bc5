import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { connected } from "./clients";
import type { Scope } from "./scope";

/** Asks AWS which account the credentials of a scope belong to. Needs no permission. */
export type AccountLookup = (scope: Scope) => Promise<string>;

/** An {@link AccountLookup} that asks once for each identity; a failed answer is not kept. */
export function accountLookup(): AccountLookup {
  const answers = new Map<string, Promise<string>>();
  return (scope) => {
    const key = JSON.stringify(scope.identity);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(scope);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}

async function ask(scope: Scope): Promise<string> {
  const sts = connected(STSClient, scope);
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  if (!Account) throw new Error("sts:GetCallerIdentity answered without an account");
  return Account;
}
