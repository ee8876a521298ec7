import { flag, resourceRule } from "../../framework";
import { mended } from "../../framework/remedies";
import { DB_CLUSTER, DB_INSTANCE } from "../shared/databases";
import { shown } from "../shared/judging";

export const rule = resourceRule({
    id: "rds-snapshot-tags",
    severity: "low",
    level: "advisory",
    description: "Snapshots of databases carry the database's tags.",
    fix: "Set copyTagsToSnapshot to true.",
    frameworks: {
        controls: ["50"],
        securityHub: ["RDS.16", "RDS.17", "RDS.47", "RDS.48"],
        checkov: ["CKV_AWS_313"],
    },
    types: [DB_CLUSTER, DB_INSTANCE],
    check: ({ props }, report) => {
        // AWS's default is false.
        if (flag(props.copyTagsToSnapshot) !== true) {
            report(`has snapshots without tags: copyTagsToSnapshot is ${shown(props.copyTagsToSnapshot)}.`);
        }
    },
    remediate: (resource) =>
        flag(resource.props.copyTagsToSnapshot) === true
            ? undefined
            : mended(resource, { copyTagsToSnapshot: true }),
});
