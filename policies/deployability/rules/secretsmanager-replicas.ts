import { resourceRule, text } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { regionOf } from "../../framework/subject";

export const rule = resourceRule({
    id: "secretsmanager-replicas",
    severity: "high",
    description: "A secret's replicas are in other regions, once in each.",
    fix: "Name each region but the secret's own once in replicas.",
    frameworks: { controls: ["F15.1"] },
    types: ["aws:secretsmanager/secret:Secret"],
    check: (resource, report) => {
        if (!isGiven(resource.props, "replicas")) {
            return;
        }
        const seen = new Set<string>();
        const own = regionOf(resource);
        eachObject(resource.props.replicas, (replica, index) => {
            const region = text(replica.region) ?? "";
            if (region === own) {
                report(`has replicas[${index}] in ${region}, where it is itself.`);
            } else if (seen.has(region)) {
                report(`has two replicas in ${region}.`);
            }
            seen.add(region);
        });
    },
});
