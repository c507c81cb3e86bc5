/** Where AWS does what its own model does not say. */
interface Beyond {
  readonly problem: RegExp;
  /** Only in answers that have this. */
  readonly only: RegExp;
  readonly reason: string;
}

const BEYOND: readonly Beyond[] = [
  {
    problem: /^iam:GetUser: \.User\.(Path|UserName) is missing$/,
    only: /<Arn>arn:aws:iam::\d+:root<\/Arn>/,
    reason: "the root of an account has neither path nor name",
  },
  {
    problem: /^memorydb:DescribeUsers: has no error InvalidParameterValueException$/,
    only: /MaxResults|NextToken/,
    reason: "the model has no error for a page size or a token that cannot be",
  },
];

/** Whether AWS itself answers so, whatever its model says. */
export function isBeyondTheModel(problem: string, body: string): boolean {
  return BEYOND.some((beyond) => beyond.problem.test(problem) && beyond.only.test(body));
}
