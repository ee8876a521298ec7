import { resourceRule, statementsOf, text } from "../../framework";
import { regionOf } from "../../framework/subject";
import { KMS_KEYS } from "../shared/types";

const SERVICE = /^logs\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com/;

export const rule = resourceRule({
    id: "kms-logs-principal-region",
    severity: "high",
    description: "A key's policy names the CloudWatch Logs of the key's own region.",
    fix: "Write the principal as logs.<region>.amazonaws.com with the key's region.",
    frameworks: { controls: ["C11", "F15.5"] },
    types: [...KMS_KEYS, "aws:kms/keyPolicy:KeyPolicy"],
    check: (resource, report) => {
        const own = regionOf(resource);
        const policy = text(resource.props.policy);
        for (const { principals } of statementsOf(policy) ?? []) {
            for (const name of principals.Service ?? []) {
                const region = SERVICE.exec(name)?.[1];
                if (region !== undefined && own !== undefined && region !== own) {
                    report(`is in ${own} and lets ${name} use it.`);
                }
            }
        }
    },
});
