import type * as pulumi from "@pulumi/pulumi";

import { type Architecture, commonArchitecture } from "../../shared/instanceTypes";
import { SAMPLE_IMAGE, sampleEnvironment } from "../sampleImage";
import { tracingVariables } from "../tracing";
import { renderUserData } from "../userData/userData";
import { USER_DATA_LIMIT } from "../../shared/shellTemplate";
import { isKnown, type Problems } from "../../shared/validation";
import { type TierArgs } from "./args";
import { type ResolvedCapacity, resolveCapacity } from "./capacity";
import { type TagsInput } from "../../shared/tags";

/** What both tiers know after their common arguments are checked and completed. */
export interface TierSettings {
    instancePort: number;
    /** Checked, at the latest when it is known. */
    image: pulumi.Input<string>;
    containerPort: number;
    environment: Record<string, pulumi.Input<string>>;
    healthCheckPath: string;
    capacity: ResolvedCapacity;
    /** Of all the instance types. */
    architecture: Architecture;
    logRetentionDays: number;
    deletionProtection: boolean;
    tags: TagsInput;
}

/** The ports where nothing is said. */
export const DEFAULT_PORTS = { instancePort: 8443, containerPort: 8080 } as const;

/** Completes the arguments that both tiers take, and notes what is wrong with the name and with all of them together. */
export function resolveTier(problems: Problems, name: string, args: TierArgs): TierSettings {
    const image = args.image ?? SAMPLE_IMAGE;
    const containerPort = args.containerPort ?? DEFAULT_PORTS.containerPort;
    const capacity = resolveCapacity(args.capacity ?? {});
    const settings: TierSettings = {
        instancePort: args.instancePort ?? DEFAULT_PORTS.instancePort,
        image,
        containerPort,
        environment: {
            ...standardEnvironment(name, args.region, containerPort),
            ...(image === SAMPLE_IMAGE ? sampleEnvironment(containerPort) : {}),
            ...args.environment,
        },
        healthCheckPath: args.healthCheckPath ?? "/healthz",
        capacity,
        // Where the types do not agree, a problem was noted and nothing is made of this.
        architecture: commonArchitecture(capacity.instanceTypes) ?? "arm64",
        logRetentionDays: args.logRetentionDays ?? 365,
        deletionProtection: args.deletionProtection ?? true,
        tags: args.tags ?? {},
    };
    checkNames(problems, name);
    checkUserDataSize(problems, name, args, settings);
    return settings;
}

function standardEnvironment(name: string, region: string, containerPort: number): Record<string, string> {
    return {
        PORT: String(containerPort),
        AWS_REGION: region,
        AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
        ...tracingVariables(name),
    };
}

function checkNames(problems: Problems, name: string): void {
    problems.check(
        /^[a-z][a-z0-9-]*$/.test(name) && !name.startsWith("internal-"),
        "name",
        name,
        "lower-case letters, digits and hyphens, beginning with a letter and not with internal-",
        "Buckets, balancers and log groups are called after it",
    );
}

/** Checks the boot script's size as far as the values are known before the deployment. */
function checkUserDataSize(problems: Problems, name: string, args: TierArgs, settings: TierSettings): void {
    const plain = Object.entries(settings.environment).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    // Log groups get a suffix; nothing else in the script is still unknown.
    const logGroup = `${name}-access-log-0000000`;
    const size = renderUserData(
        {
            tier: name,
            region: args.region,
            // Where it is not known yet, the script is rendered again when it is, and measured again.
            image: isKnown(settings.image) ? settings.image : "",
            instancePort: settings.instancePort,
            containerPort: settings.containerPort,
            healthCheckPath: settings.healthCheckPath,
            logGroup,
            accessLogGroup: logGroup,
            environment: Object.fromEntries(plain),
        },
        Number.POSITIVE_INFINITY,
    ).length;
    problems.check(
        size <= USER_DATA_LIMIT,
        "environment",
        `${size} bytes with the boot script`,
        `at most ${USER_DATA_LIMIT} bytes`,
        "Keep long values in SSM parameters and pass their names",
    );
}
