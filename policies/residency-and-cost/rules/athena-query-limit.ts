import { flag, number, object, resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";

interface Config {
    readonly maxGigabytes: number;
}

export const rule = resourceRule<Config>({
    id: "athena-query-limit",
    severity: "medium",
    description: "Workgroups of Athena stop a query that reads too much, and clients cannot say otherwise.",
    fix: "Set configuration.bytesScannedCutoffPerQuery, and leave enforceWorkgroupConfiguration alone.",
    frameworks: { controls: ["F54.1"] },
    types: ["aws:athena/workgroup:Workgroup"],
    config: {
        maxGigabytes: {
            type: "integer",
            minimum: 1,
            default: 1000,
            description: "The most that the limit may be, in gigabytes.",
        },
    },
    check: ({ props }, report, { maxGigabytes }) => {
        const configuration = object(props.configuration);
        if (!isGiven(configuration, "bytesScannedCutoffPerQuery")) {
            report("lets a query read as much as it likes: bytesScannedCutoffPerQuery is not given.");
            return;
        }
        const gigabytes = (number(configuration.bytesScannedCutoffPerQuery) ?? 0) / 1024 ** 3;
        if (gigabytes > maxGigabytes) {
            report(`lets a query read ${Math.round(gigabytes)} GB; allowed: ${maxGigabytes} or less.`);
        }
        // The provider's default is true.
        if (flag(configuration.enforceWorkgroupConfiguration) === false) {
            report("lets clients leave its limit: enforceWorkgroupConfiguration is false.");
        }
    },
});
