import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ownSecurityGroup, SecurityGroupConnection } from "../../network";
import { createDeadLetterQueue, createFunction } from "../../operations";
import { type PolicyStatement } from "../../security/policyDocument";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName, checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { SearchAccess, SearchAccessLevel } from "../searchAccess";
import { SEARCH_PORT } from "../searchDomain/port";
import { createAlarms } from "./alarms";
import { type SearchIndexLoaderArgs } from "./args";
import { SEARCH_INDEX_LOADER_ARGUMENTS } from "./table";

export { type SearchIndexLoaderArgs } from "./args";

const ALL_ADDRESSES = "0.0.0.0/0";

// Time for a batch that OpenSearch is slow to take, and for a good part of a table when the index is filled.
const TIMEOUT_SECONDS = 900;

// The stream keeps a change for a day. What could not be written in a quarter of one is better looked at than tried again.
const RECORD_AGE_SECONDS = 6 * 3600;

/**
 * Keeps an index of a search domain as a DynamoDB table is: a function takes the table's changes from its stream and
 * writes them, deletions too, in bulk and in a way that an older change never undoes a newer one.
 *
 * The stream begins with the first change after the component is there. What the table held before is read when the
 * function is called with `{"fill":{"segment":0,"totalSegments":1}}`, as often as it answers with what to call it with
 * next.
 *
 * Children: `<name>-security-group`, `<name>-https-egress-<number>`, `<name>-connection` (a SecurityGroupConnection),
 * `<name>-dead-letters`, `<name>-function-role`, `<name>-function-logs`, `<name>-function-policy`, `<name>-function`,
 * `<name>-access` (a SearchAccess), `<name>-index`, `<name>-stream`, and the alarms `<name>-late`, `<name>-errors` and
 * `<name>-given-up`.
 */
export class SearchIndexLoader extends pulumi.ComponentResource {
    /** Name of the index, known once it is there. */
    readonly indexName: pulumi.Output<string>;
    /** Name of the function, by which the index is filled. */
    readonly functionName: pulumi.Output<string>;
    /** ARN of the function's role. */
    readonly roleArn: pulumi.Output<string>;
    /** Id of the security group that the function wears. */
    readonly securityGroupId: pulumi.Output<string>;
    /** URL of the queue with the places in the stream of what was given up. */
    readonly failureQueueUrl: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: SearchIndexLoaderArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:SearchIndexLoader", name, args, opts);
        const { region, tags = {} } = args;

        const group = makeGroup(this, name, args);
        const connection = new SecurityGroupConnection(
            `${name}-connection`,
            {
                region,
                sourceSecurityGroupIds: { loader: group.id },
                destinationSecurityGroupId: args.domainSecurityGroupId,
                port: SEARCH_PORT,
                description: "The index loader to the search domain",
                tags,
            },
            { parent: this },
        );
        const failures = createDeadLetterQueue(name, place(args), this);
        const loader = makeFunction(this, name, args, group, failures);
        const access = new SearchAccess(
            `${name}-access`,
            {
                region,
                accessFunctionName: args.accessFunctionName,
                domainEndpoint: args.domainEndpoint,
                indexPatterns: [args.indexName],
                level: SearchAccessLevel.Write,
                roleArns: [loader.role],
            },
            { parent: this },
        );
        const index = makeIndex(this, name, args);
        listen(this, name, args, loader, failures, [connection, access, index]);
        if (args.alarmTopicArns !== undefined) {
            createAlarms(
                name,
                {
                    ...{ region, tags, topicArns: args.alarmTopicArns, indexName: args.indexName },
                    functionName: loader.name,
                    queueName: failures.name,
                },
                this,
            );
        }

        this.indexName = index.id.apply(() => args.indexName);
        this.functionName = loader.name;
        this.roleArn = loader.role;
        this.securityGroupId = group.id;
        this.failureQueueUrl = failures.url;
        this.registerOutputs({
            indexName: this.indexName,
            functionName: this.functionName,
            roleArn: this.roleArn,
            securityGroupId: this.securityGroupId,
            failureQueueUrl: this.failureQueueUrl,
        });
    }
}

function place(args: SearchIndexLoaderArgs) {
    const { region, accountId, kmsKeyArn } = args;
    return {
        ...{ region, accountId, kmsKeyArn },
        logRetentionDays: args.logRetentionDays ?? 365,
        tags: args.tags ?? {},
    };
}

function makeGroup(
    parent: SearchIndexLoader,
    name: string,
    args: SearchIndexLoaderArgs,
): aws.ec2.SecurityGroup {
    const { region, vpcId, tags = {} } = args;
    return ownSecurityGroup(
        name,
        {
            ...{ region, vpcId, tags },
            description: `Loader of search index ${args.indexName}`,
            httpsEgressCidrBlocks: args.internetEgressCidrBlocks ?? [ALL_ADDRESSES],
        },
        parent,
    );
}

function makeFunction(
    parent: SearchIndexLoader,
    name: string,
    args: SearchIndexLoaderArgs,
    group: aws.ec2.SecurityGroup,
    failures: aws.sqs.Queue,
): aws.lambda.Function {
    const { versionAttribute, expiryAttribute, attributes } = args;
    return createFunction(
        `${name}-function`,
        place(args),
        {
            code: "load-search-index",
            description: `Writes changes of a table into the search index ${args.indexName}`,
            timeoutSeconds: TIMEOUT_SECONDS,
            memorySize: 512,
            concurrency: args.concurrency ?? 10,
            environment: {
                DOMAIN_ENDPOINT: args.domainEndpoint,
                INDEX_NAME: args.indexName,
                TABLE_NAME: args.tableName,
                KEY_ATTRIBUTES: JSON.stringify(args.keyAttributes),
                ...(attributes === undefined ? {} : { ATTRIBUTES: JSON.stringify(attributes) }),
                ...(versionAttribute === undefined ? {} : { VERSION_ATTRIBUTE: versionAttribute }),
                ...(expiryAttribute === undefined ? {} : { EXPIRY_ATTRIBUTE: expiryAttribute }),
            },
            statements: statements(args),
            deadLetterQueue: failures,
            network: { subnetIds: args.subnetIds, securityGroupId: group.id },
        },
        parent,
    );
}

function statements(args: SearchIndexLoaderArgs): PolicyStatement[] {
    return [
        {
            Sid: "WriteDocuments",
            Effect: "Allow",
            Action: "es:ESHttpPost",
            Resource: pulumi.interpolate`${args.domainArn}/${args.indexName}/_bulk`,
        },
        {
            Sid: "ReadChanges",
            Effect: "Allow",
            Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
            Resource: args.streamArn,
        },
        {
            Sid: "FindStream",
            Effect: "Allow",
            Action: "dynamodb:ListStreams",
            // The call knows no single stream.
            Resource: "*",
        },
        { Sid: "ReadItems", Effect: "Allow", Action: "dynamodb:Scan", Resource: args.tableArn },
        ...(args.tableKmsKeyArn === undefined
            ? []
            : [
                  {
                      Sid: "ReadUnderTableKey",
                      Effect: "Allow" as const,
                      Action: "kms:Decrypt",
                      Resource: args.tableKmsKeyArn,
                      Condition: {
                          StringEquals: { "kms:ViaService": `dynamodb.${args.region}.amazonaws.com` },
                      },
                  },
              ]),
    ];
}

/** Has the domain's own function make the index. It stays when the component goes. */
function makeIndex(
    parent: SearchIndexLoader,
    name: string,
    args: SearchIndexLoaderArgs,
): aws.lambda.Invocation {
    return new aws.lambda.Invocation(
        `${name}-index`,
        {
            region: args.region,
            functionName: args.accessFunctionName,
            lifecycleScope: "CRUD",
            input: JSON.stringify({
                action: "CreateIndex",
                index: args.indexName,
                body: withTombstones(args.indexBody),
            }),
            triggers: { domain: args.domainEndpoint },
        },
        { parent },
    );
}

/**
 * The index's body with the time for which OpenSearch knows the version of a deleted document, where it does not say so
 * itself. A minute, which is OpenSearch's own, is little where a part of the table was read before the deletion and has to
 * be sent several times.
 */
function withTombstones(body = "{}"): string {
    const { settings, ...rest } = JSON.parse(body) as { settings?: Record<string, unknown> };
    return /"(?:index\.)?gc_deletes"/.test(body)
        ? body
        : JSON.stringify({ ...rest, settings: { ...settings, "index.gc_deletes": "15m" } });
}

function listen(
    parent: SearchIndexLoader,
    name: string,
    args: SearchIndexLoaderArgs,
    loader: aws.lambda.Function,
    failures: aws.sqs.Queue,
    before: pulumi.Resource[],
): void {
    new aws.lambda.EventSourceMapping(
        `${name}-stream`,
        {
            region: args.region,
            eventSourceArn: args.streamArn,
            functionName: loader.arn,
            // From the oldest change that the stream still has: writing one twice does no harm.
            startingPosition: "TRIM_HORIZON",
            batchSize: args.batchSize ?? 100,
            maximumBatchingWindowInSeconds: args.batchingWindowSeconds ?? 1,
            parallelizationFactor: args.parallelizationFactor ?? 1,
            // Left out, one change that OpenSearch does not take would hold its shard up for a day.
            maximumRetryAttempts: args.retryAttempts ?? 10,
            maximumRecordAgeInSeconds: RECORD_AGE_SECONDS,
            bisectBatchOnFunctionError: true,
            functionResponseTypes: ["ReportBatchItemFailures"],
            destinationConfig: { onFailure: { destinationArn: failures.arn } },
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent, dependsOn: before },
    );
}

function validate(name: string, given: SearchIndexLoaderArgs): SearchIndexLoaderArgs {
    const problems = new Problems("meridian:index:SearchIndexLoader", name);
    const args = checkArguments(problems, given, SEARCH_INDEX_LOADER_ARGUMENTS);
    checkComponentName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-function-role`, "aws:iam/role:Role");
    checkNameLength(problems, "name", `${problems.name}-function`, "aws:lambda/function:Function");
    problems.throwIfAny();
    return args;
}
