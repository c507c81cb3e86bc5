import { type PageRequest, page } from "../paging";
import { type Members, ServiceError, type Settings } from "../service";
import { createTimetable, type Timetable } from "../transitions";
import { invalidParameter, notFound } from "./errors";
import { createReplays, type Replays } from "./replays";
import { neededCollectionId } from "./validation";

/** A user as it is kept. */
export interface User {
  readonly id: string;
  /** Orders the users of a collection: a key of AWS's own that says nothing about the id. */
  readonly key: string;
  readonly status: "CREATING" | "CREATED" | "UPDATING" | "ACTIVE";
  /** AWS has no word for a user being deleted: it stays in the list as `UPDATING`. */
  readonly deleting: boolean;
}

/** A face as it is kept; with `userId` while it is associated. */
export interface Face {
  readonly id: string;
  readonly imageId: string;
  readonly externalImageId?: string;
  readonly userId?: string;
}

/** A collection as it is kept. */
export interface Collection {
  readonly id: string;
  readonly created: Date;
  readonly users: Timetable<User>;
  readonly faces: Map<string, Face>;
}

/** The Rekognition of one account and region. */
export interface Region {
  readonly account: string;
  readonly name: string;
  readonly collections: Map<string, Collection>;
  readonly replays: Replays;
}

/** What an operation works on. */
export interface Scope {
  readonly region: Region;
  readonly now: number;
  readonly settings: Settings;
}

/** Operations by name. */
export type RekognitionOperations = Readonly<Record<string, (input: Members, scope: Scope) => Members>>;

/** The version that AWS names for collections and faces made today. */
export const FACE_MODEL_VERSION = "7.0";

/** Without any collection. */
export function createRegion(account: string, name: string): Region {
  return { account, name, collections: new Map(), replays: createReplays() };
}

/** Without users and faces. */
export function newCollection(id: string, now: number): Collection {
  return { id, created: new Date(now), users: createTimetable(), faces: new Map() };
}

/** The collection that a request names. @throws ResourceNotFoundException, InvalidParameterException */
export function collectionOf(input: Members, { region }: Scope): Collection {
  const id = neededCollectionId(input);
  const collection = region.collections.get(id);
  if (!collection) {
    throw notFound(`The collection id: ${id} does not exist`);
  }
  return collection;
}

/** The faces associated with a user. */
export function facesOf({ faces }: Collection, userId: string): readonly Face[] {
  return [...faces.values()].filter((face) => face.userId === userId);
}

/** How one list of Rekognition pages. */
export interface ListRule<T> {
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly key: (item: T) => string;
}

/** One page, with NextToken. @throws InvalidParameterException, InvalidPaginationTokenException */
export function pageOf<T>(
  items: readonly T[],
  input: Members,
  rule: ListRule<T>,
  { settings }: Scope,
): { readonly items: readonly T[]; readonly NextToken: string | undefined } {
  const ask: PageRequest = { limit: input["MaxResults"], token: input["NextToken"] };
  const cut = page(items, ask, {
    ...rule,
    pageSize: settings.pageSize,
    badLimit: (limit) =>
      invalidParameter(`MaxResults must be between ${rule.min} and ${rule.max}, but is ${limit}.`),
    badToken: () =>
      new ServiceError("InvalidPaginationTokenException", "Request has an invalid pagination token"),
  });
  return { items: cut.items, NextToken: cut.next };
}
