import type { Answer } from "./answer";

/** What another process may ask of the local AWS over HTTP. */
export interface Control {
  calls(): readonly unknown[];
  users(): readonly unknown[];
  addFaults(faults: unknown): void;
  setLastUsed(uses: unknown): void;
  reset(): void;
}

/** Answers a request under `/_local/` with JSON. */
export function answerControl(method: string, path: string, body: string, control: Control): Answer {
  switch (`${method} ${path}`) {
    case "GET /_local/calls":
      return json(200, control.calls());
    case "GET /_local/users":
      return json(200, control.users());
    case "POST /_local/faults":
      return take(body, control.addFaults);
    case "POST /_local/last-used":
      return take(body, control.setLastUsed);
    case "POST /_local/reset":
      control.reset();
      return json(200, {});
    default:
      return json(404, {
        error: `${method} ${path} is unknown; there are GET /_local/calls, GET /_local/users, POST /_local/faults, POST /_local/last-used and POST /_local/reset`,
      });
  }
}

function take(body: string, put: (given: unknown) => void): Answer {
  try {
    put(JSON.parse(body));
    return json(200, {});
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
