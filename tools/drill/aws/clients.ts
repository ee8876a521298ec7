/** AWS through the SDK for JavaScript v3: a client per service and region, with limits on attempts and time. */
import { ACMClient } from "@aws-sdk/client-acm";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { BackupClient } from "@aws-sdk/client-backup";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { FisClient } from "@aws-sdk/client-fis";
import { RDSClient } from "@aws-sdk/client-rds";
import { RDSDataClient } from "@aws-sdk/client-rds-data";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ATTEMPT_TIMEOUT_MILLISECONDS, ATTEMPTS, Caller } from "./call";
import { type CredentialProvider, readSignIn, regionalCredentials } from "./credentials";
import { experimentPort } from "./experiments";
import { acceleratedRecovery, checkerReports, observationPort } from "./observe";
import { type Aws, type RegionalAws } from "./ports";
import { queryPort } from "./query";
import { rdsPort } from "./rds";
import { RegionSwitchClient, type RegionSwitchSettings } from "./regionSwitch/client";
import { planPort } from "./regionSwitch/port";
import { backupPort, fleetPort, parameterPort, tablePort } from "./regional";

/** How calls are made; what is left out suits people who wait for them, and comes from the environment. */
export interface ClientOptions {
    readonly attempts?: number;
    readonly attemptTimeoutMilliseconds?: number;
    /** Instead of AWS's own endpoints: an emulator's. */
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * AWS, with the credentials and endpoints that the environment gives the SDK (`AWS_PROFILE`, `AWS_ENDPOINT_URL` and
 * so on).
 */
export function sdkAws(options: ClientOptions = {}): Aws {
    const timeout = options.attemptTimeoutMilliseconds ?? ATTEMPT_TIMEOUT_MILLISECONDS;
    const { credentials, endpoint } = options;
    const common = {
        ...(endpoint === undefined ? {} : { endpoint }),
        maxAttempts: options.attempts ?? ATTEMPTS,
        requestHandler: { connectionTimeout: timeout, requestTimeout: timeout, throwOnRequestTimeout: true },
    };
    const providers = new Map<string, CredentialProvider>();
    const signed = (region: string): CredentialProvider => {
        const known =
            providers.get(region) ??
            (credentials === undefined
                ? regionalCredentials(region, common)
                : () => Promise.resolve(credentials));
        providers.set(region, known);
        return known;
    };
    const settings = (region: string): RegionSwitchSettings => ({
        region,
        ...common,
        credentials: signed(region),
    });
    const regions = new Map<string, RegionalAws>();
    const route53 = once(() => new Route53Client(settings("us-east-1")));
    return {
        in(region) {
            const known = regions.get(region) ?? regional(region, settings(region));
            regions.set(region, known);
            return known;
        },
        async signIn(region) {
            const [facts, { expiration }] = await Promise.all([
                credentials === undefined ? readSignIn() : { profile: "" },
                signed(region)(),
            ]);
            return { ...facts, ...(expiration === undefined ? {} : { expiresAt: expiration.getTime() }) };
        },
        acceleratedRecovery: (hostedZoneId) => acceleratedRecovery(route53(), hostedZoneId),
        checkerReports: (healthCheckId) => checkerReports(route53(), healthCheckId),
    };
}

/** A region's ports, each made when it is first used: most runs need a few. */
function regional(region: string, settings: RegionSwitchSettings): RegionalAws {
    const identity = once(() => new STSClient(settings));
    const database = once(() => rdsPort(new RDSClient(settings), region));
    const fleets = once(() => fleetPort(new AutoScalingClient(settings), region));
    const backup = once(() => backupPort(new BackupClient(settings), region));
    const tables = once(() => tablePort(new DynamoDBClient(settings), region));
    const parameters = once(() => parameterPort(new SSMClient(settings), region));
    const observe = once(() =>
        observationPort(
            {
                cloudwatch: new CloudWatchClient(settings),
                acm: new ACMClient(settings),
                quotas: new ServiceQuotasClient(settings),
            },
            region,
        ),
    );
    const query = once(() =>
        queryPort(new RDSDataClient(settings), new SecretsManagerClient(settings), region),
    );
    const experiments = once(() => experimentPort(new FisClient(settings), region));
    const plans = once(() => planPort(new RegionSwitchClient(settings), region));
    return {
        region,
        async accountId() {
            const found = await new Caller("STS", region).call("GetCallerIdentity", (abortSignal) =>
                identity().send(new GetCallerIdentityCommand({}), { abortSignal }),
            );
            return found.Account ?? "";
        },
        get database() {
            return database();
        },
        get fleets() {
            return fleets();
        },
        get backup() {
            return backup();
        },
        get tables() {
            return tables();
        },
        get parameters() {
            return parameters();
        },
        get observe() {
            return observe();
        },
        get query() {
            return query();
        },
        get experiments() {
            return experiments();
        },
        get plans() {
            return plans();
        },
    };
}

function once<T>(make: () => T): () => T {
    let made: { readonly value: T } | undefined;
    return () => (made ??= { value: make() }).value;
}
