import { flag, number, object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { counted } from "../../framework/patterns";
import { list } from "../../framework/subject";
import { DOMAIN, zonesOf } from "../shared/domains";
import { judge } from "../shared/values";

const SECURE = [
    ["encryptAtRest", "enabled"],
    ["nodeToNodeEncryption", "enabled"],
    ["domainEndpointOptions", "enforceHttps"],
] as const;

export const rule = resourceRule({
    id: "opensearch-domain",
    severity: "high",
    description:
        "A domain has as many subnets as zones, nodes for each, masters in odd numbers, and encryption with access control.",
    fix: "Set availabilityZoneCount to the number of subnets, instanceCount to a multiple of it, dedicatedMasterCount to 3 or 5, and encryption on.",
    frameworks: { controls: ["F12.3", "F12.6"] },
    types: [DOMAIN],
    check: ({ props }, report) => {
        const cluster = object(props.clusterConfig);
        judge(
            () => {
                const zones = zonesOf(cluster);
                const nodes = number(cluster.instanceCount) ?? 1;
                if (nodes % zones !== 0) {
                    report(`has ${counted(nodes, "data node")} in ${counted(zones, "availability zone")}.`);
                }
                if (isGiven(props, "vpcOptions") && isGiven(object(props.vpcOptions), "subnetIds")) {
                    const subnets = list(object(props.vpcOptions).subnetIds).length;
                    if (subnets !== zones) {
                        report(
                            `has ${counted(subnets, "subnet")} in ${counted(zones, "availability zone")}.`,
                        );
                    }
                }
            },
            () => {
                const masters = number(cluster.dedicatedMasterCount) ?? 3;
                if (flag(cluster.dedicatedMasterEnabled) === true && masters !== 3 && masters !== 5) {
                    report(`has ${counted(masters, "dedicated master")}; allowed: 3, 5.`);
                }
            },
            () => {
                if (flag(object(props.advancedSecurityOptions).enabled) !== true) {
                    return;
                }
                for (const [property, option] of SECURE) {
                    if (flag(object(props[property])[option]) !== true) {
                        report(`has advancedSecurityOptions without ${property}.${option} true.`);
                    }
                }
            },
        );
    },
});
