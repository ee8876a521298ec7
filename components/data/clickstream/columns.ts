import { type ClickstreamArgs, ClickstreamColumnType, ClickstreamSource } from "./args";

/** A column of the table of events. */
export interface Column {
    readonly name: string;
    readonly type: ClickstreamColumnType;
    readonly comment?: string;
    /** What the property of an event is called, where it is called something else. */
    readonly field?: string;
}

/**
 * The columns of CloudFront's records. Addresses, cookies and query strings are left out: who somebody is, and what
 * they searched for, is for the beacon to say or not. All are texts: a record has `-` where there is nothing.
 * Source: Amazon CloudFront Developer Guide, "Access log fields" of standard logging (v2).
 */
const CLOUDFRONT: readonly (readonly [name: string, field: string])[] = [
    ["log_date", "date"],
    ["log_time", "time"],
    ["distribution_id", "DistributionId"],
    ["edge_location", "x-edge-location"],
    ["request_id", "x-edge-request-id"],
    ["host", "x-host-header"],
    ["country", "c-country"],
    ["method", "cs-method"],
    ["uri_stem", "cs-uri-stem"],
    ["referer", "cs(Referer)"],
    ["user_agent", "cs(User-Agent)"],
    ["status", "sc-status"],
    ["content_type", "sc-content-type"],
    ["time_taken", "time-taken"],
    ["result_type", "x-edge-result-type"],
];

/** The columns of the events. */
export function columnsOf({ source, columns = [] }: ClickstreamArgs): readonly Column[] {
    return source === ClickstreamSource.CloudFrontLogs
        ? CLOUDFRONT.map(([name, field]) => ({ name, field, type: ClickstreamColumnType.String }))
        : columns.map((column) => ({ ...column, type: column.type ?? ClickstreamColumnType.String }));
}

/** What events are partitioned by, from the time of their arrival, in UTC. */
export const PARTITIONS = [
    { name: "day", type: "string" },
    { name: "hour", type: "int" },
] as const;

/** Where events are, in their bucket. */
export const EVENTS_PREFIX = "events/";
