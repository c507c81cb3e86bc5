import { providerText, typeOf } from "../../sdk/wireForm";
import type { FoundUser } from "./live";

/**
 * The text of a file for `pulumi import --file`. Its entries carry inputs and outputs, so that the engine does not ask
 * the provider to read, which it could not find yet.
 *
 * https://www.pulumi.com/docs/iac/guides/migration/import/#bulk-import-operations
 */
export function importFileText(users: readonly FoundUser[]): string {
  const resources = users.map(({ service, name, id, inputs, outputs }) => {
    const __provider = providerText(service);
    return {
      type: typeOf(service),
      name,
      id,
      inputs: { ...inputs, __provider },
      outputs: { ...outputs, __provider },
    };
  });
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
