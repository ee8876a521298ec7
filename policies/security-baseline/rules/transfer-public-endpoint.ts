import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:transfer/server:Server": [
        {
            path: "endpointType",
            otherwise: "PUBLIC",
            allowed: { not: ["PUBLIC"] },
            wrong: "is open to the whole internet",
        },
    ],
};

export const rule = resourceRule({
    id: "transfer-public-endpoint",
    severity: "high",
    description: "Servers of Transfer Family stand in a VPC, where security groups say who reaches them.",
    fix: 'Set endpointType to "VPC" and endpointDetails to subnets and security groups.',
    frameworks: { controls: [], checkov: ["CKV_AWS_164"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
