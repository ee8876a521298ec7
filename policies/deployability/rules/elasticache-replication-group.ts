import { flag, number, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { judge } from "../shared/values";

// The provider has a default for the engine, which says nothing.
const OF_GLOBAL = ["nodeType", "engineVersion", "numNodeGroups", "parameterGroupName"];
const TOKEN = /^[A-Za-z0-9!&#$^<>-]{16,128}$/;

export const rule = resourceRule({
    id: "elasticache-replication-group",
    severity: "high",
    description: "Replication groups have nodes, failover and encryption that ElastiCache takes together.",
    fix: "Count nodes in one way, two or more with automaticFailoverEnabled, say transitEncryptionEnabled, and leave to the global group what it decides.",
    frameworks: { controls: ["F11.3", "F11.4", "F11.6"] },
    types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
    check: ({ props }, report) => {
        const hasShards = isGiven(props, "numNodeGroups") || isGiven(props, "replicasPerNodeGroup");
        if (isGiven(props, "globalReplicationGroupId")) {
            for (const property of OF_GLOBAL.filter((each) => isGiven(props, each))) {
                report(`joins a global replication group and has ${property}.`);
            }
        }
        judge(
            () => {
                if (isGiven(props, "numCacheClusters") && hasShards) {
                    report("has numCacheClusters besides numNodeGroups or replicasPerNodeGroup.");
                }
            },
            () => {
                const fails = flag(props.automaticFailoverEnabled) === true;
                if (flag(props.multiAzEnabled) === true && !fails) {
                    report("has multiAzEnabled true without automaticFailoverEnabled true.");
                }
                if ((number(props.numNodeGroups) ?? 1) > 1 && !fails) {
                    report("has several node groups without automaticFailoverEnabled true.");
                }
                const nodes = hasShards
                    ? (number(props.replicasPerNodeGroup) ?? 0) + 1
                    : (number(props.numCacheClusters) ?? 2);
                if (fails && nodes < 2) {
                    report(`has automaticFailoverEnabled true with ${counted(nodes, "node")}.`);
                }
            },
            () => {
                const isValkey =
                    text(props.engine) === "valkey" && !isGiven(props, "globalReplicationGroupId");
                if (isValkey && !isGiven(props, "transitEncryptionEnabled")) {
                    report('has engine "valkey" and says nothing of transitEncryptionEnabled.');
                }
            },
            () => {
                if (isGiven(props, "authToken")) {
                    if (isGiven(props, "userGroupIds")) {
                        report("has both authToken and userGroupIds.");
                    }
                    if (flag(props.transitEncryptionEnabled) !== true) {
                        report("has an authToken without transitEncryptionEnabled true.");
                    }
                }
            },
            () => {
                const token = text(props.authToken);
                if (token !== undefined && !TOKEN.test(token)) {
                    report("has an authToken with a length or a character that ElastiCache rejects.");
                }
            },
        );
    },
});
