import { CreateCollectionCommand, DeleteCollectionCommand } from "@aws-sdk/client-rekognition";
import type { Cleanup } from "./cleanup";
import type { Clients } from "./clients";

/** Makes the Rekognition collection that the program's user is put into. */
export async function makeCollection(
  { rekognition }: Clients,
  CollectionId: string,
  cleanup: Cleanup,
): Promise<void> {
  cleanup.add(`Rekognition collection ${CollectionId}`, () =>
    rekognition.send(new DeleteCollectionCommand({ CollectionId })),
  );
  await rekognition.send(new CreateCollectionCommand({ CollectionId }));
}
