import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
    confined,
    type ContainerDefinition,
    logConfiguration,
    type TaskSurroundings,
    type VolumeMount,
} from "./containerParts";
import { PROXY_NAME } from "./settings";

const PREPARATION = readFileSync(join(__dirname, "tlsProxy.sh"), "utf8");

const PREPARATION_NAME = "prepare-tls";
const PROXY_VOLUME: VolumeMount = { sourceVolume: "tls", containerPath: "/tls", readOnly: false };

/** The containers that take TLS, and their volume; none without a proxy. */
export function proxyContainers(surroundings: TaskSurroundings): {
    containers: ContainerDefinition[];
    volumes: string[];
} {
    const { args, settings } = surroundings;
    if (args.tlsProxy === undefined) {
        return { containers: [], volumes: [] };
    }
    const common = {
        image: args.tlsProxy.image,
        ...confined(surroundings),
        // People look into the program's container, never into this one.
        readonlyRootFilesystem: true,
        mountPoints: [PROXY_VOLUME],
    };
    return {
        containers: [
            {
                ...common,
                name: PREPARATION_NAME,
                essential: false,
                entryPoint: ["/bin/sh", "-c"],
                command: [
                    PREPARATION,
                    PREPARATION_NAME,
                    PROXY_VOLUME.containerPath,
                    String(settings.port),
                    String(settings.containerPort),
                ],
                user: "0:0",
                logConfiguration: logConfiguration(surroundings, PREPARATION_NAME),
            },
            {
                ...common,
                name: PROXY_NAME,
                // Without it no request reaches the program.
                essential: true,
                entryPoint: ["nginx"],
                command: ["-c", `${PROXY_VOLUME.containerPath}/nginx.conf`],
                // Not root, and of its group, which may read the key.
                user: "101:0",
                portMappings: [{ name: PROXY_NAME, containerPort: settings.port, protocol: "tcp" }],
                dependsOn: [{ containerName: PREPARATION_NAME, condition: "SUCCESS" }],
                // Requests under way end as long after the word to stop as those of the program.
                stopTimeout: settings.stopTimeoutSeconds,
                logConfiguration: logConfiguration(surroundings, PROXY_NAME),
            },
        ],
        volumes: [PROXY_VOLUME.sourceVolume],
    };
}

const COLLECTOR_NAME = "traces";

/** OTLP from this task alone, in batches to X-Ray. The exporter reads the region of its own accord. */
const COLLECTOR_CONFIGURATION = `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 127.0.0.1:4317
      http:
        endpoint: 127.0.0.1:4318
processors:
  memory_limiter:
    check_interval: 1s
    limit_mib: 100
  batch:
    timeout: 1s
exporters:
  awsxray:
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, batch]
      exporters: [awsxray]
`;

/** The container that takes traces; none without tracing. */
export function collectorContainer(surroundings: TaskSurroundings): ContainerDefinition[] {
    const { tracing, region } = surroundings.args;
    if (tracing === undefined) {
        return [];
    }
    return [
        {
            name: COLLECTOR_NAME,
            image: tracing.collectorImage,
            // A shop without traces is still open.
            essential: false,
            restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
            ...confined(surroundings),
            readonlyRootFilesystem: true,
            environment: [
                { name: "AWS_REGION", value: region },
                { name: "AOT_CONFIG_CONTENT", value: tracing.configuration ?? COLLECTOR_CONFIGURATION },
            ],
            logConfiguration: logConfiguration(surroundings, COLLECTOR_NAME),
        },
    ];
}
