/** Registers hooks that set environment variables for each test of the suite, or unset them, and put them back. */
export function withEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  const before: Record<string, string | undefined> = {};
  beforeEach(() => {
    for (const [name, value] of Object.entries(variables)) {
      before[name] = process.env[name];
      set(name, value);
    }
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) set(name, value);
  });
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
