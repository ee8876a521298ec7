import { number, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";

const ON_DEMAND = "ON_DEMAND";

export const rule = resourceRule({
    id: "kinesis-stream-mode",
    severity: "high",
    description: "Kinesis streams have a number of shards, or are on demand, and a key where they encrypt.",
    fix: 'Give shardCount with streamMode PROVISIONED, leave it out with ON_DEMAND, and give kmsKeyId with encryptionType "KMS".',
    frameworks: { controls: ["F47.4"] },
    types: ["aws:kinesis/stream:Stream"],
    check: ({ props }, report) => {
        const mode = text(object(props.streamModeDetails).streamMode) ?? "PROVISIONED";
        const hasShards = isGiven(props, "shardCount") && (number(props.shardCount) ?? 0) > 0;
        if (hasShards === (mode === ON_DEMAND)) {
            report(`has streamMode ${mode} and ${hasShards ? "a" : "no"} shardCount.`);
        }
        if (text(props.encryptionType) === "KMS" && !isGiven(props, "kmsKeyId")) {
            report("has encryptionType KMS and no kmsKeyId.");
        }
    },
});
