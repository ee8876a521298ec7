import { flag, object, resourceRule, text } from "../../framework";
import { DOMAIN, INSTANCE_TYPES, zonesOf } from "../shared/domains";
import { judge, shown } from "../shared/values";

/** Families whose processors run at full speed for a while only, which no domain with a standby is made of. */
const BURSTABLE = /^t\d/;

export const rule = resourceRule({
    id: "opensearch-standby",
    severity: "high",
    description:
        "A domain with a standby is in three zones, with three or five masters, and not on burstable instances.",
    fix: "Set availabilityZoneCount to 3, dedicatedMasterEnabled to true, and types of another family, or leave multiAzWithStandbyEnabled out.",
    frameworks: { controls: ["F12.3", "F40.2"] },
    types: [DOMAIN],
    check: ({ props }, report) => {
        const cluster = object(props.clusterConfig);
        if (flag(cluster.multiAzWithStandbyEnabled) !== true) {
            return;
        }
        judge(
            () => {
                const zones = zonesOf(cluster);
                if (zones !== 3) {
                    report(`has a standby and ${zones} of the three availability zones that it takes.`);
                }
            },
            () => {
                if (flag(cluster.dedicatedMasterEnabled) !== true) {
                    report(
                        `has a standby and no dedicated masters: clusterConfig.dedicatedMasterEnabled is ${shown(cluster.dedicatedMasterEnabled)}.`,
                    );
                }
            },
            ...INSTANCE_TYPES.map((property) => () => {
                const type = text(cluster[property]) ?? "";
                if (BURSTABLE.test(type)) {
                    report(`has a standby and clusterConfig.${property} "${type}".`);
                }
            }),
        );
    },
});
