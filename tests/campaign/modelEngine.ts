import type { dynamic } from "@pulumi/pulumi";
import type { Service } from "./modelFaults";

/** Plain JSON as Pulumi hands it over. */
export type Props = Record<string, unknown>;

/** What the program declares of one user. */
export interface Declared {
  readonly slot: number;
  readonly service: Service;
  readonly inputs: Props;
}

/** A resource in the state of the stack. */
export interface Resource extends Declared {
  readonly id: string;
  readonly outputs: Props;
  /** It failed to initialise: the next update repairs it. */
  readonly failed: boolean;
}

/** What Pulumi asks of a provider. */
export type Step = "create" | "read" | "update" | "delete";

/** An error as Pulumi's host reads it. */
export interface StepError extends Error {
  readonly id?: string;
  readonly properties?: Props;
  readonly reasons?: readonly string[];
}

/** A provider of which every part is there. */
export interface Provider extends Required<Omit<dynamic.ResourceProvider<Props, Props>, "check">> {
  check(olds: Props, news: Props): Promise<{ inputs: Props; failures: dynamic.CheckFailure[] }>;
}

/** What the engine needs around it. */
export interface EngineWorld {
  readonly state: Map<number, Resource>;
  readonly providers: Readonly<Record<Service, Provider>>;
  readonly parallel: number;
  /** Sees each step while it is done, and hands on what it ends with. */
  observe<T>(
    step: Step,
    of: Declared & { readonly id?: string; readonly outputs?: Props },
    act: () => Promise<T>,
  ): Promise<T>;
  /** Sees everything that a provider gives out. */
  inspect(output: unknown): void;
}

/**
 * A run of Pulumi's engine, as far as users see it: what succeeded is in the state; what failed without an id is as it
 * was; what failed with an id is kept as failed to initialise. Failures of steps do not end the run.
 */
export function engineRun({ state, providers, parallel, observe, inspect }: EngineWorld) {
  async function create(declared: Declared, inputs: Props): Promise<void> {
    const { service, slot } = declared;
    const keep = (id: string, outputs: unknown, failed: boolean) =>
      void state.set(slot, { slot, service, inputs, id, outputs: unsealed(outputs) as Props, failed });
    try {
      const made = await observe("create", { ...declared, inputs }, () =>
        providers[service].create(unsealed(inputs) as Props),
      );
      inspect(made);
      keep(made.id, { ...made.outs, __provider: inputs["__provider"] }, false);
    } catch (error) {
      const { id, properties } = inspected(error);
      if (id !== undefined) keep(id, properties, true);
    }
  }

  async function update(resource: Resource, inputs: Props): Promise<void> {
    const { service, slot, id, outputs } = resource;
    try {
      const { outs } = await observe("update", { ...resource, inputs }, () =>
        providers[service].update(id, outputs, unsealed(inputs) as Props),
      );
      inspect(outs);
      const props = unsealed({ ...outs, __provider: inputs["__provider"] }) as Props;
      state.set(slot, { ...resource, inputs, outputs: props, failed: false });
    } catch (error) {
      const { id: kept, properties } = inspected(error);
      if (kept !== undefined)
        state.set(slot, { ...resource, inputs, outputs: unsealed(properties) as Props, failed: true });
    }
  }

  async function remove(resource: Resource): Promise<boolean> {
    const { service, slot, id, outputs } = resource;
    try {
      await observe("delete", resource, () => providers[service].delete(id, outputs));
      state.delete(slot);
      return true;
    } catch (error) {
      inspected(error);
      return false;
    }
  }

  async function read(resource: Resource): Promise<void> {
    const { service, slot, id, outputs } = resource;
    try {
      const seen = await observe("read", resource, () => providers[service].read(id, outputs));
      inspect(seen);
      if (!seen.id) return void state.delete(slot);
      const props = unsealed({ ...seen.props, __provider: outputs["__provider"] }) as Props;
      state.set(slot, { ...resource, inputs: unsealed(seen.inputs) as Props, outputs: props, failed: false });
    } catch (error) {
      inspected(error);
    }
  }

  async function bring(declared: Declared): Promise<void> {
    const { service, slot } = declared;
    const old = state.get(slot);
    const news = { ...declared.inputs, hint: `urn:pulumi:s::p::t::user-${slot}`, __provider: "provider" };
    const checked = async (olds: Props) => {
      const { inputs, failures } = await providers[service].check(olds, news);
      inspect({ inputs, failures });
      if (failures.length > 0) throw new Error(`a generated program is refused: ${failures[0]?.reason}`);
      return inputs;
    };
    const inputs = unsealed(await checked(old?.inputs ?? {})) as Props;
    if (old === undefined) return create(declared, inputs);
    const {
      changes,
      replaces = [],
      deleteBeforeReplace,
    } = await providers[service].diff(old.id, old.outputs, inputs);
    if (replaces.length > 0) {
      if (!deleteBeforeReplace) throw new Error("a generated program replaces a user by another name");
      if (await remove(old)) await create(declared, unsealed(await checked({})) as Props);
      return;
    }
    if (changes !== false || old.failed) return update(old, inputs);
    state.set(slot, { ...old, inputs });
  }

  function inspected(error: unknown): StepError {
    const { message, stack, id, properties, reasons } = error as StepError;
    inspect({ message, stack, properties, reasons });
    return { message, ...(id !== undefined && { id, properties, reasons }) } as StepError;
  }

  return {
    async up(program: readonly Declared[]): Promise<void> {
      await atMost(parallel, program, bring);
      const left = [...state.values()].filter(
        ({ slot }) => !program.some((declared) => declared.slot === slot),
      );
      await atMost(parallel, left, remove);
    },
    refresh: () => atMost(parallel, [...state.values()], read),
    destroy: () => atMost(parallel, [...state.values()], remove),
  };
}

async function atMost<T>(
  parallel: number,
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Whether a text occurs outside the values that the engine is told to keep secret. */
export function isBare(text: string, value: unknown): boolean {
  if (typeof value === "string") return value.includes(text);
  if (typeof value !== "object" || value === null || SIGNATURE in value) return false;
  return Object.values(value).some((inner) => isBare(text, inner));
}

/** The engine hands secrets to a provider in plain. */
export function unsealed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return unsealed((value as unknown as { value: unknown }).value);
  if (Array.isArray(value)) return value.map(unsealed);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unsealed(inner)]));
}
