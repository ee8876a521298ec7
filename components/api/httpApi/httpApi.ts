import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { classified, DataClassification } from "../../security/dataClassification";
import { type Permission } from "../../security/permissions";
import { checkArguments } from "../../shared/argumentTable";
import { checkComponentName } from "../../shared/names";
import { type TagsInput } from "../../shared/tags";
import { Problems } from "../../shared/validation";
import { accessLogFormat, apiLogGroup } from "../accessLog";
import { createApiAlarms } from "../alarms";
import { corsWithDefaults, DEFAULT_THROTTLING } from "../defaults";
import { domainUrl } from "../domain";
import { allowInvocations, callPermissions } from "../invocation";
import { type ApiDocument, readDocument } from "../openApi/document";
import { vpcLink } from "../vpcLink";
import { type HttpApiArgs, type HttpApiCors } from "./args";
import { httpDomain } from "./domain";
import { routeKey } from "./routeKey";
import { routes } from "./routes";
import { ARGUMENTS } from "./table";

export * from "./args";

/** The stage that has no part in the address. */
const STAGE = "$default";

/**
 * An HTTP API of API Gateway whose routes come from an OpenAPI document: before functions and balancers in a network, for
 * holders of tokens or callers of IAM, with limits and logs. What changes is deployed at once.
 *
 * Children: `<name>-api`, `<name>-stage`, `<name>-access-log`, for each operation `<name>-<operationId>` (a route), for each
 * integration `<name>-<integration>-integration`, and with a function `<name>-<integration>-permission`; for each issuer of
 * tokens `<name>-<scheme>-authorizer`; with balancers `<name>-vpc-link` and `<name>-security-group`; with a domain
 * `<name>-domain`, `<name>-certificate` (a ValidatedCertificate), `<name>-mapping`, `<name>-record-a`, `<name>-record-aaaa`;
 * alarms `<name>-server-errors`, `<name>-client-errors`, `<name>-latency`, `<name>-integration-latency`.
 */
export class HttpApi extends pulumi.ComponentResource {
    /** Id of the API: the dimension ApiId of its metrics. */
    readonly apiId: pulumi.Output<string>;
    /** Name of the stage: the dimension Stage of its metrics. */
    readonly stageName: pulumi.Output<string>;
    /** ARN that permissions to call the API begin with. */
    readonly executionArn: pulumi.Output<string>;
    /** Where clients send requests, without a slash at the end. */
    readonly url: pulumi.Output<string>;
    /** The host in `url`, for a distribution's origin. */
    readonly hostName: pulumi.Output<string>;
    /** Its own domain name, once it is there. None without `domain`. */
    readonly domainName?: pulumi.Output<string>;
    /** Where the domain name has to lead, for alias records. None without `domain`. */
    readonly regionalDomainName?: pulumi.Output<string>;
    /** Hosted zone of that. None without `domain`. */
    readonly regionalZoneId?: pulumi.Output<string>;
    /** Id of the security group in which the API reaches balancers, which have to let it in. None without `network`. */
    readonly securityGroupId?: pulumi.Output<string>;
    /** Name of the log group that takes a line of each request. */
    readonly accessLogGroupName: pulumi.Output<string>;
    /** What callers need that sign with IAM. */
    readonly invokePermissions: pulumi.Output<Permission[]>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, and everything in the document that is wrong, before
     * anything is registered, the component included.
     */
    constructor(name: string, args: HttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:HttpApi", name, args, opts);
        const { region, network } = args;
        const { document } = readDocument(args.document);
        const tags = classified(DataClassification.Confidential, args.tags);

        const api = makeApi(this, name, args, document, tags);
        const link = network === undefined ? undefined : vpcLink(name, { region, network, tags }, this);
        const ofApi = routes(name, args, document, api, link, this);
        const accessLog = apiLogGroup(`${name}-access-log`, { ...args, tags }, this);
        const stage = makeStage(this, name, args, document, api, accessLog, ofApi, tags);
        const callable = pulumi.interpolate`${api.executionArn}/*/*`;
        allowInvocations(name, args, callable, args.integrations, this);
        const domain = httpDomain(name, args, api, stage, tags, this);
        watch(this, name, args, api, stage, tags);

        this.apiId = api.id;
        this.stageName = stage.name;
        this.executionArn = api.executionArn;
        this.url = args.domain === undefined ? api.apiEndpoint : pulumi.output(domainUrl(args.domain));
        this.hostName =
            args.domain === undefined
                ? pulumi.interpolate`${api.id}.execute-api.${region}.amazonaws.com`
                : pulumi.output(args.domain.domainName);
        Object.assign(this, domain);
        if (link !== undefined) {
            this.securityGroupId = link.securityGroupId;
        }
        this.accessLogGroupName = accessLog.name;
        this.invokePermissions = callPermissions(callable);
        this.registerOutputs({
            apiId: this.apiId,
            stageName: this.stageName,
            executionArn: this.executionArn,
            url: this.url,
            hostName: this.hostName,
            ...domain,
            ...(this.securityGroupId === undefined ? {} : { securityGroupId: this.securityGroupId }),
            accessLogGroupName: this.accessLogGroupName,
            invokePermissions: this.invokePermissions,
        });
    }
}

function validate(name: string, given: HttpApiArgs): HttpApiArgs {
    const problems = new Problems("meridian:index:HttpApi", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}

function makeApi(
    parent: HttpApi,
    name: string,
    args: HttpApiArgs,
    document: ApiDocument,
    tags: TagsInput,
): aws.apigatewayv2.Api {
    const { cors } = args;
    return new aws.apigatewayv2.Api(
        `${name}-api`,
        {
            region: args.region,
            protocolType: "HTTP",
            description: args.description ?? document.title,
            ipAddressType: "dualstack",
            // With a name of its own the API has no second door.
            disableExecuteApiEndpoint: args.domain !== undefined,
            ...(cors === undefined ? {} : { corsConfiguration: corsOf(cors, document) }),
            tags,
        },
        { parent },
    );
}

function corsOf(cors: HttpApiCors, { operations }: ApiDocument) {
    const { maxAgeSeconds: maxAge, ...alike } = corsWithDefaults(cors);
    return {
        ...alike,
        maxAge,
        allowMethods: [...new Set(operations.map(({ method }) => method.toUpperCase()))],
        allowCredentials: cors.allowCredentials ?? false,
    };
}

function makeStage(
    parent: HttpApi,
    name: string,
    { region, throttling = DEFAULT_THROTTLING, operations = {} }: HttpApiArgs,
    document: ApiDocument,
    api: aws.apigatewayv2.Api,
    accessLog: aws.cloudwatch.LogGroup,
    ofApi: readonly aws.apigatewayv2.Route[],
    tags: TagsInput,
): aws.apigatewayv2.Stage {
    const limits = ({ rateLimit, burstLimit }: { rateLimit: number; burstLimit: number }) => ({
        throttlingRateLimit: rateLimit,
        throttlingBurstLimit: burstLimit,
        detailedMetricsEnabled: true,
    });
    const own = document.operations.flatMap(({ operationId, method, path }) => {
        const of = operations[operationId]?.throttling;
        return of === undefined ? [] : [{ routeKey: routeKey(method, path), ...limits(of) }];
    });
    return new aws.apigatewayv2.Stage(
        `${name}-stage`,
        {
            region,
            apiId: api.id,
            name: STAGE,
            autoDeploy: true,
            defaultRouteSettings: limits(throttling),
            ...(own.length === 0 ? {} : { routeSettings: own }),
            accessLogSettings: {
                destinationArn: accessLog.arn,
                format: accessLogFormat({ route: "$context.routeKey" }),
            },
            tags,
        },
        // An API has one stage of a name, and settings of a route that is not there are refused.
        { parent, deleteBeforeReplace: true, dependsOn: [...ofApi] },
    );
}

function watch(
    parent: HttpApi,
    name: string,
    { region, alarmTopicArns: topicArns, alarmThresholds: thresholds = {} }: HttpApiArgs,
    api: aws.apigatewayv2.Api,
    stage: aws.apigatewayv2.Stage,
    tags: TagsInput,
): void {
    if (topicArns !== undefined) {
        createApiAlarms(
            name,
            {
                region,
                topicArns,
                tags,
                thresholds,
                dimensions: { ApiId: api.id, Stage: stage.name },
                metrics: { serverErrors: "5xx", clientErrors: "4xx" },
            },
            parent,
        );
    }
}
