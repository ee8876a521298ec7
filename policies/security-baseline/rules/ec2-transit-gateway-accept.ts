import { resourceRule } from "../../framework";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:ec2transitgateway/transitGateway:TransitGateway": [
        {
            path: "autoAcceptSharedAttachments",
            otherwise: "disable",
            allowed: ["disable"],
            wrong: "connects VPCs of other accounts unasked",
        },
    ],
};

export const rule = resourceRule({
    id: "ec2-transit-gateway-accept",
    severity: "high",
    description: "Transit gateways connect VPCs of other accounts once somebody has accepted them.",
    fix: 'Set autoAcceptSharedAttachments to "disable", or leave it out.',
    frameworks: { controls: [], securityHub: ["EC2.23"], checkov: ["CKV_AWS_331"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
