import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
        // One that reads from a stream or a cluster keeps nothing itself.
        {
            path: "serverSideEncryption.enabled",
            otherwise: false,
            allowed: [true],
            wrong: "keeps records in plain",
            applies: (props) =>
                !isGiven(props, "kinesisSourceConfiguration") && !isGiven(props, "mskSourceConfiguration"),
        },
    ],
};

export const rule = resourceRule({
    id: "firehose-encryption",
    severity: "medium",
    description: "Firehose streams encrypt records until they are delivered.",
    fix: "Set serverSideEncryption.enabled to true.",
    frameworks: { controls: [], securityHub: ["DataFirehose.1"], checkov: ["CKV_AWS_240"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
