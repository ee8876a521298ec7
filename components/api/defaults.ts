import { type ApiCors, type ApiThrottling } from "./args";

/** How many requests are taken where nothing is said. */
export const DEFAULT_THROTTLING: ApiThrottling = { rateLimit: 100, burstLimit: 200 };

/** For how many days logs are kept where nothing is said. */
export const DEFAULT_RETENTION_DAYS = 365;

/** What browsers are told, with the defaults filled in. */
export function corsWithDefaults({
    allowOrigins,
    allowHeaders = ["authorization", "content-type"],
    exposeHeaders = [],
    maxAgeSeconds = 600,
}: ApiCors): Required<ApiCors> {
    return { allowOrigins, allowHeaders, exposeHeaders, maxAgeSeconds };
}
