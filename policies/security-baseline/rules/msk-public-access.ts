import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:msk/cluster:Cluster": [
        {
            path: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
            otherwise: "DISABLED",
            allowed: ["DISABLED"],
            wrong: "gives its brokers public addresses",
        },
    ],
};

export const rule = resourceRule({
    id: "msk-public-access",
    severity: "critical",
    description: "Brokers of MSK cannot be reached from the internet.",
    fix: 'Leave brokerNodeGroupInfo.connectivityInfo.publicAccess out, or set its type to "DISABLED".',
    frameworks: { controls: [], securityHub: ["MSK.4"], checkov: ["CKV_AWS_291"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
