import { object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { judgeSettings, type Settings } from "../shared/settings";

const SETTINGS: Settings = {
    "aws:eks/nodeGroup:NodeGroup": [
        // With a key and no groups, EKS opens the port to the world.
        {
            path: "remoteAccess.sourceSecurityGroupIds",
            allowed: "given",
            wrong: "opens SSH or RDP to everybody",
            applies: ({ remoteAccess }) => isGiven(object(remoteAccess), "ec2SshKey"),
        },
    ],
};

export const rule = resourceRule({
    id: "eks-node-remote-access",
    severity: "high",
    description: "Nodes of EKS node groups take remote access from named security groups alone.",
    fix: "Name the groups in remoteAccess.sourceSecurityGroupIds, or leave remoteAccess out and use Session Manager.",
    frameworks: { controls: [], checkov: ["CKV_AWS_100"] },
    types: Object.keys(SETTINGS),
    check: (resource, report) => {
        judgeSettings(SETTINGS, resource, report);
    },
});
