import { type ApiTierArgs } from "./args";
import {
    arnOf,
    hostedZoneId,
    input,
    isGiven,
    judgedLater,
    keyArn,
    leftOutWhile,
    list,
    object,
    required,
    text,
} from "../../shared/argumentRules";
import { type ArgumentTable, refusalsOf } from "../../shared/argumentTable";
import { isCertificateName } from "../../security/certificate";
import { type FleetCapacity } from "../tier/args";
import { CAPACITY } from "../tier/capacityTable";
import { TIER_ARGUMENTS } from "../tier/table";

/** The rules of ApiTier's arguments. */
export const API_TIER_ARGUMENTS: ArgumentTable<ApiTierArgs> = {
    ...TIER_ARGUMENTS,
    privateDnsName: required(
        judgedLater(
            input(
                text("a domain name in lower case with two labels at least", (...given) =>
                    // The one name of its certificate, and refused as that.
                    refusalsOf(isCertificateName(...given)).map((refusal) => ({ ...refusal, at: "[0]" })),
                ),
            ),
        ),
    ),
    capacity: object<FleetCapacity>({
        ...CAPACITY,
        targetRequestsPerInstance: leftOutWhile(
            () => true,
            () => ({
                allowed: "nothing, because a Network Load Balancer does not count requests",
                remedy: "Remove it",
            }),
            CAPACITY.targetRequestsPerInstance,
        ),
    }),
    // That privateDnsName is in it `checkedZoneName` checks, once both are known.
    privateZoneName: leftOutWhile(
        (args) => isGiven(args.privateZoneId),
        () => ({
            allowed: "nothing while privateZoneId is given",
            remedy: "Remove it: the zone has its name",
        }),
        input(text("a domain that privateDnsName is in")),
    ),
    privateZoneId: leftOutWhile(
        (args) => args.privateZoneId === args.hostedZoneId,
        () => ({
            allowed: "another zone than hostedZoneId, which is public",
            remedy: "Give the private zone of the VPC, or leave it out and one is made",
        }),
        input(hostedZoneId()),
    ),
    secretArns: input(list(input(arnOf("secretsmanager", "a secret")))),
    parameterArns: input(list(input(arnOf("ssm", "an SSM parameter")))),
    tableArns: input(list(input(arnOf("dynamodb", "a DynamoDB table")))),
    bucketArns: input(list(input(arnOf("s3", "a bucket")))),
    queueArns: input(list(input(arnOf("sqs", "a queue")))),
    databaseConnectResourceArns: input(list(input(arnOf("rds-db", "a database user")))),
    kmsKeyArns: input(list(input(keyArn()))),
};
