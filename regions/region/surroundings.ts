import type * as pulumi from "@pulumi/pulumi";
import { AlarmTopic, LogArchive } from "../../components/operations";
import { EncryptionKey, KeyUser } from "../../components/security/encryptionKey";
import { logLifecycle } from "../../components/security/bucketLifecycle";
import { createEdgeAlarmTopic } from "../common";
import { type RegionalConfig } from "../configTypes";

/** What everything else of a region's stack needs. */
export interface Surroundings {
    /** Encrypts logs, images and alarms. */
    readonly key: EncryptionKey;
    readonly alarms: AlarmTopic;
    /** For alarms on what is in us-east-1 alone. */
    readonly edgeAlarms: AlarmTopic;
    readonly logs: LogArchive;
}

/** Makes the key, the topics of alarms and the archive of logs. */
export function createSurroundings(
    config: RegionalConfig,
    opts: pulumi.ComponentResourceOptions,
): Surroundings {
    const { deletionProtection } = config;
    const home = { region: config.entry.region, accountId: config.accountId };
    const key = new EncryptionKey(
        "shop-key",
        {
            ...home,
            description: `Logs, images and alarms of ${config.stack}`,
            services: [KeyUser.CloudWatchLogs, KeyUser.SnsPublishers],
            deletionProtection,
        },
        opts,
    );
    const email = config.alarmEmail === undefined ? {} : { email: config.alarmEmail };
    const alarms = new AlarmTopic("shop-alarms", { ...home, kmsKeyArn: key.keyArn, ...email }, opts);
    const edgeAlarms = createEdgeAlarmTopic(config, opts);
    const logs = new LogArchive(
        "shop-logs",
        {
            ...home,
            lifecycle: logLifecycle(config.logArchiveRetentionDays),
            deletionProtection,
        },
        opts,
    );
    return { key, alarms, edgeAlarms, logs };
}
