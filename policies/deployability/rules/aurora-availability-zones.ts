import { list, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { isAurora } from "../shared/aurora";
import { RDS_CLUSTER } from "../shared/types";

const ZONES = 3;

export const rule = resourceRule({
    id: "aurora-availability-zones",
    severity: "high",
    description: "An Aurora cluster names no availability zones, or three that are then left alone.",
    fix: 'Leave availabilityZones out, or give three and add "availabilityZones" to ignoreChanges.',
    frameworks: { controls: ["F1.2.9"] },
    types: [RDS_CLUSTER],
    check: ({ props, opts }, report) => {
        if (!isGiven(props, "availabilityZones") || !isAurora(text(props.engine))) {
            return;
        }
        const zones = list(props.availabilityZones).length;
        if (zones !== ZONES && !opts.ignoreChanges.includes("availabilityZones")) {
            report(
                `has ${zones} availabilityZones; Aurora always takes ${ZONES}, and the next update would replace the cluster.`,
            );
        }
    },
});
