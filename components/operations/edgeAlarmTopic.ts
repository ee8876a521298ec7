import type * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../security/encryptionKey";
import { type TagsInput } from "../shared/tags";
import { AlarmTopic } from "./alarmTopic";

// CloudFront, its web ACLs, health checks and the metrics of all three are in us-east-1 alone, wherever the stack's
// region is, as budgets are, and an alarm can only tell a topic of its own region.
const EDGE_REGION = "us-east-1";

/** What a topic for the edge is made with. */
export interface EdgeAlarmTopicArgs {
    accountId: pulumi.Input<string>;
    /** What the alarms are of, in the key's description. */
    subject: string;
    /** Address that is mailed every message. None when left out. */
    email?: string | undefined;
    deletionProtection: boolean;
    tags?: TagsInput | undefined;
}

/**
 * Makes the topic for what happens at the edge, `<name>-edge-alarms`, with a key of its own, `<name>-edge-key`, because
 * a key is regional too.
 */
export function edgeAlarmTopic(
    name: string,
    { accountId, subject, email, deletionProtection, tags }: EdgeAlarmTopicArgs,
    opts: pulumi.ComponentResourceOptions,
): AlarmTopic {
    const home = { region: EDGE_REGION, accountId, ...(tags === undefined ? {} : { tags }) };
    const key = new EncryptionKey(
        `${name}-edge-key`,
        {
            ...home,
            description: `Alarms of ${subject} at the edge`,
            services: [KeyUser.SnsPublishers],
            deletionProtection,
        },
        opts,
    );
    return new AlarmTopic(
        `${name}-edge-alarms`,
        { ...home, kmsKeyArn: key.keyArn, ...(email === undefined ? {} : { email }) },
        opts,
    );
}
