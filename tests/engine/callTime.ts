import type { Beginning, Scene, scenes } from "./fixtures";

const START = Date.UTC(2026, 0, 1);
const CALL_MS = 1_000;

/**
 * A scene in which time passes by calls alone: to AWS each call takes a second, however long it really took. A change
 * of 2500 ms is seen under way by exactly two calls, and done by the third.
 */
export async function inCallTime(begin: ReturnType<typeof scenes>, beginning: Beginning): Promise<Scene> {
  let answered = () => 0;
  const now = () => START + answered() * CALL_MS;
  const scene = await begin({ ...beginning, aws: { ...beginning.aws, now } });
  answered = () => scene.aws.calls().length;
  return scene;
}
