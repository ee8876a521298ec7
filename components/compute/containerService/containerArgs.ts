import type * as pulumi from "@pulumi/pulumi";

/** The processor architectures of tasks, as ECS spells them. */
export enum CpuArchitecture {
    /** Graviton. */
    Arm64 = "ARM64",
    /** Intel and AMD. */
    X86 = "X86_64",
}

/** What a container speaks on its port. */
export enum ContainerProtocol {
    /** Plain HTTP. */
    Http = "HTTP",
    /** TLS, which the container ends; a balancer does not check its certificate. */
    Https = "HTTPS",
}

/**
 * A proxy beside the program that takes TLS and hands requests to the program within the task, so that nothing goes
 * through the network in clear. It makes a key and a certificate of its own whenever a task starts.
 */
export interface TlsProxy {
    /** Image with nginx, openssl and a shell, such as `public.ecr.aws/nginx/nginx` on Debian, by its digest. */
    image: pulumi.Input<string>;
    /** TCP port of the proxy, 1024 or above, other than the container's. 8443 when left out. */
    port?: number;
}

/**
 * How ECS asks a container whether it is well. A HEALTHCHECK in the image is ignored: only this one counts.
 */
export interface ContainerHealthCheck {
    /**
     * What is run in the container: `CMD` and a program with its arguments, or `CMD-SHELL` and a line for the image's
     * shell. What it calls, such as curl, must be in the image.
     */
    command: string[];
    /** Seconds between two checks, 5 to 300. 30 when left out. */
    intervalSeconds?: number;
    /** Seconds that a check may take, 2 to 60. 5 when left out. */
    timeoutSeconds?: number;
    /** Failures in a row before the task is replaced, 1 to 10. 3 when left out. */
    retries?: number;
    /** Seconds after the start in which failures do not count, 0 to 300. 60 when left out. */
    startPeriodSeconds?: number;
}

/**
 * A collector beside the program that takes traces by OTLP at `localhost:4318` (HTTP) and `localhost:4317` (gRPC) and
 * sends them to X-Ray. The program is told where by OpenTelemetry's own variables. Its end does not end the task.
 */
export interface ServiceTracing {
    /**
     * Image of the AWS Distro for OpenTelemetry's collector, `public.ecr.aws/aws-observability/aws-otel-collector` or a
     * copy of it, by its digest.
     */
    collectorImage: pulumi.Input<string>;
    /** The collector's configuration in YAML. OTLP in and X-Ray out when left out. */
    configuration?: string;
}

/** Lets people open a shell in the containers (`aws ecs execute-command`), each session recorded. */
export interface CommandExecution {
    /** ARN of the log group of the sessions: the cluster's `commandLogGroupArn`. */
    logGroupArn: pulumi.Input<string>;
    /** ARN of the key of the sessions and of that log group: the cluster's `kmsKeyArn`. */
    kmsKeyArn: pulumi.Input<string>;
}

/**
 * The service's place in a namespace of Service Connect, where tasks find each other by short names through proxies
 * beside them. Tasks alone: Lambda, instances and API Gateway cannot use these names. They lead to `containerPort`, past
 * a proxy that takes TLS.
 */
export interface ServiceConnection {
    /** ARN of the namespace: the cluster's `namespaceArn`. */
    namespaceArn: pulumi.Input<string>;
    /**
     * The name that the service is called by in the namespace: 1 to 64 lower-case letters, digits, hyphens and
     * underscores. It calls others and is called by none when left out.
     */
    discoveryName?: string;
    /** The port of that name. `containerPort` when left out. */
    clientPort?: number;
}
