import { flag, object, resourceRule, text } from "../../framework";
import { DOMAIN, INSTANCE_TYPES } from "../shared/domains";
import { judge } from "../shared/values";

/** In the API's enum, and in no region's list (cfn-lint's data). */
const OFFERED_NOWHERE = /^t4g\./;

/** Families with disks of their own; all others keep data on EBS. */
const OWN_DISKS = /^(?:d2|i2|i3|i4g|i4i|i7i|i8g|i8ge|im4gn|m3|oi2|r3|r6gd|r7gd|r8gd)\./;

export const rule = resourceRule({
    id: "opensearch-instance-type",
    severity: "high",
    description:
        "Domains are of types that OpenSearch offers, with volumes where the type has no disks of its own.",
    fix: "Choose another instanceType, or set ebsOptions.ebsEnabled to true.",
    frameworks: { controls: ["F12.4", "F12.5", "F40.1"] },
    types: [DOMAIN],
    check: ({ props }, report) => {
        const cluster = object(props.clusterConfig);
        judge(
            ...INSTANCE_TYPES.map((property) => () => {
                const type = text(cluster[property]) ?? "";
                if (OFFERED_NOWHERE.test(type)) {
                    report(`has clusterConfig.${property} "${type}", which no region has.`);
                }
            }),
            () => {
                const type = text(cluster.instanceType);
                const hasVolumes = flag(object(props.ebsOptions).ebsEnabled) === true;
                if (type !== undefined && !OWN_DISKS.test(type) && !hasVolumes) {
                    report(
                        `has clusterConfig.instanceType "${type}" and no volumes (ebsOptions.ebsEnabled).`,
                    );
                }
            },
        );
    },
});
