import {
    accountId,
    alsoWhere,
    bucketName,
    flag,
    input,
    isEachOnce,
    list,
    logRetention,
    object,
    oneOf,
    once,
    region,
    required,
    tags,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given } from "../../shared/argumentTable";
import { checkNameLength, type NamedType } from "../../shared/names";
import { checkBucketName } from "../../security/secureBucket";
import { Problems } from "../../shared/validation";
import {
    type PersonalizationArgs,
    RecommendationDomain,
    type RecommendationFilter,
    type RecommendationSchemas,
    RecommendationUse,
} from "./args";
import { FILTER_NAME_MAX } from "./filters";
import { avroSchema } from "./schemas";
import { ALL_USES } from "./uses";

/** Source: EventBridge Scheduler User Guide, "Schedule types"; what runs once is no schedule of a training. */
const SCHEDULE = /^(?:cron\(\S+(?: \S+){5}\)|rate\([1-9]\d* (?:minute|hour|day)s?\))$/;

/** Source: Systems Manager User Guide, "Requirements and constraints for parameter names". */
const PARAMETER_PREFIX = /^(?!\/(?:aws|ssm)(?:\/|$))(?:\/[A-Za-z0-9_.-]+){1,13}$/i;

function usesAmong(args: Given): readonly unknown[] {
    return Array.isArray(args.uses) ? (args.uses as readonly unknown[]) : ALL_USES;
}

const ARGUMENTS: ArgumentTable<PersonalizationArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    domain: oneOf(RecommendationDomain),
    uses: list(
        oneOf(RecommendationUse),
        "one use or more, each once",
        unless(
            (uses) => (uses as readonly unknown[]).length > 0 && isEachOnce(uses),
            "one use or more, each once",
        ),
    ),
    servedUses: list(
        alsoWhere(
            (use, args) => usesAmong(args).includes(use),
            "one of uses",
            once(oneOf(RecommendationUse), "each use once"),
            { remedy: "Name it in uses, too, or leave uses out for all three" },
        ),
    ),
    minRequestsPerSecond: wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }, "a whole number, 1 or more"),
    schemas: object<RecommendationSchemas>({
        interactions: avroSchema("interactions"),
        items: avroSchema("items"),
        users: avroSchema("users"),
    }),
    filters: list(
        object<RecommendationFilter>({
            name: required(
                textLike(
                    new RegExp(`^[a-z0-9][a-z0-9-]{0,${FILTER_NAME_MAX - 1}}$`),
                    `1 to ${FILTER_NAME_MAX} small letters, digits and hyphens, no hyphen first`,
                ),
            ),
            // Source: CloudFormation's schema of AWS::Personalize::Filter.
            expression: required(
                textWhere(({ length }) => length >= 1 && length <= 2500, "1 to 2500 characters"),
            ),
        }),
        "a list of filters, each with name and expression",
        unless(
            (filters) => isEachOnce((filters as readonly RecommendationFilter[]).map(({ name }) => name)),
            "filters with different names",
        ),
    ),
    parameterPrefix: textLike(
        PARAMETER_PREFIX,
        "a slash, then letters, digits and _.- in up to 13 parts, the first neither aws nor ssm",
    ),
    trainingSchedule: textLike(
        SCHEDULE,
        "cron(…) with six fields, or rate(<number> <minutes, hours or days>)",
    ),
    accessLogBucket: input(bucketName()),
    alarmTopicArns: input(topicArns()),
    logRetentionDays: logRetention(),
    deletionProtection: flag(),
    tags: tags(),
};

/** Children whose physical names are the tightest, by what is appended to the component's name. */
const CHILDREN: readonly [string, NamedType][] = [
    ["-data-bucket", "aws:s3/bucket:Bucket"],
    ["-schedule-role", "aws:iam/role:Role"],
    ["-interactions-schema", "aws-native:personalize:Schema"],
];

/** Personalize's limit for the names that the workflow gives. Source: CloudFormation's schemas of AWS::Personalize. */
const NAME_MAX = 63;
/** The longest part that the workflow appends: a filter's name and mark, or a dataset's and the run's time. */
const LONGEST_SUFFIX = "-interactions-1700000000000".length;

/**
 * The arguments, once nothing is wrong with them.
 *
 * @throws pulumi.InputPropertiesError with every problem.
 */
export function validate(name: string, given: PersonalizationArgs): PersonalizationArgs {
    const problems = new Problems("meridian:index:Personalization", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkBucketName(problems, problems.name);
    for (const [suffix, type] of CHILDREN) {
        checkNameLength(problems, "name", `${problems.name}${suffix}`, type);
    }
    const longest = Math.max(
        LONGEST_SUFFIX,
        ...(args.filters ?? []).map((filter) => `-${filter.name}-12345678`.length),
    );
    problems.check(
        problems.name.length + longest <= NAME_MAX,
        "name",
        name,
        `at most ${NAME_MAX - longest} characters, because the workflow's names in Personalize end at ${NAME_MAX} and begin with it`,
    );
    problems.throwIfAny();
    return args;
}
