import { z } from "zod";
import { readSettings, type Settings } from "../provider/config";
import { pulumi, type StackOptions } from "./pulumi";

/** Without the plain texts, a secret has no value. */
const configuration = z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean() }));

type Configuration = z.output<typeof configuration>;

/**
 * The settings that the next `pulumi up` works with where a program has no explicit `Provider`: those of the stack's
 * configuration. No passphrase is needed unless one of them is encrypted.
 *
 * @throws Error in words: as for the state of a stack; a setting of another shape.
 */
export async function readStackSettings(options: StackOptions): Promise<Settings> {
  const shown = await configOf(["config", "--json"], options);
  const isHidden = Object.entries(shown).some(([key, { secret }]) => secret && /^aws(-users)?:/.test(key));
  const read = isHidden ? await configOf(["config", "--json", "--show-secrets"], options) : shown;
  return readSettings((key) => read[key]?.value);
}

async function configOf(args: readonly string[], options: StackOptions): Promise<Configuration> {
  const text = await pulumi(args, options);
  try {
    return configuration.parse(JSON.parse(text));
  } catch {
    // What does not parse may hold secrets: the parser's excerpt is not shown.
    throw new Error("pulumi config printed what is no configuration");
  }
}
