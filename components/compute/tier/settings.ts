import * as pulumi from "@pulumi/pulumi";

import { type ImageReference, isPinned, parseImageReference } from "../imageReference";
import { type Architecture } from "../instanceTypes";
import { SAMPLE_IMAGE, sampleEnvironment } from "../sampleImage";
import { renderUserData, USER_DATA_LIMIT } from "../userData/userData";
import { checkLogRetention, isKnown, isPort, type Problems, show } from "../../shared/validation";
import { type TierArgs } from "./args";
import { checkCapacity, type ResolvedCapacity, resolveCapacity } from "./capacity";
import { type TagsInput } from "../../shared/tags";
import { HEALTH_CHECK_PATH_FORM, isHealthCheckPath } from "./healthCheckPath";

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

// What the CloudWatch agent listens on for traces, and the ports that an instance has in use besides.
export const TAKEN_PORTS: readonly number[] = [2000, 4317, 4318];

// Below these a program needs a capability that the container is not given.
export const FIRST_UNPRIVILEGED_PORT = 1024;

/** Notes what is wrong with the arguments that both tiers take, beside their kinds, and completes them. */
export function resolveTier(problems: Problems, name: string, args: TierArgs): TierSettings {
    const image = args.image ?? SAMPLE_IMAGE;
    const containerPort = args.containerPort ?? 8080;
    const capacity = resolveCapacity(args.capacity ?? {});
    const settings: TierSettings = {
        instancePort: args.instancePort ?? 8443,
        image,
        containerPort,
        environment: {
            ...standardEnvironment(name, args.region, containerPort),
            ...(image === SAMPLE_IMAGE ? sampleEnvironment(containerPort) : {}),
            ...args.environment,
        },
        healthCheckPath: args.healthCheckPath ?? "/healthz",
        capacity,
        // Where the types do not agree, a problem is noted and nothing is made of this.
        architecture: checkCapacity(problems, capacity) ?? "arm64",
        logRetentionDays: args.logRetentionDays ?? 365,
        deletionProtection: args.deletionProtection ?? true,
        tags: args.tags ?? {},
    };
    checkNames(problems, name);
    checkPlace(problems, args);
    checkContainer(problems, name, args, settings);
    checkLogRetention(problems, "logRetentionDays", settings.logRetentionDays);
    settings.tags = checkedTags(problems, settings.tags);
    return settings;
}

function standardEnvironment(name: string, region: string, containerPort: number): Record<string, string> {
    return {
        PORT: String(containerPort),
        AWS_REGION: region,
        AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
        OTEL_SERVICE_NAME: name,
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        // The instance's collector takes traces; metrics and logs go other ways.
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
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

function checkPlace(problems: Problems, args: TierArgs): void {
    if (typeof args.certificateArn === "string" && !problems.isRefused("region")) {
        problems.check(
            args.certificateArn.startsWith(`arn:aws:acm:${args.region}:`),
            "certificateArn",
            args.certificateArn,
            `the ARN of an ACM certificate in ${args.region}, where the balancer is`,
        );
    }
}

function checkContainer(problems: Problems, name: string, args: TierArgs, settings: TierSettings): void {
    const { instancePort, containerPort, healthCheckPath } = settings;
    problems.check(isPort(instancePort), "instancePort", instancePort, "a TCP port from 1 to 65535");
    problems.check(
        isPort(containerPort) &&
            containerPort >= FIRST_UNPRIVILEGED_PORT &&
            containerPort !== instancePort &&
            !TAKEN_PORTS.includes(containerPort),
        "containerPort",
        containerPort,
        `a TCP port from ${FIRST_UNPRIVILEGED_PORT} to 65535 other than instancePort (${instancePort}), ${TAKEN_PORTS.join(", ")}`,
    );
    settings.image = problems.checkInput(settings.image, checkImage);
    problems.check(
        isHealthCheckPath(healthCheckPath),
        "healthCheckPath",
        healthCheckPath,
        HEALTH_CHECK_PATH_FORM,
    );
    const environment = args.environment ?? {};
    for (const variable of Object.keys(environment)) {
        problems.check(
            /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable),
            `environment[${show(variable)}]`,
            variable,
            "a name of letters, digits and underscores that does not begin with a digit",
        );
    }
    checkUserDataSize(problems, name, args, settings);
}

function checkImage(problems: Problems, image: string): void {
    const reference = parseImageReference(image);
    problems.check(
        reference !== undefined && isPinned(reference),
        "image",
        image,
        "an image's name with a tag other than latest, or with a sha256 digest",
        imageRemedy(reference),
    );
}

function imageRemedy(reference: ImageReference | undefined): string {
    return reference === undefined
        ? "Write it as [registry/]repository:tag or [registry/]repository@sha256:…, the repository in lower case"
        : "Name the build, or instances that start later run another one";
}

/** Checks the boot script's size as far as the values are known before the deployment. */
function checkUserDataSize(problems: Problems, name: string, args: TierArgs, settings: TierSettings): void {
    const plain = Object.entries(settings.environment).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    const nul = plain.filter(([, value]) => value.includes("\0")).map(([variable]) => variable);
    for (const variable of nul) {
        problems.add(
            `environment[${show(variable)}]`,
            "a value with a NUL character",
            "any text without one",
        );
    }
    if (nul.length > 0) {
        return;
    }
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

/** Notes what is wrong with the tags as far as they are known, and has the rest checked when it is. */
function checkedTags(problems: Problems, tags: TagsInput): TagsInput {
    if (!isKnown(tags)) {
        return problems.checkInput(pulumi.output(tags), (later, known) => {
            for (const [key, value] of Object.entries(known)) {
                checkTagKey(later, key);
                checkTagValue(later, key, value);
            }
        });
    }
    const checked = Object.entries(tags).map(([key, value]) => {
        checkTagKey(problems, key);
        return [
            key,
            problems.checkInput(value, (found, text) => {
                checkTagValue(found, key, text);
            }),
        ] as const;
    });
    return Object.fromEntries(checked);
}

function checkTagKey(problems: Problems, key: string): void {
    // Amazon EC2 User Guide, "View tags for your EC2 instances using instance metadata": launches fail otherwise.
    problems.check(
        /^[A-Za-z0-9+\-=.,_:@]{1,128}$/.test(key) && ![".", "..", "_index"].includes(key),
        `tags[${show(key)}]`,
        key,
        "a key of 1 to 128 letters, digits and + - = . , _ : @",
    );
    problems.check(!/^aws:/i.test(key), `tags[${show(key)}]`, key, "a key that does not begin with aws:");
}

function checkTagValue(problems: Problems, key: string, value: string): void {
    problems.check(
        /^[\p{L}\p{N}\p{Z}_.:/=+\-@]{0,256}$/u.test(value),
        `tags[${show(key)}]`,
        value,
        "at most 256 letters, digits, spaces and _ . : / = + - @",
    );
}
