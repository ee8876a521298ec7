import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
    alsoWhere,
    arnOf,
    input,
    isCount,
    isEachOnce,
    isGiven,
    list,
    listOf,
    numberWhere,
    object,
    objectOf,
    port,
    region,
    required,
    requiredWhile,
    tags,
    text,
    textLike,
    textWhere,
    topicArns,
    unless,
    wholeNumber,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { alarm } from "../operations";
import { ANY_ENDPOINT } from "./endpointKey";
import { isDomainName, Problems } from "../shared/validation";
import { mergeTags, type TagsInput } from "../shared/tags";

/** Where a region is asked how it is. */
export interface HealthEndpoint {
    /** Short name of the region, part of the children's names. */
    key: string;
    /** Host name of this region alone, which its certificate holds. */
    host: string;
    /**
     * The AWS region from which people turn this one's traffic off and on: another one, so that they still can when this one
     * is lost. It cannot be turned off when left out.
     */
    switchRegion?: string;
    /** ARN of a topic in switchRegion that is told when the traffic is turned off. Nobody is told when left out. */
    switchTopicArn?: pulumi.Input<string>;
}

/** Arguments of EndpointHealth. */
export interface EndpointHealthArgs {
    /** One endpoint per region. */
    endpoints: HealthEndpoint[];
    /** Path that answers with a 2xx or 3xx status while the region is well. `/healthz` when left out. */
    path?: string;
    /** TCP port. 443 when left out. */
    port?: number;
    /** Seconds between a checker's requests, 10 or 30. 10 when left out. Changing it replaces the checks. */
    intervalSeconds?: number;
    /** Failures in a row after which a checker calls the endpoint unhealthy, 1 to 10. 3 when left out. */
    failureThreshold?: number;
    /** Where Route 53 asks from, 3 of its regions or more. All of them when left out. */
    checkerRegions?: string[];
    /** Topics in us-east-1 that are told. Nobody is told when left out. */
    alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** Namespace in CloudWatch of the switches' metric. Required where an endpoint has a switchRegion. */
    switchNamespace?: string;
    /** Tags of the health checks and alarms. */
    tags?: TagsInput;
}

const TYPE = "meridian:index:EndpointHealth";

/**
 * The regions that Route 53 checks health from.
 * Source: Route 53 API Reference, HealthCheckConfig, Regions.
 */
export const CHECKER_REGIONS: readonly string[] = [
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-1",
    "us-west-2",
];

/** The metric of the switches: 1 turns the traffic of the region in the dimension off, 0 turns it on. */
export const SWITCH_METRIC = "TrafficOff";

/** The dimension of a switch's metric, whose value is the region's key. */
export const SWITCH_DIMENSION = "Region";

/** The one region that has the metrics of health checks, wherever the endpoint is. */
const METRICS_REGION = "us-east-1";

/**
 * Watches each region from outside, as a viewer's browser would reach it, and the shop as a whole.
 *
 * Children: `<name>-<key>` and `<name>-any` are the health checks of a region and of the shop, the latter well as
 * long as one region is; `<name>-<key>-unhealthy` and `<name>-any-unhealthy` are their alarms. With a switchRegion
 * `<name>-<key>-switch` is the health check of the region's switch, `<name>-<key>-switch-off` the alarm that it goes by, and
 * `<name>-<key>-traffic` the health check that is well while both the region and its switch are.
 *
 * A switch is a metric in another region: one value of 1 turns the traffic off, one of 0 turns it on again. Route 53 goes by
 * the last value that there was, so none of its control plane, nor anything in the region itself, is needed, and the loss of
 * the switch's region changes nothing.
 */
export class EndpointHealth extends pulumi.ComponentResource {
    /** Id of each region's health check, by the region's key. */
    readonly healthCheckIds: pulumi.Output<Record<string, string>>;
    /**
     * Id of the health check for each region's records, by the region's key: well while the region is and nobody has turned
     * its traffic off. With a switchRegion alone; else healthCheckIds serve.
     */
    readonly trafficHealthCheckIds?: pulumi.Output<Record<string, string>>;
    /** Id of the health check that is well as long as one region is. */
    readonly anyHealthCheckId: pulumi.Output<string>;

    /**
     * @throws pulumi.InputPropertiesError that lists everything for which Route 53 would refuse the checks.
     */
    constructor(name: string, args: EndpointHealthArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super(TYPE, name, args, opts);

        const checks = args.endpoints.map((endpoint) => ({
            endpoint,
            check: createCheck(this, name, endpoint, args),
        }));
        const any = createCalculatedCheck(
            this,
            `${name}-any`,
            checks.map(({ check }) => check.id),
            1,
            args,
        );
        const traffic = checks.map(({ endpoint, check }) => ({
            endpoint,
            check: createTrafficCheck(this, name, endpoint, check, args),
        }));
        for (const { endpoint, check } of checks) {
            createAlarm(this, `${name}-${endpoint.key}-unhealthy`, check.id, regionText(endpoint), args);
        }
        createAlarm(this, `${name}-any-unhealthy`, any.id, SHOP_TEXT, args);

        this.healthCheckIds = idsByKey(checks);
        if (args.endpoints.some(({ switchRegion }) => switchRegion !== undefined)) {
            this.trafficHealthCheckIds = idsByKey(traffic);
        }
        this.anyHealthCheckId = any.id;
        this.registerOutputs({
            healthCheckIds: this.healthCheckIds,
            trafficHealthCheckIds: this.trafficHealthCheckIds,
            anyHealthCheckId: this.anyHealthCheckId,
        });
    }
}

interface EndpointCheck {
    readonly endpoint: HealthEndpoint;
    readonly check: aws.route53.HealthCheck;
}

function idsByKey(checks: readonly EndpointCheck[]): pulumi.Output<Record<string, string>> {
    return pulumi
        .all(checks.map(({ endpoint, check }) => check.id.apply((id) => [endpoint.key, id] as const)))
        .apply((pairs) => Object.fromEntries(pairs));
}

const HOST_NAME = "a host name in lower case";
const ENDPOINTS = "1 to 256 of them";

const ENDPOINT: ArgumentTable<HealthEndpoint> = {
    key: required(
        textWhere(
            (key, _, { outer }) =>
                key !== ANY_ENDPOINT &&
                !(outer?.before ?? []).some((other) => (other as HealthEndpoint | null)?.key === key),
            `a name that no other endpoint has, and not ${ANY_ENDPOINT}`,
            { kind: "a name that no other endpoint has" },
        ),
    ),
    host: required(textWhere(isDomainName, HOST_NAME)),
    switchRegion: region(),
    switchTopicArn: input(
        alsoWhere(
            (_, __, { within }) => isGiven(within.switchRegion),
            "nothing where switchRegion is left out",
            arnOf("sns", "a topic"),
        ),
    ),
};

const ARGUMENTS: ArgumentTable<EndpointHealthArgs> = {
    // Source: Route 53 API Reference, HealthCheckConfig, ChildHealthChecks.
    endpoints: required(
        list(object(ENDPOINT), ENDPOINTS, (value) =>
            isCount(value, 1, 256)
                ? undefined
                : { shown: (value as readonly unknown[]).length, allowed: ENDPOINTS },
        ),
    ),
    path: textLike(/^\/\S{0,254}$/, "a path of at most 255 characters that begins with /"),
    port: port("a port from 1 to 65535"),
    intervalSeconds: numberWhere((seconds) => [10, 30].includes(seconds), "10 or 30"),
    failureThreshold: wholeNumber({ min: 1, max: 10 }, "an integer from 1 to 10", {
        kind: "an integer from 1 to 10",
    }),
    checkerRegions: list(
        text("a region that Route 53 checks from"),
        "a list of regions",
        unless(
            (checkers) =>
                isEachOnce(checkers) &&
                isCount(checkers, 3, CHECKER_REGIONS.length) &&
                (checkers as readonly string[]).every((checker) => CHECKER_REGIONS.includes(checker)),
            `3 or more of ${CHECKER_REGIONS.join(", ")}, each once`,
        ),
    ),
    alarmTopicArns: input(topicArns({ region: METRICS_REGION })),
    // Source: Amazon CloudWatch API Reference, PutMetricData, Namespace.
    switchNamespace: requiredWhile(
        ({ endpoints }) => listOf(endpoints).some((endpoint) => isGiven(objectOf(endpoint)["switchRegion"])),
        { allowed: "the namespace of the switches' metric, such as shop/prod" },
        textLike(
            /^(?!AWS\/)[A-Za-z0-9._/#-]{1,255}$/,
            "1 to 255 letters, digits and . - _ / #, AWS/ not in front",
        ),
    ),
    tags: tags(),
};

function validate(name: string, given: EndpointHealthArgs): EndpointHealthArgs {
    const problems = new Problems(TYPE, name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function createCheck(
    parent: EndpointHealth,
    name: string,
    { key, host }: HealthEndpoint,
    args: EndpointHealthArgs,
): aws.route53.HealthCheck {
    const logicalName = `${name}-${key}`;
    return new aws.route53.HealthCheck(
        logicalName,
        {
            type: "HTTPS",
            fqdn: host,
            port: args.port ?? 443,
            resourcePath: args.path ?? "/healthz",
            // The balancer chooses its certificate by the name asked for, and refuses the handshake without one.
            enableSni: true,
            requestInterval: args.intervalSeconds ?? 10,
            failureThreshold: args.failureThreshold ?? 3,
            regions: [...(args.checkerRegions ?? CHECKER_REGIONS)],
            measureLatency: true,
            // The console lists health checks by this tag alone.
            tags: mergeTags(args.tags, { Name: logicalName }),
        },
        { parent },
    );
}

/**
 * Makes a region's switch, and the check that is well while neither it nor the region's own check says otherwise. Without a
 * switch the region's own check is that.
 */
function createTrafficCheck(
    parent: EndpointHealth,
    name: string,
    { key, switchRegion, switchTopicArn }: HealthEndpoint,
    own: aws.route53.HealthCheck,
    args: EndpointHealthArgs,
): aws.route53.HealthCheck {
    if (switchRegion === undefined) {
        return own;
    }
    const switchName = `${name}-${key}-switch`;
    const off = alarm(
        `${switchName}-off`,
        {
            region: switchRegion,
            description: `Somebody has turned the traffic of region ${key} off. Its viewers go to another region.`,
            metric: {
                namespace: args.switchNamespace ?? "",
                metricName: SWITCH_METRIC,
                dimensions: { [SWITCH_DIMENSION]: key },
                statistic: "Maximum",
            },
            comparison: "GreaterThanOrEqualToThreshold",
            threshold: 1,
            // Nobody touches a switch for months. Any other answer would flip it when its last value grows old.
            missingData: "missing",
            ...(switchTopicArn === undefined ? {} : { topicArns: [switchTopicArn] }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
    const lever = new aws.route53.HealthCheck(
        switchName,
        {
            type: "CLOUDWATCH_METRIC",
            cloudwatchAlarmName: off.name,
            cloudwatchAlarmRegion: switchRegion,
            // A switch stays as it was set; one that was never set is on. Route 53 API Reference, HealthCheckConfig,
            // InsufficientDataHealthStatus.
            insufficientDataHealthStatus: "LastKnownStatus",
            tags: mergeTags(args.tags, { Name: switchName }),
        },
        { parent },
    );
    return createCalculatedCheck(parent, `${name}-${key}-traffic`, [own.id, lever.id], 2, args);
}

/** Makes a check that is well while so many others are. */
function createCalculatedCheck(
    parent: EndpointHealth,
    logicalName: string,
    childHealthchecks: pulumi.Output<string>[],
    childHealthThreshold: number,
    { tags }: EndpointHealthArgs,
): aws.route53.HealthCheck {
    return new aws.route53.HealthCheck(
        logicalName,
        {
            type: "CALCULATED",
            childHealthchecks,
            childHealthThreshold,
            tags: mergeTags(tags, { Name: logicalName }),
        },
        { parent },
    );
}

function regionText({ key, host }: HealthEndpoint): string {
    return (
        `Region ${key} does not answer at https://${host}. Its viewers are being sent to another region. Look at the ` +
        "balancer's healthy targets and at the AWS Health Dashboard."
    );
}

const SHOP_TEXT =
    "No region answers: the shop is down. Look at what all regions share first: the last deployment, certificates " +
    "and DNS.";

function createAlarm(
    parent: EndpointHealth,
    name: string,
    healthCheckId: pulumi.Output<string>,
    description: string,
    args: EndpointHealthArgs,
): void {
    alarm(
        name,
        {
            region: METRICS_REGION,
            description,
            metric: {
                namespace: "AWS/Route53",
                metricName: "HealthCheckStatus",
                dimensions: { HealthCheckId: healthCheckId },
                statistic: "Minimum",
            },
            comparison: "LessThanThreshold",
            threshold: 1,
            // Route 53 publishes every minute. Silence means that nobody knows how the region is.
            missingData: "breaching",
            ...(args.alarmTopicArns === undefined ? {} : { topicArns: args.alarmTopicArns }),
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        { parent },
    );
}
