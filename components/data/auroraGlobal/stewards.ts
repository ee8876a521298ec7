import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    createDeadLetterQueue,
    createFunction,
    functionErrorAlarm,
    type FunctionPlace,
} from "../../operations";
import { type PolicyStatement } from "../../security/policyDocument";
import { type MasterSecret } from "./masterSecret";
import { rotateRegularly, rotationStatements } from "../secretRotation";
import { MEMBER_TAG } from "../auroraMember/cluster";

/** What the functions that look after the database need. */
export interface StewardArgs extends FunctionPlace {
    clusterArn: pulumi.Output<string>;
    /** Id that AWS gave the cluster: another one when the cluster is made anew. */
    clusterResourceId: pulumi.Output<string>;
    globalClusterIdentifier: string;
    databaseName: string;
    applicationUsername: string;
    replicaRegions: readonly string[];
    secret: MasterSecret;
    /** The first version of the secret. */
    secretValue: aws.secretsmanager.SecretVersion;
    instances: aws.rds.ClusterInstance[];
    passwordRotationDays: number;
    dataApi: boolean;
    topicArns: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Makes the two functions that look after the database: one prepares it, one replaces the master password. Neither
 * is in the network: they call AWS alone, and must reach the region that writes, wherever it is.
 *
 * @returns The function that prepares the database.
 */
export function createStewards(
    name: string,
    args: StewardArgs,
    parent: pulumi.Resource,
): aws.lambda.Function {
    const deadLetterQueue = createDeadLetterQueue(name, args, parent);
    const preparation = createPreparation(name, args, deadLetterQueue, parent);
    createRotation(name, args, deadLetterQueue, parent);
    return preparation;
}

function createPreparation(
    name: string,
    args: StewardArgs,
    deadLetterQueue: aws.sqs.Queue,
    parent: pulumi.Resource,
): aws.lambda.Function {
    const preparation = createFunction(
        `${name}-preparation`,
        args,
        {
            code: "prepare-database",
            description: "Creates the application's user and lets the founding cluster forward writes",
            // More than the four minutes for which it tries.
            timeoutSeconds: 300,
            environment: {
                ...databaseEnvironment(args),
                DATABASE_NAME: args.databaseName,
                SECRET_ARN: args.secret.secretArn,
            },
            statements: [
                ...findWriterStatements(args),
                {
                    Sid: "ForwardWrites",
                    Effect: "Allow",
                    Action: "rds:ModifyDBCluster",
                    Resource: args.clusterArn,
                },
                ...memberStatements("RunStatements", "rds-data:ExecuteStatement", args),
                {
                    Sid: "ReadMasterSecret",
                    Effect: "Allow",
                    Action: "secretsmanager:GetSecretValue",
                    Resource: args.secret.secretArns,
                },
                {
                    Sid: "ReadUnderKey",
                    Effect: "Allow",
                    Action: "kms:Decrypt",
                    Resource: args.secret.keyArns,
                },
            ],
            deadLetterQueue,
        },
        parent,
    );
    if (args.dataApi) {
        new aws.lambda.Invocation(
            `${name}-application-user`,
            {
                region: args.region,
                functionName: preparation.name,
                input: JSON.stringify({
                    action: "CreateApplicationUser",
                    username: args.applicationUsername,
                }),
                // A cluster that was made anew has no users.
                triggers: { cluster: args.clusterResourceId },
            },
            // It signs in with the secret's first value, on an instance that takes connections.
            { parent, dependsOn: [args.secretValue, ...args.instances] },
        );
    }
    return preparation;
}

function createRotation(
    name: string,
    args: StewardArgs,
    deadLetterQueue: aws.sqs.Queue,
    parent: pulumi.Resource,
): void {
    const { secret } = args;
    const rotation = createFunction(
        `${name}-rotation`,
        args,
        {
            code: "rotate-master-password",
            description: "Replaces the master password in the secret and in the cluster that writes",
            // Lambda's longest: it waits for RDS to take the password over.
            timeoutSeconds: 900,
            environment: databaseEnvironment(args),
            statements: [
                ...findWriterStatements(args),
                ...memberStatements("SetPassword", "rds:ModifyDBCluster", args),
                ...rotationStatements(secret.secretArn),
                {
                    // Secrets Manager writes the replicas with the permissions of whoever wrote the secret.
                    Sid: "WriteUnderKeys",
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
                    Resource: secret.keyArns,
                },
            ],
            deadLetterQueue,
        },
        parent,
    );
    rotateRegularly(
        `${name}-rotation`,
        {
            ...args,
            rotation,
            secretArn: secret.secretArn,
            days: args.passwordRotationDays,
            dependsOn: [args.secretValue, ...args.instances],
        },
        parent,
    );
    const { region, topicArns, tags } = args;
    functionErrorAlarm(
        `${name}-rotation-errors`,
        rotation.name,
        {
            ...{ region, topicArns, tags },
            description:
                "The master password could not be replaced. The old one is still good; the function's log says why.",
        },
        { parent },
    );
}

function databaseEnvironment(args: StewardArgs): Record<string, pulumi.Input<string>> {
    return { CLUSTER_ARN: args.clusterArn, GLOBAL_CLUSTER_IDENTIFIER: args.globalClusterIdentifier };
}

function findWriterStatements(args: StewardArgs): PolicyStatement[] {
    return [
        {
            Sid: "FindWriter",
            Effect: "Allow",
            Action: "rds:DescribeGlobalClusters",
            Resource: pulumi.interpolate`arn:aws:rds::${args.accountId}:global-cluster:${args.globalClusterIdentifier}`,
        },
        {
            Sid: "DescribeMembers",
            Effect: "Allow",
            Action: "rds:DescribeDBClusters",
            Resource: [args.region, ...args.replicaRegions].map((region) => clustersIn(region, args)),
        },
    ];
}

/** Allows an action on the clusters of this database, in every region that it may come to have. */
function memberStatements(sid: string, action: string, args: StewardArgs): PolicyStatement[] {
    const founder: PolicyStatement = { Sid: sid, Effect: "Allow", Action: action, Resource: args.clusterArn };
    const others: PolicyStatement = {
        Sid: `${sid}Elsewhere`,
        Effect: "Allow",
        Action: action,
        Resource: args.replicaRegions.map((region) => clustersIn(region, args)),
        // The clusters of the other regions are made later and elsewhere. The tag tells which are this database's.
        Condition: { StringEquals: { [`aws:ResourceTag/${MEMBER_TAG}`]: args.globalClusterIdentifier } },
    };
    return args.replicaRegions.length === 0 ? [founder] : [founder, others];
}

function clustersIn(region: string, args: StewardArgs): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:rds:${region}:${args.accountId}:cluster:*`;
}
