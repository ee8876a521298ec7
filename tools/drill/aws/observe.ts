/** CloudWatch, ACM, Service Quotas and Route 53's health checkers with the SDK. */
import { type ACMClient, DescribeCertificateCommand, paginateListCertificates } from "@aws-sdk/client-acm";
import {
    type CloudWatchClient,
    GetMetricDataCommand,
    ListMetricsCommand,
    type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { GetHealthCheckStatusCommand, type Route53Client } from "@aws-sdk/client-route-53";
import { GetServiceQuotaCommand, type ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { Caller } from "./call";
import { type Certificate, type CheckerReport, type Lag, type ObservationPort } from "./ports";

/** How far back a measurement of the lag is looked for; the metric has one value a minute. */
const LAG_WINDOW_MILLISECONDS = 15 * 60_000;

/** GetMetricData takes 500 queries; a cluster has a handful of dimension sets. */
const MOST_QUERIES = 20;

/** The clients that a region is observed with. */
export interface ObservationClients {
    readonly cloudwatch: CloudWatchClient;
    readonly acm: ACMClient;
    readonly quotas: ServiceQuotasClient;
}

/** What else is asked of a region. */
export function observationPort(clients: ObservationClients, region: string): ObservationPort {
    return {
        replicationLag: (clusterIdentifier) => replicationLag(clients.cloudwatch, region, clusterIdentifier),
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

/**
 * The newest value of the metric AuroraGlobalDBRPOLag of a cluster.
 *
 * AWS files it under the region that writes as well, which a swap changes. So this asks under which dimensions it is
 * filed now, and takes the newest of all.
 */
async function replicationLag(
    client: CloudWatchClient,
    region: string,
    clusterIdentifier: string,
): Promise<Lag | undefined> {
    const cloudwatch = new Caller("CloudWatch", region);
    const metric = { Namespace: "AWS/RDS", MetricName: "AuroraGlobalDBRPOLag" };
    const listed = await cloudwatch.call("ListMetrics", (abortSignal) =>
        client.send(
            new ListMetricsCommand({
                ...metric,
                Dimensions: [{ Name: "DBClusterIdentifier", Value: clusterIdentifier }],
            }),
            { abortSignal },
        ),
    );
    const queries = (listed.Metrics ?? [])
        .slice(0, MOST_QUERIES)
        .map(({ Dimensions = [] }, index): MetricDataQuery => ({
            Id: `lag${index}`,
            MetricStat: { Metric: { ...metric, Dimensions }, Period: 60, Stat: "Maximum" },
        }));
    if (queries.length === 0) {
        return undefined;
    }
    const now = Date.now();
    const found = await cloudwatch.call("GetMetricData", (abortSignal) =>
        client.send(
            new GetMetricDataCommand({
                StartTime: new Date(now - LAG_WINDOW_MILLISECONDS),
                EndTime: new Date(now + 60_000),
                MetricDataQueries: queries,
            }),
            { abortSignal },
        ),
    );
    const points = (found.MetricDataResults ?? []).flatMap(({ Timestamps = [], Values = [] }) =>
        Timestamps.map((time, index): Lag => ({ at: time.getTime(), milliseconds: Values[index] ?? 0 })),
    );
    return points.sort((a, b) => b.at - a.at || b.milliseconds - a.milliseconds)[0];
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
