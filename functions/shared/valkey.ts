import type { Cluster, Redis } from "iovalkey";

import { database } from "./dynamo";
import { optional, optionalNumber, required } from "./environment";
import { errorForLog, type Observation } from "./observation";
import { forgetSecret, secretText } from "./secrets";

/** A cache that may be away: who asks it then finds nothing, and keeps nothing in it. */
export interface VolatileCache {
    /** What is kept under a key; undefined where nothing is, or nothing can be had. */
    find(key: string): Promise<string | undefined>;
    keep(key: string, value: string, seconds: number): Promise<void>;
    forget(key: string): Promise<void>;
}

const NONE: VolatileCache = {
    find: () => Promise.resolve(undefined),
    keep: () => Promise.resolve(),
    forget: () => Promise.resolve(),
};

interface Login {
    username?: string;
    password?: string;
}

// The cache is to save time. What takes longer than the table itself is none.
const ANSWER_MILLISECONDS = 250;
const CONNECT_MILLISECONDS = 1000;
/** For how long a cache that failed is left alone. */
const REST_MILLISECONDS = 5000;
/** IAM's tokens are taken for 15 minutes. A connection that is lost is made again with the one that it had. */
const LOGIN_MILLISECONDS = 600_000;

const TOKEN_SECONDS = 900;

/** The SDK's signer, as far as tokens need it: its declared type has the half that signs headers. */
interface Presigner {
    presign(
        request: object,
        options: { expiresIn: number; signingRegion: string; signingService: string },
    ): Promise<{ hostname: string; path: string; query: Record<string, string> }>;
}

function isPresigner(signer: object): signer is Presigner {
    return "presign" in signer && typeof signer.presign === "function";
}

/** A token of IAM's for a user of ElastiCache: a signed request that is never sent. */
async function iamToken(cacheName: string, userId: string): Promise<string> {
    const { config } = database();
    const region = await config.region();
    const signer = await config.signer({
        name: "sigv4",
        signingName: "elasticache",
        signingRegion: region,
        properties: {},
    });
    if (!isPresigner(signer)) {
        throw new Error("the SDK's signer signs no URLs");
    }
    const { hostname, path, query } = await signer.presign(
        {
            method: "GET",
            protocol: "http:",
            hostname: cacheName,
            path: "/",
            query: {
                Action: "connect",
                User: userId,
                ...(optional("CACHE_SERVERLESS") === "true" && { ResourceType: "ServerlessCache" }),
            },
            headers: { host: cacheName },
        },
        { expiresIn: TOKEN_SECONDS, signingRegion: region, signingService: "elasticache" },
    );
    return `${hostname}${path}?${new URLSearchParams(query).toString()}`;
}

async function login(): Promise<Login> {
    const userId = optional("CACHE_USER_ID");
    if (userId !== undefined) {
        return { username: userId, password: await iamToken(required("CACHE_NAME"), userId) };
    }
    const secretArn = optional("CACHE_SECRET_ARN");
    return secretArn === undefined ? {} : (JSON.parse(await secretText(secretArn)) as Login);
}

async function connect(host: string): Promise<Redis | Cluster> {
    const valkey = await import("iovalkey");
    const options = {
        ...(await login()),
        // Plain only where a test says so: what ElastiCache is given a login for it takes over TLS.
        ...(optional("CACHE_TLS") === "off" ? {} : { tls: {} }),
        connectTimeout: CONNECT_MILLISECONDS,
        commandTimeout: ANSWER_MILLISECONDS,
        maxRetriesPerRequest: 1,
        enableOfflineQueue: true,
    };
    const port = optionalNumber("CACHE_PORT", 6379);
    if (optional("CACHE_CLUSTER_MODE") !== "true") {
        return new valkey.Redis({ host, port, ...options });
    }
    return new valkey.Cluster([{ host, port }], {
        redisOptions: options,
        // Names and not addresses, or the certificate would not fit.
        dnsLookup: (address, found) => {
            found(null, address);
        },
        slotsRefreshTimeout: CONNECT_MILLISECONDS,
        clusterRetryStrategy: (times) => Math.min(times * 100, 2000),
    });
}

function isRefusal(error: unknown): boolean {
    return error instanceof Error && /^(WRONGPASS|NOAUTH)/.test(error.message);
}

/** The cache of a function's environment; where it names none, one that keeps nothing. */
export function volatileCache(observed: Observation): VolatileCache {
    const host = optional("CACHE_HOST");
    if (host === undefined) {
        return NONE;
    }
    let current: { client: Promise<Redis | Cluster>; until: number } | undefined;
    let restsUntil = 0;

    function retire(): void {
        void current?.client.then((connection) => {
            connection.disconnect();
        });
        current = undefined;
    }

    function client(): Promise<Redis | Cluster> {
        if (current !== undefined && current.until < Date.now()) {
            retire();
        }
        if (current === undefined) {
            const made = connect(host as string);
            current = { client: made, until: Date.now() + LOGIN_MILLISECONDS };
            made.then(
                (connection) => {
                    // Commands fail by themselves; without somebody who listens this would end the process.
                    connection.on("error", (error: unknown) => {
                        observed.logger.debug("cache connection", { error: errorForLog(error) });
                    });
                },
                () => {
                    current = undefined;
                },
            );
        }
        return current.client;
    }

    async function attempt<T>(work: (client: Redis | Cluster) => Promise<T>): Promise<T | undefined> {
        if (Date.now() < restsUntil) {
            return undefined;
        }
        try {
            return await work(await client());
        } catch (error) {
            restsUntil = Date.now() + REST_MILLISECONDS;
            if (isRefusal(error)) {
                // The password has been changed: the next connection asks for the new one.
                forgetSecret(optional("CACHE_SECRET_ARN") ?? "");
                retire();
            }
            observed.count("CacheFaults");
            observed.logger.warn("the cache is left alone", { error: errorForLog(error) });
            return undefined;
        }
    }

    return {
        find: async (key) => {
            const value = await attempt((connection) => connection.get(key));
            observed.count(typeof value === "string" ? "CacheHits" : "CacheMisses");
            return value ?? undefined;
        },
        keep: async (key, value, seconds) => {
            await attempt((connection) => connection.set(key, value, "EX", seconds));
        },
        forget: async (key) => {
            await attempt((connection) => connection.del(key));
        },
    };
}
