import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fillTemplate, quote, USER_DATA_LIMIT } from "../../shared/shellTemplate";
import { parseImageReference } from "../imageReference";

/** Name of the lifecycle hook that the instance completes when it has drained. */
export const DRAIN_HOOK = "drain";

/** For how long a balancer lets requests under way finish on an instance that leaves, in seconds. */
export const DEREGISTRATION_DELAY = 60;

/** Namespace of the metrics that the CloudWatch agent sends; the role may write into no other. */
export const METRICS_NAMESPACE = "Meridian/Instances";

// Together below the two minutes between the notice and the end of a Spot instance. The margin covers the while
// that a balancer takes to act on a deregistration.
const DRAIN_SECONDS = DEREGISTRATION_DELAY + 15;
const STOP_SECONDS = 25;

/** What the first boot of an instance is told. */
export interface UserDataValues {
    /** Name of the tier; the self-signed certificate carries it. */
    tier: string;
    region: string;
    image: string;
    instancePort: number;
    containerPort: number;
    healthCheckPath: string;
    /** Log group of the container, of nginx's errors and of the boot. */
    logGroup: string;
    /** Log group of nginx's requests. */
    accessLogGroup: string;
    /** The container's environment, by variable. */
    environment: Record<string, string>;
}

const TEMPLATE = readFileSync(join(__dirname, "instance.sh"), "utf8");

/**
 * The script that an instance runs at its first boot.
 *
 * @param limit The most bytes that it may take.
 * @throws Error when the script is larger or a value holds a NUL character, which no shell can pass on.
 */
export function renderUserData(values: UserDataValues, limit = USER_DATA_LIMIT): string {
    const script = fillTemplate(TEMPLATE, {
        tier: quote(values.tier),
        region: quote(values.region),
        image: quote(values.image),
        ...registryWords(values.image),
        instancePort: quote(String(values.instancePort)),
        containerPort: quote(String(values.containerPort)),
        healthCheckPath: quote(values.healthCheckPath),
        logGroup: quote(values.logGroup),
        accessLogGroup: quote(values.accessLogGroup),
        metricsNamespace: quote(METRICS_NAMESPACE),
        lifecycleHook: quote(DRAIN_HOOK),
        drainSeconds: String(DRAIN_SECONDS),
        stopSeconds: String(STOP_SECONDS),
        containerEnvironment: environmentWords(values.environment),
    });
    const size = Buffer.byteLength(script);
    if (size > limit) {
        throw new Error(
            `The user data of ${values.tier} takes ${size} bytes; EC2 takes ${limit}. ` +
                "Keep long values of the environment in SSM parameters and pass their names.",
        );
    }
    return script;
}

function registryWords(image: string): { registry: string; registryRegion: string } {
    const reference = parseImageReference(image);
    return reference?.ecr === undefined
        ? { registry: quote(""), registryRegion: quote("") }
        : { registry: quote(reference.registry), registryRegion: quote(reference.ecr.region) };
}

/** The words `--env NAME=value`, a variable a line. */
function environmentWords(environment: Record<string, string>): string {
    return Object.entries(environment)
        .map(([name, value]) => `--env ${quote(`${name}=${value}`)}`)
        .join("\n    ");
}
