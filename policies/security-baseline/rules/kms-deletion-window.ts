import { number, resourceRule } from "../../framework";

interface Config {
    readonly minDays: number;
}

export const rule = resourceRule<Config>({
    id: "kms-deletion-window",
    severity: "medium",
    level: "advisory",
    description: "A month is left to notice that a KMS key is about to be deleted.",
    fix: "Set deletionWindowInDays to 30, or leave it out.",
    frameworks: { controls: ["95"], securityHub: ["KMS.3"] },
    types: [
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/key:Key",
        "aws:kms/replicaExternalKey:ReplicaExternalKey",
        "aws:kms/replicaKey:ReplicaKey",
    ],
    config: {
        minDays: {
            type: "integer",
            minimum: 7,
            maximum: 30,
            default: 30,
            description: "The least number of days.",
        },
    },
    check: ({ props }, report, { minDays }) => {
        // AWS's default is 30.
        const days = number(props.deletionWindowInDays) ?? 30;
        if (days < minDays) {
            report(`is gone soon once deleted: deletionWindowInDays is ${days}, and ${minDays} is demanded.`);
        }
    },
});
