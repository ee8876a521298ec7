import {
    allOf,
    arnOf,
    input,
    isEachOnce,
    judgedLater,
    keyArn,
    leftOutWhile,
    list,
    numberOf,
    numberWhere,
    objectOf,
    port,
    required,
    text,
    textLike,
    textOf,
    textWhere,
    unless,
    wholeNumber,
} from "../../shared/argumentRules";
import { type ArgumentTable, type Given, type Rule } from "../../shared/argumentTable";
import { isPort, isRegion } from "../../shared/validation";
import { variables } from "../environment";
import { imageByDigest } from "../imageReference";
import {
    type CommandExecution,
    type ContainerHealthCheck,
    type ServiceConnection,
    type ServiceTracing,
    type TlsProxy,
} from "./containerArgs";

/** The ports where nothing is said. */
export const DEFAULT_SERVICE_PORTS = { container: 8080, proxy: 8443 } as const;

/** What a collector of traces listens on. */
const TRACING_PORTS: readonly number[] = [4317, 4318];

// Below these a program needs a capability that the container is not given.
const FIRST_PORT = 1024;

const PORT = `a TCP port from ${FIRST_PORT} to 65535`;

const containerPortOf = (args: Given): number =>
    numberOf(args.containerPort, DEFAULT_SERVICE_PORTS.container);

/** The rule of the port that the container listens on. */
export function containerPort(): Rule<"number", false, false> {
    return {
        ...numberWhere(
            (port) => isPort(port) && port >= FIRST_PORT && !TRACING_PORTS.includes(port),
            `${PORT} other than ${TRACING_PORTS.join(" and ")}`,
            { kind: PORT },
        ),
        otherwise: () => DEFAULT_SERVICE_PORTS.container,
    };
}

/** A proxy that takes TLS. */
export const TLS_PROXY: ArgumentTable<TlsProxy> = {
    image: required(imageByDigest()),
    port: {
        ...numberWhere(
            (port, args) =>
                isPort(port) &&
                port >= FIRST_PORT &&
                port !== containerPortOf(args) &&
                !TRACING_PORTS.includes(port),
            (args) =>
                `${PORT} other than containerPort (${containerPortOf(args)}), ${TRACING_PORTS.join(", ")}`,
            { kind: PORT },
        ),
        otherwise: () => DEFAULT_SERVICE_PORTS.proxy,
    },
};

/** Amazon ECS API Reference, HealthCheck. */
export const HEALTH_CHECK: ArgumentTable<ContainerHealthCheck> = {
    command: required(
        list(
            text(),
            "a list of texts",
            unless((command) => {
                const [how, ...rest] = command as readonly string[];
                return (how === "CMD" && rest.length >= 1) || (how === "CMD-SHELL" && rest.length === 1);
            }, "CMD with a program and its arguments, or CMD-SHELL with one line"),
        ),
    ),
    intervalSeconds: wholeNumber({ min: 5, max: 300 }, "a whole number from 5 to 300 (seconds)"),
    timeoutSeconds: wholeNumber({ min: 2, max: 60 }, "a whole number from 2 to 60 (seconds)"),
    retries: wholeNumber({ min: 1, max: 10 }, "a whole number from 1 to 10"),
    startPeriodSeconds: wholeNumber({ min: 0, max: 300 }, "a whole number from 0 to 300 (seconds)"),
};

/** A collector of traces. */
export const TRACING: ArgumentTable<ServiceTracing> = {
    collectorImage: required(imageByDigest()),
    configuration: textLike(/\S/, "a configuration in YAML"),
};

/** Shells in containers. A cluster without them has an empty name for their log group. */
export const COMMAND_EXECUTION: ArgumentTable<CommandExecution> = {
    logGroupArn: required(judgedLater(input(arnOf("logs", "a log group")))),
    kmsKeyArn: required(input(keyArn())),
};

/** A place in a namespace of Service Connect. */
export const SERVICE_CONNECT: ArgumentTable<ServiceConnection> = {
    namespaceArn: required(judgedLater(input(arnOf("servicediscovery", "a namespace")))),
    // Amazon ECS API Reference, ServiceConnectService.
    discoveryName: textLike(
        /^[a-z][a-z0-9_-]{0,63}$/,
        "1 to 64 lower-case letters, digits, hyphens and underscores, a letter first",
    ),
    clientPort: leftOutWhile(
        ({ serviceConnect }) => textOf(objectOf(serviceConnect).discoveryName) === "",
        () => ({ allowed: "nothing without discoveryName", remedy: "Remove it, or name the service" }),
        port("a TCP port from 1 to 65535"),
    ),
};

/** The rule of the user that a program runs as. */
export function nonRootUser(): Rule<"text", false, false> {
    return textWhere(
        (user) =>
            /^(?:[1-9]\d{0,9}|[a-z_][a-z0-9_-]{0,31})(?::(?:\d{1,10}|[a-z_][a-z0-9_-]{0,31}))?$/.test(user) &&
            !/^root(?::|$)/.test(user),
        "a user other than root: a number other than 0 or a name, and a group after a colon",
    );
}

/** The rule of the directories that a program writes to. */
export function writablePaths(): Rule<"list", false, false> {
    return list(
        textLike(
            /^(?:\/[A-Za-z0-9_.-]+)+$/,
            "an absolute path of letters, digits and _ . - without a slash at its end, and not / itself",
        ),
        "a list of paths",
        allOf(
            unless(isEachOnce, "each path once"),
            unless(
                (paths) => !(paths as readonly string[]).some((path) => path.split("/").includes("..")),
                "paths without ..",
            ),
        ),
    );
}

/** The rule of variables whose values are in Secrets Manager or in the Parameter Store of the service's region. */
export function secretReferences(): Rule<"map", false, false> {
    const allowed = (args: Given): string =>
        `the ARN of a secret or of a parameter in ${textOf(args.region, "the region")}`;
    const reference = textWhere(
        (arn, args) => {
            const [, , service, region, account, ...rest] = arn.split(":");
            const known = textOf(args.region);
            return (
                arn.startsWith("arn:aws:") &&
                (!isRegion(known) || region === known) &&
                /^\d{12}$/.test(account ?? "") &&
                ((service === "secretsmanager" && rest[0] === "secret" && rest.length >= 2) ||
                    (service === "ssm" && rest.length === 1 && rest[0]?.startsWith("parameter/") === true))
            );
        },
        allowed,
        { kind: "the ARN of a secret or of a parameter" },
    );
    return variables(reference);
}
