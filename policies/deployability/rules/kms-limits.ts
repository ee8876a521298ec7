import { type Limits, limitsRule } from "../shared/tables";

const window: Limits = { ranges: { deletionWindowInDays: { min: 7, max: 30 } } };

export const rule = limitsRule({
    id: "kms-limits",
    description: "Keys and secrets wait for their end, and rotate, for a time that AWS takes.",
    controls: ["F15.1", "F15.3"],
    table: {
        "aws:kms/key:Key": {
            ranges: { ...window.ranges, rotationPeriodInDays: { min: 90, max: 2560 } },
            choices: {
                keyUsage: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
            },
        },
        "aws:kms/replicaKey:ReplicaKey": window,
        "aws:kms/externalKey:ExternalKey": window,
        "aws:kms/replicaExternalKey:ReplicaExternalKey": window,
        "aws:secretsmanager/secret:Secret": {
            ranges: { recoveryWindowInDays: { min: 7, max: 30, also: [0] } },
        },
        "aws:secretsmanager/secretRotation:SecretRotation": {
            ranges: { "rotationRules.automaticallyAfterDays": { min: 1, max: 1000 } },
        },
    },
});
