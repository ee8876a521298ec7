/** Where the items of the price table are in AWS's price lists. */
import { type OfferRow } from "./bulkFile";

/** What of a price list an item of the table is. */
export interface ItemInOffer {
    /** AWS's code of the price list. */
    readonly offer: string;
    /** The table's own names. */
    readonly service: string;
    readonly unit: string;
    /** The kind of use, without its region's prefix. */
    readonly usage: RegExp;
    /** What else a row must be, by its columns. */
    readonly where?: Readonly<Record<string, string | RegExp>>;
    /** The table's name of the item that a row is about. */
    readonly item: (row: OfferRow, usage: string) => string;
}

const one = (
    offer: string,
    service: string,
    item: string,
    unit: string,
    usage: string,
    where?: ItemInOffer["where"],
): ItemInOffer => ({
    offer,
    service,
    unit,
    usage: new RegExp(`^${usage.replace(/[.:]/g, "\\$&")}$`),
    item: () => item,
    ...(where === undefined ? {} : { where }),
});

/** Instances of a service, an item for each type. */
const types = (
    offer: string,
    service: string,
    usage: RegExp,
    item: ItemInOffer["item"],
    where?: ItemInOffer["where"],
): ItemInOffer => ({ offer, service, unit: "hour", usage, item, ...(where === undefined ? {} : { where }) });

const typeOf = (usage: string): string => usage.slice(usage.indexOf(":") + 1);

const ENGINES = /^(?:PostgreSQL|MySQL|MariaDB)$/;
const CACHES: Readonly<Record<string, string>> = {
    Memcached: "Memcached",
    Redis: "Redis OSS",
    Valkey: "Valkey",
};

/** The items that are looked for. */
export const ITEMS: readonly ItemInOffer[] = [
    types("AmazonEC2", "AmazonEC2", /^BoxUsage:/, (_row, usage) => `${typeOf(usage)} Linux on demand`, {
        capacitystatus: "Used",
        operatingsystem: "Linux",
        preinstalledsw: "NA",
        tenancy: "Shared",
    }),
    {
        offer: "AmazonEC2",
        service: "AmazonEBS",
        unit: "GB-month",
        usage: /^EBS:VolumeUsage\.gp[23]$/,
        item: (_row, usage) => `${usage.slice(usage.lastIndexOf(".") + 1)} storage`,
    },
    one("AmazonEC2", "AmazonEBS", "snapshot storage", "GB-month", "EBS:SnapshotUsage"),
    one("AmazonEC2", "AmazonEBS", "gp3 IOPS over 3000", "IOPS-month", "EBS:VolumeP-IOPS.gp3"),
    one("AmazonEC2", "AmazonVPC", "NAT gateway", "hour", "NatGateway-Hours"),
    one("AmazonEC2", "AmazonVPC", "NAT gateway data processed", "GB", "NatGateway-Bytes"),
    one("AmazonVPC", "AmazonVPC", "public IPv4 in use", "hour", "PublicIPv4:InUseAddress"),
    one("AmazonVPC", "AmazonVPC", "public IPv4 idle", "hour", "PublicIPv4:IdleAddress"),
    one("AmazonVPC", "AmazonVPC", "interface endpoint per AZ", "hour", "VpcEndpoint-Hours"),
    one("AmazonVPC", "AmazonVPC", "interface endpoint data", "GB", "VpcEndpoint-Bytes"),
    one("AWSELB", "AWSELB", "ALB", "hour", "LoadBalancerUsage", { operation: "LoadBalancing:Application" }),
    one("AWSELB", "AWSELB", "ALB LCU", "LCU-hour", "LCUUsage", { operation: "LoadBalancing:Application" }),
    one("AWSELB", "AWSELB", "NLB", "hour", "LoadBalancerUsage", { operation: "LoadBalancing:Network" }),
    one("AWSELB", "AWSELB", "NLB LCU", "LCU-hour", "LCUUsage", { operation: "LoadBalancing:Network" }),
    one("AmazonECS", "AmazonECS", "Fargate Linux/x86 vCPU", "vCPU-hour", "Fargate-vCPU-Hours:perCPU"),
    one("AmazonECS", "AmazonECS", "Fargate Linux/x86 memory", "GB-hour", "Fargate-GB-Hours"),
    one("AmazonECS", "AmazonECS", "Fargate Linux/ARM vCPU", "vCPU-hour", "Fargate-ARM-vCPU-Hours:perCPU"),
    one("AmazonECS", "AmazonECS", "Fargate Linux/ARM memory", "GB-hour", "Fargate-ARM-GB-Hours"),
    one("AWSLambda", "AWSLambda", "requests", "1M requests", "Request"),
    one("AWSLambda", "AWSLambda", "duration x86", "GB-second", "Lambda-GB-Second"),
    one("AWSLambda", "AWSLambda", "duration arm64", "GB-second", "Lambda-GB-Second-ARM"),
    types(
        "AmazonRDS",
        "AmazonRDS",
        /^(?:InstanceUsage|Multi-AZUsage):db\./,
        (row, usage) =>
            `${row.get("databaseengine") ?? ""} ${typeOf(usage)} ${usage.startsWith("Multi") ? "Multi-AZ" : "Single-AZ"}`,
        { databaseengine: ENGINES },
    ),
    one("AmazonRDS", "AmazonRDS", "gp3 storage Single-AZ", "GB-month", "RDS:GP3-Storage", {
        databaseengine: /^(?:Any|PostgreSQL)$/,
    }),
    one("AmazonRDS", "AmazonRDS", "gp3 storage Multi-AZ", "GB-month", "RDS:Multi-AZ-GP3-Storage", {
        databaseengine: /^(?:Any|PostgreSQL)$/,
    }),
    one(
        "AmazonRDS",
        "AmazonAurora",
        "PostgreSQL Serverless v2, Standard",
        "ACU-hour",
        "Aurora:ServerlessV2Usage",
        {
            databaseengine: "Aurora PostgreSQL",
        },
    ),
    one(
        "AmazonRDS",
        "AmazonAurora",
        "PostgreSQL Serverless v2, I/O-Optimized",
        "ACU-hour",
        "Aurora:ServerlessV2IOOptimizedUsage",
        { databaseengine: "Aurora PostgreSQL" },
    ),
    one("AmazonRDS", "AmazonAurora", "storage, Standard", "GB-month", "Aurora:StorageUsage", {
        databaseengine: /^(?:Any|Aurora PostgreSQL)$/,
    }),
    one("AmazonRDS", "AmazonAurora", "I/O requests, Standard", "1M requests", "Aurora:StorageIOUsage", {
        databaseengine: /^(?:Any|Aurora PostgreSQL)$/,
    }),
    types("AmazonDocDB", "AmazonDocDB", /^InstanceUsage:db\./, (_row, usage) => typeOf(usage)),
    one("AmazonDocDB", "AmazonDocDB", "storage", "GB-month", "StorageUsage"),
    one("AmazonDocDB", "AmazonDocDB", "I/O requests", "1M requests", "StorageIOUsage"),
    types("AmazonDAX", "AmazonDAX", /^NodeUsage:dax\./, (_row, usage) => typeOf(usage)),
    types(
        "AmazonElastiCache",
        "AmazonElastiCache",
        /^NodeUsage:cache\./,
        (row, usage) => `${CACHES[row.get("cacheengine") ?? ""] ?? ""} ${typeOf(usage)}`,
        { cacheengine: /^(?:Memcached|Redis|Valkey)$/ },
    ),
    types("AmazonES", "AmazonOpenSearch", /^ESInstance:/, (_row, usage) => `${typeOf(usage)}.search`),
    one("AmazonDynamoDB", "AmazonDynamoDB", "on-demand read", "1M units", "ReadRequestUnits"),
    one("AmazonDynamoDB", "AmazonDynamoDB", "on-demand write", "1M units", "WriteRequestUnits"),
    one("AmazonDynamoDB", "AmazonDynamoDB", "provisioned RCU", "RCU-hour", "ReadCapacityUnit-Hrs"),
    one("AmazonDynamoDB", "AmazonDynamoDB", "provisioned WCU", "WCU-hour", "WriteCapacityUnit-Hrs"),
    one("AmazonDynamoDB", "AmazonDynamoDB", "storage, Standard", "GB-month", "TimedStorage-ByteHrs"),
    one("AmazonDynamoDB", "AmazonDynamoDB", "PITR storage", "GB-month", "TimedPITRStorage-ByteHrs"),
    one("AmazonS3", "AmazonS3", "Standard storage", "GB-month", "TimedStorage-ByteHrs"),
    one("AmazonS3", "AmazonS3", "PUT/COPY/POST/LIST (also replication PUT)", "1k requests", "Requests-Tier1"),
    one("AmazonS3", "AmazonS3", "GET and other", "1k requests", "Requests-Tier2"),
    one("AmazonCloudWatch", "AmazonCloudWatch", "alarm standard", "alarm-month", "CW:AlarmMonitorUsage"),
    one("AmazonCloudWatch", "AmazonCloudWatch", "custom metrics", "metric-month", "CW:MetricMonitorUsage"),
    one("AmazonCloudWatch", "AmazonCloudWatch", "Logs ingestion, Standard", "GB", "DataProcessing-Bytes"),
    one("AmazonCloudWatch", "AmazonCloudWatch", "Logs storage", "GB-month", "TimedStorage-ByteHrs"),
    one("awskms", "AWSKMS", "key", "month", "KMS-Keys"),
    one("awskms", "AWSKMS", "requests, symmetric", "10k requests", "KMS-Requests"),
    one("AWSSecretsManager", "AWSSecretsManager", "secret", "month", "AWSSecretsManager-Secrets"),
    one("AWSSecretsManager", "AWSSecretsManager", "API calls", "10k calls", "AWSSecretsManagerAPIRequest"),
    one("AmazonKinesis", "AmazonKinesis", "shard", "shard-hour", "Storage-ShardHour"),
    one("AmazonStates", "AWSStepFunctions", "Standard transitions", "1k transitions", "StateTransition"),
];

/** The price lists that have them. */
export const OFFERS: readonly string[] = [...new Set(ITEMS.map(({ offer }) => offer))];

/** A kind of use as it is written, and without what stands for the region: `EUC1-` or `eu-central-1-`. */
function usagesOf(row: OfferRow): readonly string[] {
    const usage = row.get("usagetype") ?? "";
    const bare = usage.replace(/^(?:[A-Z]{2,4}\d?|[a-z]{2}-[a-z]+-\d)-/, "");
    return bare === usage ? [usage] : [bare, usage];
}

/** The item that a row of a price list is a tier of; undefined for what is not looked for. */
export function itemIn(
    offer: string,
    row: OfferRow,
): { readonly found: ItemInOffer; readonly item: string } | undefined {
    if (row.get("termtype") !== "OnDemand" || row.get("currency") !== "USD") {
        return undefined;
    }
    for (const found of ITEMS) {
        if (found.offer === offer && fits(found, row)) {
            const usage = usagesOf(row).find((each) => found.usage.test(each));
            if (usage !== undefined) {
                return { found, item: found.item(row, usage) };
            }
        }
    }
    return undefined;
}

function fits({ where = {} }: ItemInOffer, row: OfferRow): boolean {
    return Object.entries(where).every(([column, wanted]) => {
        const value = row.get(column) ?? "";
        return typeof wanted === "string" ? value === wanted : wanted.test(value);
    });
}
