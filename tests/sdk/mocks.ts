import * as pulumi from "@pulumi/pulumi";

/** A resource that a program registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** Registers hooks that let each test of the suite run a program without an engine; returns what it registered. */
export function withoutEngine(config: Record<string, string> = {}): Registered[] {
  const registered: Registered[] = [];
  beforeEach(async () => {
    registered.length = 0;
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name, inputs, custom }) => {
          if (custom !== false) registered.push({ type, name, inputs });
          return { id: `${name}-id`, state: inputs };
        },
        call: ({ inputs }) => inputs,
      },
      "shop",
      "dev",
    );
    pulumi.runtime.setAllConfig(config);
  });
  return registered;
}

/** The value of an output, and whether it is secret. */
export async function known<T>(output: pulumi.Output<T>): Promise<{ value: T; secret: boolean }> {
  const value = await new Promise<T>((resolve) => void output.apply(resolve));
  return { value, secret: await pulumi.isSecret(output) };
}
