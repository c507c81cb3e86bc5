/** Flags that several commands have, each with what it takes. */

import { InvalidArgumentError, Option } from "commander";
import { REGION_NAME } from "../provider/aws/scope";
import type { Service } from "../provider/service";
import { SERVICES } from "../provider/services";

/** `--region`: an AWS region; undefined means that of the environment or of the shared AWS configuration. */
export function regionOption(): Option {
  return new Option("--region <region>", "AWS region; that of the environment by default").argParser(region);
}

/** `--region`, which may be repeated: more AWS regions; none unless given. */
export function regionsOption(): Option {
  return new Option("--region <region>", "AWS region to look in as well; may be repeated")
    .argParser((text: string, before: readonly string[]) => [...before, region(text)])
    .default([], "none");
}

/** `--profile`: a profile of the shared AWS configuration; undefined means the credentials of the environment. */
export function profileOption(): Option {
  return new Option(
    "--profile <name>",
    "profile of the shared AWS configuration, for credentials and region",
  );
}

/** `--service`: names of services with commas between them, each once, in the order of {@link SERVICES}. */
export function servicesOption(): Option {
  const known = Object.keys(SERVICES).join(", ");
  return new Option("--service <names>", `whose users, with commas between: ${known}`).argParser(services);
}

function region(text: string): string {
  if (REGION_NAME.test(text)) return text;
  throw new InvalidArgumentError("It needs an AWS region such as eu-central-1.");
}

function services(text: string): readonly Service[] {
  const names = text.split(",").map((name) => name.trim());
  const all = Object.keys(SERVICES) as Service[];
  const strange = names.find((name) => !all.includes(name as Service));
  if (strange === undefined) return all.filter((service) => names.includes(service));
  throw new InvalidArgumentError(`There is no service "${strange}"; there are ${all.join(", ")}.`);
}
