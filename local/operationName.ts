/** One operation of one service, as faults and limits name it. */
export interface Asked {
  readonly service: string;
  readonly operation: string;
}

/** Whether `DeleteUser`, `iam:DeleteUser`, `iam:*` or `*` means this operation. */
export function means(name: string, asked: Asked): boolean {
  const [service, operation] = name.includes(":") ? name.split(":", 2) : [asked.service, name];
  return service === asked.service && (operation === "*" || operation === asked.operation);
}
