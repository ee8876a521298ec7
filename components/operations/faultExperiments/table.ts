import {
    accountId,
    alarmArn,
    arnLike,
    input,
    isCount,
    keyArn,
    list,
    logRetention,
    map,
    numberIn,
    object,
    region,
    required,
    tags,
    text,
    textOf,
    textWhere,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Judge } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { isRegion, isZoneOf, Problems } from "../../shared/validation";
import {
    type CrossRegionDisruption,
    type FaultExperimentsArgs,
    type SpotInterruption,
    type ZonePowerInterruption,
} from "./args";

export const TYPE = "meridian:index:FaultExperiments";

/** Source: AWS FIS User Guide, "Quotas": an action lasts 12 hours at most. */
const MINUTES_MAX = 720;

/** Source: AWS FIS API Reference, CreateExperimentTemplateTargetInput, resourceArns. */
const ARNS_MAX = 5;

const atMostEach = (most: number): Judge =>
    unless((items) => isCount(items, 1, most), `1 to ${most} of them`);

const subnets = () =>
    required(
        input(
            list(
                input(arnLike(/^arn:aws[a-z-]*:ec2:[a-z0-9-]+:\d{12}:subnet\/.+$/, "the ARN of a subnet")),
                "a list of subnets' ARNs",
                atMostEach(ARNS_MAX),
            ),
        ),
    );

const instanceTags = () =>
    required(
        map(
            text("a tag's value"),
            "tags",
            unless(
                (given) => Object.keys(given as object).length > 0,
                "one tag at least, or every instance would be meant",
            ),
        ),
    );

const CROSS_REGION: ArgumentTable<CrossRegionDisruption> = {
    peerRegion: required(
        textWhere(
            (code, _, { outer }) => isRegion(code) && code !== outer?.within.region,
            "another AWS region than the experiments'",
        ),
    ),
    subnetArns: subnets(),
    durationMinutes: numberIn({ min: 1, max: MINUTES_MAX, step: 1 }),
};

const SPOT: ArgumentTable<SpotInterruption> = {
    instanceTags: instanceTags(),
    // Source: AWS FIS User Guide, "Quotas".
    count: numberIn({ min: 1, max: 5, step: 1 }),
};

const ZONE_POWER: ArgumentTable<ZonePowerInterruption> = {
    availabilityZone: required(
        textWhere(
            (zone, _, { outer }) => isZoneOf(textOf(outer?.within.region), zone),
            (_, { outer }) => `a zone of ${textOf(outer?.within.region, "the region")}`,
            { kind: "the name of a zone" },
        ),
    ),
    instanceTags: instanceTags(),
    autoScalingGroupArns: required(
        input(
            list(
                input(
                    arnLike(
                        /^arn:aws[a-z-]*:autoscaling:[a-z0-9-]+:\d{12}:autoScalingGroup:.+$/,
                        "the ARN of an Auto Scaling group",
                    ),
                ),
                "a list of groups' ARNs",
                atMostEach(ARNS_MAX),
            ),
        ),
    ),
    subnetArns: subnets(),
    databaseClusterArn: input(
        arnLike(/^arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:cluster:.+$/, "the ARN of a database cluster"),
    ),
    durationMinutes: numberIn({ min: 1, max: MINUTES_MAX, step: 1 }),
};

const ARGUMENTS: ArgumentTable<FaultExperimentsArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    stopAlarmArns: required(
        input(
            list(
                input(alarmArn()),
                "a list of alarms' ARNs",
                // Source: AWS FIS User Guide, "Quotas".
                atMostEach(5),
            ),
        ),
    ),
    kmsKeyArn: required(input(keyArn())),
    logRetentionDays: logRetention(),
    crossRegion: object(CROSS_REGION),
    spotInterruption: object(SPOT),
    zonePower: object(ZONE_POWER),
    tags: tags(),
};

/** Checks the arguments of experiments. */
export function validate(name: string, given: FaultExperimentsArgs): FaultExperimentsArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkNameLength(problems, "name", `${name}-cross-region-role`, "aws:iam/role:Role");
    problems.check(
        args.crossRegion !== undefined || args.spotInterruption !== undefined || args.zonePower !== undefined,
        "crossRegion",
        undefined,
        "one of crossRegion, spotInterruption and zonePower",
    );
    problems.throwIfAny();
    return args;
}
