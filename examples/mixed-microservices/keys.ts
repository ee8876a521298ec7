import type * as pulumi from "@pulumi/pulumi";

import { EncryptionKey, KeyUser } from "../../components/security/encryptionKey";
import { type MixedSettings } from "./settings";

/** The keys of a region. */
export interface MixedKeyRing {
    /** Of queues, topic, bus, stream and workflow. */
    readonly messages: pulumi.Output<string>;
    /** Of cache, database and files. */
    readonly data: pulumi.Output<string>;
}

/** Makes a key for what is on its way and one for what stays, each for those services alone that need it. */
export function createKeys(
    { region, accountId, deletionProtection }: MixedSettings,
    opts: pulumi.ComponentResourceOptions,
): MixedKeyRing {
    const key = (name: string, description: string, services: KeyUser[]) =>
        new EncryptionKey(name, { region, accountId, description, services, deletionProtection }, opts)
            .keyArn;
    return {
        messages: key("mixed-messages", "Messages, events and workflows", [
            KeyUser.CloudWatchLogs,
            KeyUser.EventBridge,
            KeyUser.Sns,
            KeyUser.WorkflowLogs,
        ]),
        data: key("mixed-data", "Cache, database and files", [KeyUser.CloudWatchLogs]),
    };
}
