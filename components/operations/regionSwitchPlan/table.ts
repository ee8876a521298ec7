import {
    accountId,
    alarmArn,
    allOf,
    arnLike,
    arnOf,
    atMost,
    hostedZoneId,
    input,
    isCount,
    isEachOnce,
    isGiven,
    isShortName,
    leftOutWhile,
    list,
    listOf,
    map,
    numberIn,
    object,
    objectOf,
    region,
    required,
    tags,
    text,
    textLike,
    textWhere,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Judge, type Place } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import {
    type RegionSwitchAlarm,
    type RegionSwitchDatabase,
    type RegionSwitchGroups,
    type RegionSwitchPlanArgs,
    type RegionSwitchRecord,
} from "./args";

export const TYPE = "meridian:index:RegionSwitchPlan";

/** Source: ARC Region switch API Reference, Plan, recoveryTimeObjectiveMinutes. */
const MINUTES_MAX = 10_080;

const CLUSTER_ARN = arnLike(
    /^arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:cluster:[A-Za-z][\w.:-]*$/,
    "the ARN of a database cluster",
);

/** Source: ARC Region switch API Reference, Asg, arn. */
const GROUP_ARN = arnLike(
    /^arn:aws[a-z-]*:autoscaling:[a-z0-9-]+:\d{12}:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/.{1,255}$/,
    "the ARN of an Auto Scaling group",
);

/** The plan's regions, however deep the argument is that is looked at. */
function regionsAround(place: Place): string[] {
    return place.outer === undefined
        ? listOf(place.within.regions).filter((code) => typeof code === "string")
        : regionsAround(place.outer);
}

/** Something that each of the plan's regions has, and no other one. */
const ofEachRegion: Judge = unless(
    (value, _, place) => {
        const regions = regionsAround(place);
        const keys = Object.keys(value as object);
        return keys.length === regions.length && regions.every((code) => keys.includes(code));
    },
    (_, place) => `one for each of the plan's regions, ${regionsAround(place).join(" and ")}`,
);

/** Items of different keys. */
const keysOnce: Judge = unless(
    (items) => isEachOnce((items as readonly unknown[]).map((item) => objectOf(item).key)),
    "each key once",
);

const timeout = () => numberIn({ min: 1, max: MINUTES_MAX, step: 1 });

const DATABASE: ArgumentTable<RegionSwitchDatabase> = {
    globalClusterIdentifier: required(input(text("the identifier of a global database"))),
    clusterArns: required(map(input(CLUSTER_ARN), "the clusters' ARNs by their region", ofEachRegion)),
    timeoutMinutes: timeout(),
};

const GROUPS: ArgumentTable<RegionSwitchGroups> = {
    key: required(textWhere(isShortName, "a short name in lower case, such as web")),
    arns: required(map(input(GROUP_ARN), "the groups' ARNs by their region", ofEachRegion)),
    targetPercent: numberIn({ min: 1, max: 1000, step: 1 }),
    // Source: ARC Region switch API Reference, Ec2Ungraceful.
    minimumSuccessPercentage: numberIn({ min: 0, max: 99, step: 1 }),
    timeoutMinutes: timeout(),
};

const RECORD: ArgumentTable<RegionSwitchRecord> = {
    hostedZoneId: required(input(hostedZoneId())),
    recordName: required(text("a host name")),
    setIdentifiers: required(
        map(text("a set identifier"), "the set identifiers by their region", ofEachRegion),
    ),
};

const ALARM: ArgumentTable<RegionSwitchAlarm> = {
    key: required(textWhere(isShortName, "a short name in lower case")),
    arn: required(input(alarmArn())),
    activates: textWhere(
        (code, _, place) => regionsAround(place).includes(code),
        (_, place) => `one of the plan's regions, ${regionsAround(place).join(" or ")}`,
        { kind: "one of the plan's regions" },
    ),
};

const ARGUMENTS: ArgumentTable<RegionSwitchPlanArgs> = {
    accountId: required(input(accountId())),
    // Source: ARC Region switch API Reference, Plan, regions.
    regions: required(
        list(
            region(),
            "a list of two regions",
            unless((codes) => isCount(codes, 2, 2) && isEachOnce(codes), "two regions, each once"),
        ),
    ),
    description: text(),
    database: object(DATABASE),
    autoScalingGroups: list(object(GROUPS), "a list of groups", keysOnce),
    trafficRecord: object(RECORD),
    // Source: ARC Region switch API Reference, Trigger, conditions: ten at most.
    alarms: list(object(ALARM), "a list of alarms", allOf(atMost(10, "at most 10 of them"), keysOnce)),
    minDelayMinutesBetweenExecutions: numberIn({ min: 1, max: MINUTES_MAX, step: 1 }),
    recoveryTimeObjectiveMinutes: numberIn({ min: 1, max: MINUTES_MAX, step: 1 }),
    // Source: ARC Region switch API Reference, S3ReportOutputConfiguration, bucketPath, which takes no dots.
    reportBucketName: input(
        textLike(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "the name of a bucket, without dots"),
    ),
    reportKmsKeyArn: leftOutWhile(
        ({ reportBucketName }) => !isGiven(reportBucketName),
        () => ({ allowed: "nothing where reportBucketName is left out" }),
        input(arnOf("kms", "a key")),
    ),
    tags: tags(),
};

/** Checks the arguments of a plan. */
export function validate(name: string, given: RegionSwitchPlanArgs): RegionSwitchPlanArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkNameLength(problems, "name", `${name}-plan`, "aws:arcregionswitch/plan:Plan");
    problems.check(
        args.database !== undefined ||
            (args.autoScalingGroups ?? []).length > 0 ||
            args.trafficRecord !== undefined,
        "database",
        undefined,
        "one of database, autoScalingGroups and trafficRecord, or the plan would do nothing",
    );
    problems.throwIfAny();
    return args;
}
