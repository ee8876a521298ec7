/** CloudWatch, ACM, Service Quotas and Route 53's health checkers with the SDK. */
import { type ACMClient, DescribeCertificateCommand, paginateListCertificates } from "@aws-sdk/client-acm";
import {
    type CloudWatchClient,
    GetMetricDataCommand,
    type MetricDataQuery,
    type MetricDataResult,
    PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import {
    GetHealthCheckStatusCommand,
    GetHostedZoneCommand,
    type Route53Client,
} from "@aws-sdk/client-route-53";
import { GetServiceQuotaCommand, type ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { Caller } from "./call";
import {
    type Certificate,
    type CheckerReport,
    type Lag,
    LAG_METRIC,
    type MetricName,
    type MetricValue,
    type NewestValue,
    type ObservationPort,
} from "./ports";

/** How far back a measurement of the lag is looked for; the metric has one value a minute. */
const LAG_WINDOW_MILLISECONDS = 15 * 60_000;

/** The SDK corrects a clock that is off by itself when AWS refuses a signature; by less than this nothing is missed. */
const CLOCK_TOLERANCE_MILLISECONDS = 60_000;

/** The clients that a region is observed with. */
export interface ObservationClients {
    readonly cloudwatch: CloudWatchClient;
    readonly acm: ACMClient;
    readonly quotas: ServiceQuotasClient;
}

/** What else is asked of a region. */
export function observationPort(clients: ObservationClients, region: string): ObservationPort {
    return {
        replicationLag: (clusterIdentifier, writers) =>
            replicationLag(clients.cloudwatch, region, clusterIdentifier, writers),
        newest: (metric) => newest(clients.cloudwatch, region, metric),
        async publish({ dimensions, metricName: MetricName, namespace: Namespace }, values) {
            const command = new PutMetricDataCommand({
                Namespace,
                MetricData: values.map(({ at, value: Value }) => ({
                    MetricName,
                    Dimensions: dimensionsOf(dimensions),
                    Timestamp: new Date(at),
                    Value,
                })),
            });
            await new Caller("CloudWatch", region).call("PutMetricData", (abortSignal) =>
                clients.cloudwatch.send(command, { abortSignal }),
            );
        },
        certificates: (host) => certificates(clients.acm, region, host),
        async quota(ServiceCode, QuotaCode) {
            const found = await new Caller("Service Quotas", region).find(
                "GetServiceQuota",
                ["NoSuchResourceException"],
                (abortSignal) =>
                    clients.quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }), {
                        abortSignal,
                    }),
            );
            return found?.Quota?.Value;
        },
    };
}

function dimensionsOf(dimensions: MetricName["dimensions"]): { Name: string; Value: string }[] {
    return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

/** Source: Amazon CloudWatch User Guide, "Metrics retention": values of a minute are kept for 15 days. */
const MINUTES_KEPT_MILLISECONDS = 15 * 86_400_000;

/** A machine whose clock is ahead writes into minutes to come; CloudWatch takes two hours. Source: API Reference, MetricDatum. */
const MINUTES_TO_COME_MILLISECONDS = 2 * 3_600_000;

async function newest(
    client: CloudWatchClient,
    region: string,
    { dimensions, metricName: MetricName, namespace: Namespace }: MetricName,
): Promise<NewestValue> {
    const now = Date.now();
    const command = new GetMetricDataCommand({
        StartTime: new Date(now - MINUTES_KEPT_MILLISECONDS),
        EndTime: new Date(now + MINUTES_TO_COME_MILLISECONDS),
        ScanBy: "TimestampDescending",
        MetricDataQueries: [
            {
                Id: "newest",
                MetricStat: {
                    Metric: { Namespace, MetricName, Dimensions: dimensionsOf(dimensions) },
                    Period: 60,
                    Stat: "Maximum",
                },
            },
        ],
    });
    const clock = watchClock(command);
    const { MetricDataResults: [found] = [] } = await new Caller("CloudWatch", region).call(
        "GetMetricData",
        (abortSignal) => client.send(command, { abortSignal }),
    );
    const [newestValue] = valuesOf(found).sort((a, b) => b.at - a.at);
    return {
        ...(newestValue === undefined ? {} : { newest: newestValue }),
        clockAheadMilliseconds: clock.aheadMilliseconds,
    };
}

/** The values of a metric, each with its minute. */
function valuesOf({ Timestamps = [], Values = [] }: MetricDataResult = {}): MetricValue[] {
    return Timestamps.map((time, index) => ({ at: time.getTime(), value: Values[index] ?? 0 }));
}

/** Notes how far AWS's clock is ahead of this machine's, by the answer to a command. */
function watchClock(command: GetMetricDataCommand): { readonly aheadMilliseconds: number } {
    const clock = { aheadMilliseconds: 0 };
    command.middlewareStack.add(
        (next) => async (args) => {
            const result = await next(args);
            const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
            const date = Date.parse(headers?.["date"] ?? "");
            clock.aheadMilliseconds = Number.isNaN(date) ? 0 : date - Date.now();
            return result;
        },
        { step: "deserialize", name: "timeOfTheAnswer" },
    );
    return clock;
}

/**
 * The newest value of the metric AuroraGlobalDBRPOLag of a standby.
 *
 * The dimensions are known, so the values are asked for at once: ListMetrics would not show a metric for the first
 * minutes after a change of the writer, which is when somebody asks.
 *
 * Source: Aurora User Guide, "Amazon CloudWatch metrics for Amazon Aurora" (in secondary Regions only) and "Amazon
 * CloudWatch dimensions for Aurora".
 */
async function replicationLag(
    client: CloudWatchClient,
    region: string,
    clusterIdentifier: string,
    writers: readonly string[],
): Promise<Lag | undefined> {
    const cluster = { Name: "DBClusterIdentifier", Value: clusterIdentifier };
    const queries = [
        [cluster],
        ...writers.map((writer) => [cluster, { Name: "SourceRegion", Value: writer }]),
    ].map((Dimensions, index): MetricDataQuery => ({
        Id: `lag${index}`,
        MetricStat: {
            Metric: { Namespace: "AWS/RDS", MetricName: LAG_METRIC, Dimensions },
            Period: 60,
            Stat: "Maximum",
        },
    }));
    const first = await lagPoints(client, region, queries, 0);
    // A window by a clock that is off may lie where there are no values.
    const isOff = Math.abs(first.clockAheadMilliseconds) > CLOCK_TOLERANCE_MILLISECONDS;
    const { clockAheadMilliseconds, points } =
        first.points.length === 0 && isOff
            ? await lagPoints(client, region, queries, first.clockAheadMilliseconds)
            : first;
    const [newest] = points.sort((a, b) => b.at - a.at || b.milliseconds - a.milliseconds);
    const age = (at: number): number => Math.max(0, Date.now() + clockAheadMilliseconds - at);
    return newest === undefined
        ? undefined
        : { milliseconds: newest.milliseconds, ageMilliseconds: age(newest.at), clockAheadMilliseconds };
}

interface LagPoints {
    readonly points: { readonly at: number; readonly milliseconds: number }[];
    readonly clockAheadMilliseconds: number;
}

async function lagPoints(
    client: CloudWatchClient,
    region: string,
    MetricDataQueries: MetricDataQuery[],
    ahead: number,
): Promise<LagPoints> {
    const now = Date.now() + ahead;
    const command = new GetMetricDataCommand({
        StartTime: new Date(now - LAG_WINDOW_MILLISECONDS),
        EndTime: new Date(now + 60_000),
        MetricDataQueries,
    });
    const clock = watchClock(command);
    const found = await new Caller("CloudWatch", region).call("GetMetricData", (abortSignal) =>
        client.send(command, { abortSignal }),
    );
    const points = (found.MetricDataResults ?? []).flatMap((result) =>
        valuesOf(result).map(({ at, value }) => ({ at, milliseconds: value })),
    );
    return { points, clockAheadMilliseconds: clock.aheadMilliseconds };
}

async function certificates(
    client: ACMClient,
    region: string,
    host: string,
): Promise<readonly Certificate[]> {
    const acm = new Caller("ACM", region);
    const arns = await acm.call("ListCertificates", async () => {
        const found: string[] = [];
        // Without key types ACM lists RSA certificates of 2048 bits and fewer alone.
        const pages = paginateListCertificates(
            { client },
            { Includes: { keyTypes: ["RSA_2048", "RSA_4096", "EC_prime256v1", "EC_secp384r1"] } },
        );
        for await (const page of pages) {
            for (const entry of page.CertificateSummaryList ?? []) {
                const names = [entry.DomainName, ...(entry.SubjectAlternativeNameSummaries ?? [])];
                if (names.includes(host) && entry.CertificateArn !== undefined) {
                    found.push(entry.CertificateArn);
                }
            }
        }
        return found;
    });
    return Promise.all(
        arns.map(async (CertificateArn) => {
            const { Certificate: found } = await acm.call("DescribeCertificate", (abortSignal) =>
                client.send(new DescribeCertificateCommand({ CertificateArn }), { abortSignal }),
            );
            return {
                arn: CertificateArn,
                status: found?.Status ?? "",
                names: [...(found?.SubjectAlternativeNames ?? [])].sort(),
                ...(found?.NotAfter === undefined ? {} : { expiresAt: found.NotAfter.getTime() }),
            };
        }),
    );
}

/** What Route 53's checkers saw last. Route 53's API is in us-east-1, whichever region is asked about. */
export async function checkerReports(
    client: Route53Client,
    HealthCheckId: string,
): Promise<readonly CheckerReport[]> {
    const found = await new Caller("Route 53", "us-east-1").call("GetHealthCheckStatus", (abortSignal) =>
        client.send(new GetHealthCheckStatusCommand({ HealthCheckId }), { abortSignal }),
    );
    return (found.HealthCheckObservations ?? []).map(({ IPAddress, Region, StatusReport }) => {
        const text = StatusReport?.Status ?? "";
        return { checker: Region ?? IPAddress ?? "", healthy: text.startsWith("Success"), text };
    });
}

/** Whether a zone's records can be changed while us-east-1 is lost. A zone that was never asked for it says nothing. */
export async function acceleratedRecovery(client: Route53Client, Id: string): Promise<string> {
    const { HostedZone } = await new Caller("Route 53", "us-east-1").call("GetHostedZone", (abortSignal) =>
        client.send(new GetHostedZoneCommand({ Id }), { abortSignal }),
    );
    return HostedZone?.Features?.AcceleratedRecoveryStatus ?? "DISABLED";
}
