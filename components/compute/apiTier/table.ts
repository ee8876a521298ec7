import { type ApiTierArgs } from "./args";
import { arnOf, hostedZoneId, input, keyArn, list, required, text } from "../../shared/argumentRules";
import { type ArgumentTable } from "../../shared/argumentTable";
import { TIER_ARGUMENTS } from "../tier/table";

/** The rules of ApiTier's arguments. */
export const API_TIER_ARGUMENTS: ArgumentTable<ApiTierArgs> = {
    ...TIER_ARGUMENTS,
    privateDnsName: required(input(text("a domain name in lower case with two labels at least"))),
    privateZoneName: input(text("a domain that privateDnsName is in")),
    privateZoneId: input(hostedZoneId()),
    secretArns: input(list(input(arnOf("secretsmanager", "a secret")))),
    parameterArns: input(list(input(arnOf("ssm", "an SSM parameter")))),
    tableArns: input(list(input(arnOf("dynamodb", "a DynamoDB table")))),
    bucketArns: input(list(input(arnOf("s3", "a bucket")))),
    queueArns: input(list(input(arnOf("sqs", "a queue")))),
    databaseConnectResourceArns: input(list(input(arnOf("rds-db", "a database user")))),
    kmsKeyArns: input(list(input(keyArn()))),
};
