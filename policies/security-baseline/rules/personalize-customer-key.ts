import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws-native:personalize:DatasetGroup": [
        {
            path: "kmsKeyArn",
            allowed: "given",
            wrong: "keeps what people do under a key of AWS's",
        },
    ],
};

export const rule = resourceRule({
    id: "personalize-customer-key",
    severity: "medium",
    description: "Data sets of Personalize are encrypted with a key of the customer's.",
    fix: "Set kmsKeyArn to the ARN of an aws.kms.Key, and roleArn to a role that may use it, which makes a new group.",
    frameworks: { controls: [] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
