import type * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../security/encryptionKey";
import { type TagsInput } from "../shared/tags";
import { AlarmTopic } from "./alarmTopic";

// CloudFront, its web ACLs, health checks and the metrics of all three are in us-east-1 alone, wherever the stack's
// region is, as budgets are, and an alarm can only tell a topic of its own region.
const EDGE_REGION = "us-east-1";

/** What a topic in another region than the stack's is made with. */
export interface RemoteAlarmTopicArgs {
    /** The AWS region of the topic. */
    region: string;
    accountId: pulumi.Input<string>;
    /** What the alarms are of, in the key's description. */
    subject: string;
    /** Address that is mailed every message. None when left out. */
    email?: string | undefined;
    deletionProtection: boolean;
    tags?: TagsInput | undefined;
}

/** Makes a topic in another region, `<name>-alarms`, with a key of its own, `<name>-key`, because a key is regional too. */
export function remoteAlarmTopic(
    name: string,
    { region, accountId, subject, email, deletionProtection, tags }: RemoteAlarmTopicArgs,
    opts: pulumi.ComponentResourceOptions,
): AlarmTopic {
    const home = { region, accountId, ...(tags === undefined ? {} : { tags }) };
    const key = new EncryptionKey(
        `${name}-key`,
        {
            ...home,
            description: `Alarms of ${subject}`,
            services: [KeyUser.SnsPublishers],
            deletionProtection,
        },
        opts,
    );
    return new AlarmTopic(
        `${name}-alarms`,
        { ...home, kmsKeyArn: key.keyArn, ...(email === undefined ? {} : { email }) },
        opts,
    );
}

/** What a topic for the edge is made with. */
export type EdgeAlarmTopicArgs = Omit<RemoteAlarmTopicArgs, "region">;

/** Makes the topic for what happens at the edge, `<name>-edge-alarms`, with its key, `<name>-edge-key`. */
export function edgeAlarmTopic(
    name: string,
    { subject, ...args }: EdgeAlarmTopicArgs,
    opts: pulumi.ComponentResourceOptions,
): AlarmTopic {
    return remoteAlarmTopic(
        `${name}-edge`,
        { ...args, region: EDGE_REGION, subject: `${subject} at the edge` },
        opts,
    );
}
