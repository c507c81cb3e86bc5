import { structures, text } from "./members";
import { type Members, ServiceError } from "./service";

/** A tag of a MemoryDB or ElastiCache resource. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A service's own errors about tags. */
export interface TagErrors {
  readonly invalid: (message: string) => ServiceError;
  readonly unknownKey: (message: string) => ServiceError;
}

const TAGS_PER_RESOURCE = 50;

/** The tags with those of the request put over them. @throws the service's error, TagQuotaPerResourceExceeded */
export function withTags(tags: readonly Tag[], input: Members, { invalid }: TagErrors): readonly Tag[] {
  const added = structures(input, "Tags").map((tag) => ({
    Key: text(tag, "Key") ?? "",
    Value: text(tag, "Value") ?? "",
  }));
  const keys = added.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) {
    throw invalid("A tag key is given more than once.");
  }
  if (keys.some((key) => key.toLowerCase().startsWith("aws:"))) {
    throw invalid("Tag keys that start with aws: are reserved.");
  }
  if (!added.every(({ Key, Value }) => isTagText(Key, 1, 128) && isTagText(Value, 0, 256))) {
    throw invalid(
      "Tag keys have 1 to 128 characters and values at most 256: letters, digits, spaces and _ . : / = + - @",
    );
  }
  const merged = [...tags.filter(({ Key }) => !keys.includes(Key)), ...added];
  if (merged.length > TAGS_PER_RESOURCE) {
    throw new ServiceError(
      "TagQuotaPerResourceExceeded",
      `A resource can have at most ${TAGS_PER_RESOURCE} tags.`,
    );
  }
  return merged;
}

/** The tags without those keys. @throws the service's error for a key that is not there */
export function withoutTags(
  tags: readonly Tag[],
  keys: readonly string[],
  { unknownKey }: TagErrors,
): readonly Tag[] {
  const missing = keys.find((key) => !tags.some(({ Key }) => Key === key));
  if (missing !== undefined) {
    throw unknownKey(`The tag ${missing} is not on the resource.`);
  }
  return tags.filter(({ Key }) => !keys.includes(Key));
}

function isTagText(value: string, min: number, max: number): boolean {
  return value.length >= min && value.length <= max && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value);
}
