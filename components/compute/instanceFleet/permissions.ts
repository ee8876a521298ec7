import { type PolicyConditions } from "../../security/policyDocument";
import { PULL_ACTIONS } from "../repository";
import { TRACE_ACTIONS } from "../tracing";

/** What an instance may use besides its own telemetry: exactly these, by ARN. */
export interface ResourceGrants {
    /** Secrets to read. */
    secretArns: string[];
    /** SSM parameters to read. */
    parameterArns: string[];
    /** DynamoDB tables to read and write, with their indexes. */
    tableArns: string[];
    /** Buckets whose objects to read, write and delete. */
    bucketArns: string[];
    /** Queues to send to and to receive from. */
    queueArns: string[];
    /** Database users to sign in as (`rds-db:connect`). */
    databaseConnectResourceArns: string[];
    /** Keys that encrypt any of the above. */
    kmsKeyArns: string[];
}

/** No grants at all. */
export const NO_GRANTS: ResourceGrants = {
    secretArns: [],
    parameterArns: [],
    tableArns: [],
    bucketArns: [],
    queueArns: [],
    databaseConnectResourceArns: [],
    kmsKeyArns: [],
};

/** Where an instance is and where its telemetry goes. */
export interface InstanceSurroundings {
    region: string;
    logGroupArns: string[];
    metricsNamespace: string;
    /** ARN of the ECR repository of the image, where it is in one. */
    repositoryArn?: string;
}

/** A statement of the instance role's policy, all its values known. */
export interface RoleStatement {
    Sid: string;
    Effect: "Allow" | "Deny";
    Action: string[];
    Resource?: string[];
    NotResource?: string[];
    Condition?: PolicyConditions;
}

/** The statements of the instance role's policy. What is not given gets no statement. */
export function instanceStatements(
    surroundings: InstanceSurroundings,
    grants: ResourceGrants,
): RoleStatement[] {
    return [
        ...telemetryStatements(surroundings),
        ...imageStatements(surroundings),
        ...grantStatements(surroundings, grants),
    ];
}

function telemetryStatements({ logGroupArns, metricsNamespace }: InstanceSurroundings): RoleStatement[] {
    return [
        allow(
            "WriteLogs",
            ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            logGroupArns.flatMap((arn) => [arn, `${arn}:*`]),
        ),
        {
            // This action knows no resources; the namespace is its only limit.
            ...allow("SendMetrics", ["cloudwatch:PutMetricData"], ["*"]),
            Condition: { StringEquals: { "cloudwatch:namespace": metricsNamespace } },
        },
        allow("SendTraces", TRACE_ACTIONS, ["*"]),
    ];
}

function imageStatements({ repositoryArn }: InstanceSurroundings): RoleStatement[] {
    if (repositoryArn === undefined) {
        return [];
    }
    return [
        // Signing in is to the registry as a whole.
        allow("SignInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
        allow("PullImage", PULL_ACTIONS, [repositoryArn]),
    ];
}

// Amazon Linux's and the SSM agent's own parameters, which everybody may read.
const PUBLIC_PARAMETERS = "parameter/aws/service/*";

function grantStatements({ region }: InstanceSurroundings, grants: ResourceGrants): RoleStatement[] {
    const services = ["dynamodb", "s3", "secretsmanager", "sqs", "ssm"].map(
        (service) => `${service}.${region}.amazonaws.com`,
    );
    const statements: RoleStatement[] = [
        {
            // AmazonSSMManagedInstanceCore lets an instance read every parameter of the account.
            Sid: "ReadNoOtherParameters",
            Effect: "Deny",
            Action: [
                "ssm:GetParameter",
                "ssm:GetParameters",
                "ssm:GetParametersByPath",
                "ssm:GetParameterHistory",
            ],
            NotResource: [`arn:aws:ssm:${region}::${PUBLIC_PARAMETERS}`, ...grants.parameterArns],
        },
        allow("ReadParameters", ["ssm:GetParameter", "ssm:GetParameters"], grants.parameterArns),
        allow(
            "ReadSecrets",
            ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            grants.secretArns,
        ),
        allow(
            "UseTables",
            [
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DeleteItem",
                "dynamodb:DescribeTable",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem",
            ],
            grants.tableArns.flatMap((arn) => [arn, `${arn}/index/*`]),
        ),
        allow("ListBuckets", ["s3:GetBucketLocation", "s3:ListBucket"], grants.bucketArns),
        allow(
            "UseObjects",
            ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            grants.bucketArns.map((arn) => `${arn}/*`),
        ),
        allow(
            "UseQueues",
            [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage",
                "sqs:SendMessage",
            ],
            grants.queueArns,
        ),
        allow("SignInToDatabase", ["rds-db:connect"], grants.databaseConnectResourceArns),
        {
            ...allow("UseKeys", ["kms:Decrypt", "kms:GenerateDataKey"], grants.kmsKeyArns),
            // Only through the services above, so that a key says nothing about other data under it.
            Condition: { StringEquals: { "kms:ViaService": services } },
        },
    ];
    return statements.filter(
        (statement) => statement.Resource === undefined || statement.Resource.length > 0,
    );
}

function allow(sid: string, actions: string[], resources: string[]): RoleStatement {
    return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}
