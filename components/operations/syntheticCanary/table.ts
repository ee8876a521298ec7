import {
    accountId,
    bucketName,
    flag,
    input,
    isCount,
    isEachOnce,
    keyArn,
    list,
    numberIn,
    region,
    required,
    tags,
    textLike,
    textWhere,
    topicArn,
    unless,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../../shared/argumentTable";
import { isDomainName, Problems } from "../../shared/validation";
import { type SyntheticCanaryArgs } from "./args";

export const TYPE = "meridian:index:SyntheticCanary";

/** Source: Terraform's AWS provider, `aws_synthetics_canary`, name, which is stricter than the service. */
const CANARY_NAME = /^[a-z][a-z0-9-]{0,12}$/;

const ARGUMENTS: ArgumentTable<SyntheticCanaryArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    host: required(textWhere(isDomainName, "a host name in lower case")),
    paths: list(
        textLike(/^\/[^\s#]{0,254}$/, "a path of at most 255 characters that begins with /"),
        "a list of paths",
        unless((paths) => isCount(paths, 1, 10) && isEachOnce(paths), "1 to 10 paths, each once"),
    ),
    intervalMinutes: numberIn({ min: 1, max: 60, step: 1 }),
    failuresToAlarm: numberIn({ min: 1, max: 10, step: 1 }),
    alarmTopicArn: input(topicArn()),
    kmsKeyArn: input(keyArn()),
    // Source: Amazon CloudWatch Synthetics API Reference, CreateCanary, SuccessRetentionPeriodInDays.
    retentionDays: numberIn({ min: 1, max: 455, step: 1 }),
    runtimeVersion: textLike(/^syn-nodejs-\d+\.\d+$/, "a runtime without a browser, such as syn-nodejs-3.1"),
    accessLogBucket: input(bucketName()),
    deletionProtection: flag(),
    tags: tags(),
};

/** Checks the arguments of a canary. */
export function validate(name: string, given: SyntheticCanaryArgs): SyntheticCanaryArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.check(
        CANARY_NAME.test(problems.name),
        "name",
        name,
        "1 to 13 lower-case letters, digits and hyphens, a letter first: a canary's name ends at 21, and auto-naming adds 8",
    );
    problems.throwIfAny();
    return args;
}
