import { createHash } from "node:crypto";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission } from "../../security/permissions";
import { RegionalWebAcl } from "../../security/regionalWebAcl";
import { checkArguments, withSecrets } from "../../shared/argumentTable";
import { Exposure } from "../../shared/exposure";
import { checkComponentName } from "../../shared/names";
import { asSetting } from "../../shared/replacement";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { accessLogFormat, apiLogGroup } from "../accessLog";
import { createApiAlarms, createCacheAlarm } from "../alarms";
import { assign } from "../assignment";
import { DEFAULT_RETENTION_DAYS } from "../defaults";
import { domainUrl } from "../domain";
import { allowInvocations, callPermissions, functionArn } from "../invocation";
import { type ApiDocument, readDocument } from "../openApi/document";
import { type ApiVpcLink, vpcLink } from "../vpcLink";
import { type ApiDomainTarget, type RestApiArgs, type RestApiIntegration } from "./args";
import { type ResolvedIntegration, restApiBody } from "./body";
import { restDomain } from "./domain";
import { methodSettings } from "./methodSettings";
import { ARGUMENTS } from "./table";
import { usagePlans } from "./usagePlans";

export * from "./args";

const STAGE = "live";
const TIMEOUT_MILLISECONDS = 29_000;
const CACHE_HIT_PERCENT = 10;
const HTTPS = 443;

/**
 * A REST API of API Gateway whose routes come from an OpenAPI document: before functions and balancers in a network, with
 * users of Cognito or callers of IAM, checks of requests, a firewall, logs, limits, and a cache that never gives one user what
 * was kept for another.
 *
 * Children: `<name>-api`, `<name>-deployment`, `<name>-stage`, `<name>-settings`, `<name>-settings-<operationId>`,
 * `<name>-access-log`, `<name>-execution-log`, `<name>-firewall` (a RegionalWebAcl) or `<name>-firewall-association`, for each
 * integration with a function `<name>-<integration>-permission`; with balancers `<name>-vpc-link` and `<name>-security-group`;
 * with a domain `<name>-domain`, `<name>-certificate` (a ValidatedCertificate), `<name>-mapping` or `<name>-route`, `<name>-domain-<other name>`, `<name>-mapping-<other name>`,
 * `<name>-record-a`, `<name>-record-aaaa`; with usage plans `<name>-<plan>-plan`, `<name>-<plan>-<key>-key`,
 * `<name>-<plan>-<key>-member`; alarms `<name>-server-errors`, `<name>-client-errors`, `<name>-latency`,
 * `<name>-integration-latency`, `<name>-cache-hits`.
 */
export class RestApi extends pulumi.ComponentResource {
    /** Id of the API. */
    readonly apiId: pulumi.Output<string>;
    /** Name of the API: the dimension ApiName of its metrics. */
    readonly apiName: pulumi.Output<string>;
    /** Name of the stage: the dimension Stage of its metrics. */
    readonly stageName: pulumi.Output<string>;
    /** ARN of the stage. */
    readonly stageArn: pulumi.Output<string>;
    /** ARN that permissions to call the API begin with. */
    readonly executionArn: pulumi.Output<string>;
    /** Where clients send requests, without a slash at the end. */
    readonly url: pulumi.Output<string>;
    /** The host in `url`, for a distribution's origin. */
    readonly hostName: pulumi.Output<string>;
    /** What a distribution puts before paths: the stage, or nothing with a domain name. */
    readonly originPath: pulumi.Output<string>;
    /** Its own domain name, once it is there. None without `domain`. */
    readonly domainName?: pulumi.Output<string>;
    /** Where the domain name has to lead, for alias records. None without `domain`. */
    readonly regionalDomainName?: pulumi.Output<string>;
    /** Hosted zone of that. None without `domain`. */
    readonly regionalZoneId?: pulumi.Output<string>;
    /** Where the names in `alsoNamed` have to lead, by the name. None without them. */
    readonly otherTargets?: pulumi.Output<Record<string, ApiDomainTarget>>;
    /** Id of the security group in which the API reaches balancers, which have to let it in. None without `network`. */
    readonly securityGroupId?: pulumi.Output<string>;
    /** Ids of the API keys, by `<plan>/<key>`. Their values stay in API Gateway. None without `usagePlans`. */
    readonly apiKeyIds?: pulumi.Output<Record<string, string>>;
    /** Name of the log group that takes a line of each request. */
    readonly accessLogGroupName: pulumi.Output<string>;
    /** What callers need that sign with IAM. */
    readonly invokePermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, and everything in the document that is wrong, before
     * anything is registered, the component included.
     */
    constructor(name: string, args: RestApiArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:RestApi", name, withSecrets(args, ARGUMENTS), opts);
        const { document } = readDocument(args.document);
        const tags = classified(DataClassification.Confidential, args.tags);

        const link = linkOf(this, name, args, tags);
        const body = bodyOf(args, document, link);
        const api = makeApi(this, name, args, document, body, tags);
        const accessLog = apiLogGroup(`${name}-access-log`, { ...args, tags }, this);
        const stage = makeStage(this, name, args, api, body, accessLog, tags);
        const executionLog = apiLogGroup(
            `${name}-execution-log`,
            { ...args, tags },
            this,
            pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${args.stageName ?? STAGE}`,
        );
        methodSettings(name, args, document, { api, stage }, executionLog, this);
        protect(this, name, args, stage);
        const callable = pulumi.interpolate`${api.executionArn}/${stage.stageName}/*`;
        allowInvocations(name, args, callable, args.integrations, this);
        const domain = restDomain(name, args, { api, stage }, tags, this);
        watch(this, name, args, api, stage, tags);

        this.apiId = api.id;
        this.apiName = api.name;
        this.stageName = stage.stageName;
        this.stageArn = stage.arn;
        this.executionArn = api.executionArn;
        const ownHost = pulumi.interpolate`${api.id}.execute-api.${args.region}.amazonaws.com`;
        this.url =
            args.domain === undefined
                ? pulumi.interpolate`https://${ownHost}/${stage.stageName}`
                : pulumi.output(domainUrl(args.domain));
        this.hostName = args.domain === undefined ? ownHost : pulumi.output(args.domain.domainName);
        this.originPath =
            args.domain === undefined ? pulumi.interpolate`/${stage.stageName}` : pulumi.output("");
        Object.assign(this, domain);
        if (link !== undefined) {
            this.securityGroupId = link.securityGroupId;
        }
        if (args.usagePlans !== undefined) {
            this.apiKeyIds = usagePlans(name, args, { api, stage }, tags, this);
        }
        this.accessLogGroupName = accessLog.name;
        this.invokePermissions = callPermissions(callable);
        this.registerOutputs({
            apiId: this.apiId,
            apiName: this.apiName,
            stageName: this.stageName,
            stageArn: this.stageArn,
            executionArn: this.executionArn,
            url: this.url,
            hostName: this.hostName,
            originPath: this.originPath,
            ...domain,
            ...(this.securityGroupId === undefined ? {} : { securityGroupId: this.securityGroupId }),
            ...(this.apiKeyIds === undefined ? {} : { apiKeyIds: this.apiKeyIds }),
            accessLogGroupName: this.accessLogGroupName,
            invokePermissions: this.invokePermissions,
        });
    }
}

function validate(name: string, given: RestApiArgs): RestApiArgs {
    const problems = new Problems("meridian:index:RestApi", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}

function linkOf(
    parent: RestApi,
    name: string,
    { region, network }: RestApiArgs,
    tags: TagsInput,
): ApiVpcLink | undefined {
    return network === undefined ? undefined : vpcLink(name, { region, network, tags }, parent);
}

/** The API's definition as JSON, once what it names is there. */
function bodyOf(
    args: RestApiArgs,
    document: ApiDocument,
    link: ApiVpcLink | undefined,
): pulumi.Output<string> {
    const integrations = Object.fromEntries(
        Object.entries(args.integrations).map(([name, each]) => [name, resolved(args, each, link)]),
    );
    return pulumi.output({ integrations, authorizers: args.authorizers ?? {} }).apply((known) =>
        JSON.stringify(
            restApiBody(document, {
                ...known,
                assigned: assign(document, { ...args.integrations }).integrations,
                operations: args.operations ?? {},
                ...(args.cors === undefined ? {} : { cors: args.cors }),
            }),
        ),
    );
}

function resolved(
    args: RestApiArgs,
    { function: called, balancer, timeoutMilliseconds = TIMEOUT_MILLISECONDS }: RestApiIntegration,
    link: ApiVpcLink | undefined,
): pulumi.Input<ResolvedIntegration> {
    if (called !== undefined) {
        const path = "lambda:path/2015-03-31/functions";
        return pulumi.output({
            timeoutMilliseconds,
            functionUri: pulumi.interpolate`arn:aws:apigateway:${args.region}:${path}/${functionArn(args, called)}/invocations`,
        });
    }
    if (balancer === undefined || link === undefined) {
        return { timeoutMilliseconds };
    }
    const { loadBalancerArn, serverName, port = HTTPS, pathPrefix = "" } = balancer;
    return pulumi.output({
        timeoutMilliseconds,
        balancer: {
            loadBalancerArn,
            connectionId: link.vpcLinkId,
            baseUrl: pulumi.interpolate`https://${serverName}${port === HTTPS ? "" : `:${port}`}${pathPrefix}`,
        },
    });
}

function makeApi(
    parent: RestApi,
    name: string,
    args: RestApiArgs,
    document: ApiDocument,
    body: pulumi.Output<string>,
    tags: TagsInput,
): aws.apigateway.RestApi {
    const { domain, route, resourcePolicy } = args;
    return new aws.apigateway.RestApi(
        `${name}-api`,
        {
            region: args.region,
            description: args.description ?? document.title,
            body,
            // A definition that is imported in part answers otherwise than it says.
            failOnWarnings: true,
            apiKeySource: "HEADER",
            endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
            // With a name of its own the API has no second door.
            disableExecuteApiEndpoint: domain !== undefined || route !== undefined,
            ...(resourcePolicy === undefined ? {} : { policy: resourcePolicy }),
            tags,
        },
        { parent },
    );
}

function makeStage(
    parent: RestApi,
    name: string,
    args: RestApiArgs,
    api: aws.apigateway.RestApi,
    body: pulumi.Output<string>,
    accessLog: aws.cloudwatch.LogGroup,
    tags: TagsInput,
): aws.apigateway.Stage {
    const deployment = new aws.apigateway.Deployment(
        `${name}-deployment`,
        {
            region: args.region,
            restApi: api.id,
            // A stage answers by its deployment, which is a copy: what is changed afterwards is not in it.
            triggers: {
                definition: pulumi
                    .all([body, args.resourcePolicy ?? ""])
                    .apply((parts) => createHash("sha256").update(parts.join("\n")).digest("hex")),
            },
        },
        { parent },
    );
    return new aws.apigateway.Stage(
        `${name}-stage`,
        {
            region: args.region,
            restApi: api.id,
            deployment: deployment.id,
            stageName: args.stageName ?? STAGE,
            xrayTracingEnabled: true,
            ...(args.cache === undefined
                ? {}
                : { cacheClusterEnabled: true, cacheClusterSize: String(args.cache.sizeGb) }),
            accessLogSettings: {
                destinationArn: accessLog.arn,
                format: accessLogFormat({
                    path: "$context.resourcePath",
                    firewall: "$context.wafResponseCode",
                    trace: "$context.xrayTraceId",
                }),
            },
            tags,
        },
        // An API has one stage of a name.
        { parent, deleteBeforeReplace: true },
    );
}

/** Puts the stage behind a firewall. */
function protect(parent: RestApi, name: string, args: RestApiArgs, stage: aws.apigateway.Stage): void {
    const { region, webAclArn, webAcl = {} } = args;
    if (webAclArn !== undefined) {
        new aws.wafv2.WebAclAssociation(
            `${name}-firewall-association`,
            { region, resourceArn: stage.arn, webAclArn },
            asSetting({ parent }),
        );
        return;
    }
    const { exposure = Exposure.Internet, rateLimitPerFiveMinutes, requiredHeader } = webAcl;
    new RegionalWebAcl(
        `${name}-firewall`,
        {
            region,
            apiStageArn: stage.arn,
            exposure,
            ...(rateLimitPerFiveMinutes === undefined ? {} : { rateLimitPerFiveMinutes }),
            ...(requiredHeader === undefined
                ? {}
                : {
                      secretHeaders: [requiredHeader.name],
                      requiredHeader: { ...requiredHeader, exemptPaths: [] },
                  }),
            logRetentionDays: args.logRetentionDays ?? DEFAULT_RETENTION_DAYS,
            kmsKeyArn: args.kmsKeyArn,
        },
        { parent },
    );
}

function watch(
    parent: RestApi,
    name: string,
    { region, alarmTopicArns: topicArns, alarmThresholds: thresholds = {}, cache }: RestApiArgs,
    api: aws.apigateway.RestApi,
    stage: aws.apigateway.Stage,
    tags: TagsInput,
): void {
    if (topicArns === undefined) {
        return;
    }
    const common = { region, topicArns, tags, dimensions: { ApiName: api.name, Stage: stage.stageName } };
    createApiAlarms(
        name,
        { ...common, thresholds, metrics: { serverErrors: "5XXError", clientErrors: "4XXError" } },
        parent,
    );
    if (cache !== undefined) {
        createCacheAlarm(name, common, thresholds.cacheHitPercent ?? CACHE_HIT_PERCENT, parent);
    }
}
