/** What moto lacks or does otherwise than AWS, and which tests therefore fail on it. */
export interface Difference {
  readonly operation: string;
  readonly reason: string;
  /** Moto does not have the operation at all. */
  readonly absent?: true;
  /** What each of the tests fails with, as `inspect` of `node:util` shows it. */
  readonly error: RegExp;
  /** Full titles. */
  readonly tests: readonly string[];
}

/** What the SDK and the provider make of an operation that moto does not have, and of its page in HTML. */
const NOT_THERE = /@aws-sdk XML parse error|Unexpected token '<'|does not answer like AWS to \S+ \(HTTP 501/;
/** What differs where a test expects that the change takes time, and one look shows its end. */
const NO_SECOND_LOOK = /^- +'DescribeUsers',$/m;
/** What differs where AWS writes an access string in other words. */
const KEPT_AS_SENT = /^\+ 'on .*\n- 'on .* -@all \+@read/m;
/** What a test comes to that waits for what moto never shows. */
export const IN_VAIN = "waits in vain";

const MEMORYDB = "a MemoryDB user in a stack";
const MEMORYDB_DESTROY = "the destroy of a MemoryDB user";
const MEMORYDB_DRIFT = "a MemoryDB user that somebody changes behind Pulumi's back";
const ELASTICACHE = "an ElastiCache user in a stack";
const ELASTICACHE_DESTROY = "the destroy of an ElastiCache user";
const ELASTICACHE_DRIFT = "an ElastiCache user that somebody changes behind Pulumi's back";
const ELASTICACHE_TROUBLE = "an ElastiCache user that meets trouble";
const IAM_GATEWAY = "The gateway of IAM users";
const IAM_DRIFT = "an IAM user that somebody changes behind Pulumi's back";
const IAM_BLOCKED = "destroying an IAM user on which things hang";
const DRIFT =
  "is shown as drift in a preview with refresh and repaired by an up with refresh, whatever differs";

export const DIFFERENCES: readonly Difference[] = [
  {
    operation: "memorydb:CreateUser",
    reason: "a new user is active at once",
    error: NO_SECOND_LOOK,
    tests: [
      `${MEMORYDB} is previewed without a call, created and waited for until it is active, then left alone`,
    ],
  },
  {
    operation: "memorydb:CreateUser",
    reason: "the access string of a user is kept as it was sent",
    error: KEPT_AS_SENT,
    tests: [
      `${MEMORYDB_DRIFT} ${DRIFT}`,
      "access strings, in a stack have not changed when AWS writes them in other words, nor when the program does",
    ],
  },
  {
    operation: "memorydb:DeleteUser",
    reason: "a user is gone at once",
    error: /^- +'DescribeUsers',$|destroy succeeded|did not match .* is being deleted by somebody/m,
    tests: [
      `${MEMORYDB_DESTROY} asks once, then looks until AWS says that the user is gone, and no more`,
      `${MEMORYDB_DESTROY} ends at the time-out with what was last seen, loses nothing, and the next one completes`,
      `${MEMORYDB_DRIFT} is waited for when a refresh finds it being deleted`,
    ],
  },
  {
    operation: "memorydb:DeleteUser",
    reason: "a user is in no state that keeps it from being deleted or made again",
    error: /^- '(DeleteUser InvalidUserStateFault|CreateUser UserAlreadyExistsFault)'$/m,
    tests: [
      `${MEMORYDB_DESTROY} waits for a change of the user that is under way`,
      "a MemoryDB user that meets trouble is made as soon as another one of its name has been deleted",
    ],
  },
  {
    operation: "memorydb:CreateACL",
    reason: "there are no ACLs",
    absent: true,
    error: NOT_THERE,
    tests: [`${MEMORYDB_DESTROY} deletes two users of one ACL together and leaves the ACL to AWS`],
  },
  {
    operation: "elasticache:CreateUser",
    reason: "a new user is active at once",
    error: NO_SECOND_LOOK,
    tests: [
      `${ELASTICACHE} is previewed without a call, created and waited for until it is active, then left alone`,
    ],
  },
  {
    operation: "elasticache:CreateUser",
    reason: "the access string of a user is kept as it was sent",
    error: KEPT_AS_SENT,
    tests: [`${ELASTICACHE_DRIFT} ${DRIFT}`],
  },
  {
    operation: "elasticache:CreateUser",
    reason: "the tags of a new user can be written at once",
    error: /AWS refused nothing/,
    tests: [
      `${ELASTICACHE_TROUBLE} is tagged and changed as soon as its tags can be written, and its tags as soon as it is changed`,
    ],
  },
  {
    operation: "elasticache:ModifyUser",
    reason: "no user can be changed",
    absent: true,
    error: NOT_THERE,
    tests: [
      "The gateway of ElastiCache users sends ModifyUser when only accessString changed",
      "The gateway of ElastiCache users sends ModifyUser when only authentication changed",
      "The gateway of ElastiCache users sends ModifyUser when only engine and authentication changed",
      `${ELASTICACHE} is updated in place, by exactly the calls that a change needs`,
      `${ELASTICACHE_DRIFT} gets its passwords back when it has another number of them, and is made again when it is gone`,
      `${ELASTICACHE_TROUBLE} is taken over by a run that names it, and brought to what is declared`,
      "access strings, in a stack show a command that somebody added, and lose it again",
    ],
  },
  {
    operation: "elasticache:DeleteUser",
    reason: "a user is shown once more, however much time has passed, and then never",
    error: /^\+ +status: 'deleting',$|^- +'DescribeUsers',$/m,
    tests: [
      "The gateway of ElastiCache users removes a user, which is gone after a while",
      `${ELASTICACHE} is replaced when its name changes, the old user first and gone, because the id stays`,
      `${ELASTICACHE_DESTROY} asks once, then looks until AWS says that the user is gone, and no more`,
    ],
  },
  {
    operation: "elasticache:CreateUserGroup",
    reason: "there are no user groups",
    absent: true,
    error: NOT_THERE,
    tests: [
      "The groups that hold on to an ElastiCache user are those of engine redis alone",
      `${ELASTICACHE_DESTROY} deletes two users of one group together and leaves the group to AWS`,
      `${ELASTICACHE_DESTROY} is blocked for the default user of a Redis group, names the group, and goes on when it has another`,
      `${ELASTICACHE_DESTROY} waits for a Redis group that is being deleted to let its default user go`,
      `${ELASTICACHE_TROUBLE} is changed as soon as a change of its group, which makes it modifying, is through`,
    ],
  },
  {
    operation: "iam:CreateUser",
    reason: "the boundary of a new user is neither looked for nor ever shown, which is waited for",
    error: new RegExp(IN_VAIN),
    tests: [
      "an IAM user in a stack is previewed without a call, created with one, and left alone as long as nothing changes",
      "creating an IAM user leaves nothing behind where AWS refuses the user, and says AWS's reason",
      `${IAM_DRIFT} ${DRIFT}`,
      `${IAM_DRIFT} says that an up without refresh cannot change a user that is gone`,
    ],
  },
  {
    operation: "iam:CreateUser",
    reason: "names may differ in case alone",
    error: /up succeeded/,
    tests: ["creating an IAM user refuses two resources of one name, and says that this run made the first"],
  },
  {
    operation: "iam:CreateUser",
    reason: "ids are in lower case and without AWS's prefix",
    error: /did not match .*of-AIDA/,
    tests: ["the name of a user may depend on what only another resource's creation tells"],
  },
  {
    operation: "iam:PutUserPermissionsBoundary",
    reason: "users have no boundary",
    absent: true,
    error: NOT_THERE,
    tests: [
      `${IAM_GATEWAY} sends PutUserPermissionsBoundary when only permissionsBoundary changed`,
      "an IAM user in a stack is updated in place, by exactly the calls that a change needs",
      `${IAM_DRIFT} loses what it was given, and gets back what it lost`,
    ],
  },
  {
    operation: "iam:DeleteUserPermissionsBoundary",
    reason: "users have no boundary",
    absent: true,
    error: NOT_THERE,
    tests: [`${IAM_GATEWAY} sends DeleteUserPermissionsBoundary when only permissionsBoundary changed`],
  },
  {
    operation: "iam:UploadSigningCertificate",
    reason: "only a real certificate is taken",
    error: /^MalformedCertificateException/,
    tests: [
      `${IAM_BLOCKED} fails with a list of every item of all nine kinds, and loses nothing`,
      `${IAM_BLOCKED} goes through with forceDestroy: everything is purged once, and nothing of anybody else`,
      `${IAM_BLOCKED} purges only with a forceDestroy that names every kind that is there`,
      `${IAM_BLOCKED} says what a purge that is denied has removed and what remains, and the next destroy goes on`,
    ],
  },
  {
    operation: "sts:GetCallerIdentity",
    reason: "all credentials belong to one account",
    error: /refresh succeeded|^\+ \[\]\n- \[\n- +\{\n- +account: '210987654321'/m,
    tests: [
      "the account and region of a user must be the account of the credentials, for a refresh, an update and a destroy",
      "the account and region of a user comes from an explicit provider, which takes the rest from the stack's configuration",
    ],
  },
];

/** Whether moto does not have an operation, such as `memorydb:CreateACL`. */
export function isAbsent(operation: string): boolean {
  return DIFFERENCES.some((difference) => difference.absent && difference.operation === operation);
}
