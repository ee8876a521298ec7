import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ApiTlsPolicy, RestApi } from "../../components/api";
import { ServerlessFunction } from "../../components/compute";
import { EventBus } from "../../components/messaging";
import { UserDirectory, UserPoolPlan } from "../../components/identity";
import { lambdaCode } from "../../components/operations";
import { CLASSIFICATION_TAG, DataClassification } from "../../components/security/dataClassification";
import { Exposure } from "../../components/shared/exposure";
import { type RegionalConfig } from "../configTypes";
import { type OriginHeader } from "./originHeader";
import { type Surroundings } from "./surroundings";

/** What takes events of clients, past the tiers. */
export interface RegionEvents {
    readonly api: RestApi;
    readonly collector: ServerlessFunction;
    readonly bus: EventBus;
}

const FUNCTION = "collect-events";
const ARCHIVE_DAYS = 30;
const EVENTS_PATHS = ["/events/*"];

/** How many requests a second one call of the function at once is good for: it does nothing but hand them on. */
const REQUESTS_PER_CALL = 20;

/** Makes the region's directory of users, where it has one. They are persons, and stay in its jurisdiction. */
export function createUsers(
    config: RegionalConfig,
    { alarms, key }: Surroundings,
    opts: pulumi.ComponentResourceOptions,
): UserDirectory | undefined {
    if (!config.userDirectory) {
        return undefined;
    }
    return new UserDirectory(
        "shop-users",
        {
            region: config.entry.region,
            accountId: config.accountId,
            // Which blocks sign-ins that look like an attack.
            plan: UserPoolPlan.Plus,
            clients: { shop: {} },
            logKmsKeyArn: key.keyArn,
            logRetentionDays: config.logRetentionDays,
            alarmTopicArns: alarms.topicArn.apply((arn) => [arn]),
            deletionProtection: config.deletionProtection,
            tags: {
                [CLASSIFICATION_TAG]: DataClassification.Personal,
                jurisdiction: config.entry.jurisdiction,
            },
        },
        opts,
    );
}

/** Makes the API for events, the function behind it and the bus that they go to, where the region has them. */
export function createEvents(
    config: RegionalConfig,
    { alarms, key }: Surroundings,
    { header, users }: { readonly header: OriginHeader; readonly users: UserDirectory | undefined },
    opts: pulumi.ComponentResourceOptions,
): RegionEvents | undefined {
    if (!config.eventsApi) {
        return undefined;
    }
    const common = {
        region: config.entry.region,
        accountId: config.accountId,
        kmsKeyArn: key.keyArn,
        alarmTopicArns: alarms.topicArn.apply((arn) => [arn]),
    };
    const { eventsConcurrency, logRetentionDays } = config;
    const bus = new EventBus(
        "shop-events-bus",
        { ...common, description: "What clients tell of themselves", archiveRetentionDays: ARCHIVE_DAYS },
        opts,
    );
    const collector = new ServerlessFunction(
        "shop-events-collector",
        {
            ...common,
            logRetentionDays,
            description: "Takes events of clients and puts them onto the bus",
            code: lambdaCode(FUNCTION),
            environment: { EVENT_BUS_NAME: bus.busName },
            permissions: [bus.publishPermissions],
            reservedConcurrency: eventsConcurrency,
        },
        opts,
    );
    const api = new RestApi(
        "shop-events",
        {
            ...common,
            logRetentionDays,
            document: eventsDocument(users !== undefined),
            integrations: {
                collector: {
                    function: { functionName: collector.functionName, aliasName: collector.aliasName },
                },
            },
            ...(users === undefined
                ? {}
                : {
                      authorizers: {
                          [USERS]: { userPoolArns: [users.userPoolArn, ...config.eventsUserPoolArns] },
                      },
                  }),
            // What is beyond that the function would refuse, and API Gateway would call it an error of its own.
            throttling: {
                rateLimit: REQUESTS_PER_CALL * eventsConcurrency,
                burstLimit: eventsConcurrency,
            },
            domain: {
                domainName: config.hosts.events,
                // Whom the world-wide distribution asks for it, wherever its nearest region is.
                ...(config.peer === undefined ? {} : { alsoNamed: [config.worldHosts.eventsOrigin] }),
                hostedZoneId: config.hostedZoneId,
                // CloudFront asks origins in TLS 1.2.
                securityPolicy: ApiTlsPolicy.Tls13AndTls12,
            },
            webAcl: {
                exposure: Exposure.CloudFront,
                requiredHeader: {
                    name: header.name,
                    values: [
                        header.value,
                        ...(header.alsoAccepted === undefined ? [] : [header.alsoAccepted]),
                    ],
                },
            },
        },
        opts,
    );
    return { api, collector, bus };
}

/** What a region's distribution sends to its API for events, with the header by which it is known. */
export function eventsOrigin(domainName: string, headers: { name: string; value: pulumi.Input<string> }[]) {
    return { events: { paths: EVENTS_PATHS, domainName, headers } };
}

/** The name of the security scheme of users. */
const USERS = "users";

/** The function's own document, which lets everybody call; with a directory its users alone. */
function eventsDocument(forUsers: boolean): string {
    const file = join(__dirname, "..", "..", "functions", FUNCTION, "openapi.yaml");
    const text = readFileSync(file, "utf8");
    if (!forUsers) {
        return text;
    }
    const document = parse(text) as {
        paths: Record<string, Record<string, object>>;
        components: object;
    };
    const paths = Object.entries(document.paths).map(([path, methods]) => [
        path,
        Object.fromEntries(
            Object.entries(methods).map(([method, operation]) => [
                method,
                { ...operation, security: [{ [USERS]: [] }] },
            ]),
        ),
    ]);
    return JSON.stringify({
        ...document,
        paths: Object.fromEntries(paths) as unknown,
        components: {
            ...document.components,
            securitySchemes: { [USERS]: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
        },
    });
}

/** What a region's stack gives out of its events and users. */
export function eventsOutputs(events: RegionEvents | undefined, users: UserDirectory | undefined) {
    return {
        ...(events === undefined
            ? {}
            : {
                  eventsApi: {
                      ...(events.api.otherTargets === undefined ? {} : { target: events.api.otherTargets }),
                      busName: events.bus.busName,
                      accessLogGroupName: events.api.accessLogGroupName,
                  },
              }),
        ...(users === undefined
            ? {}
            : {
                  users: {
                      userPoolId: users.userPoolId,
                      userPoolArn: users.userPoolArn,
                      issuer: users.issuer,
                      clientIds: users.clientIds,
                  },
              }),
    };
}
