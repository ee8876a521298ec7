import { CANARY, canaryFixture } from "../../support/policies/canaryFixture";
import { type Accepted, type FixtureResource, type Mutant, refTo } from "../../support/policies/mutation";

const KEY = "aws:kms/key:Key";
const ACCOUNT = "111122223333";

const canary: readonly FixtureResource[] = [
    {
        type: KEY,
        name: "pages",
        inputs: {
            region: "us-east-1",
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            description: "Pages",
        },
    },
    canaryFixture({
        artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: refTo(KEY, "pages") } },
        runConfig: { environmentVariables: { WATCHED_HOST: "shop.example.com" } },
    }),
];

export const mutants: readonly Mutant[] = [
    {
        rule: "synthetics-environment-secrets",
        title: "a password",
        fixture: canary,
        change: (stack) => {
            stack.set(stack.find(CANARY), "runConfig.environmentVariables", {
                WATCHED_HOST: "shop.example.com",
                USER_PASSWORD: "Tr0ub4dor&3",
            });
        },
        message: "holds a password in plain in the environment variable USER_PASSWORD",
    },
    {
        rule: "synthetics-artifact-key",
        title: "S3's own keys",
        fixture: canary,
        change: (stack) => {
            stack.set(stack.find(CANARY), "artifactConfig", { s3Encryption: { encryptionMode: "SSE_S3" } });
        },
        message: "artifactConfig.s3Encryption.kmsKeyArn is not given",
        decidedBy: "structure",
    },
    {
        rule: "synthetics-artifact-key",
        title: "no word about it, which is a key of AWS's",
        fixture: canary,
        change: (stack) => {
            stack.unset(stack.find(CANARY), "artifactConfig");
        },
        message: "artifactConfig.s3Encryption.kmsKeyArn is not given",
        decidedBy: "relations",
    },
];

export const accepted: readonly Accepted[] = [
    {
        rule: "synthetics-environment-secrets",
        title: "where a secret is",
        fixture: canary,
        change: (stack) => {
            stack.set(
                stack.find(CANARY),
                "runConfig.environmentVariables.USER_PASSWORD",
                `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:pages`,
            );
        },
    },
    {
        rule: "synthetics-environment-secrets",
        title: "no environment",
        fixture: canary,
        change: (stack) => {
            stack.unset(stack.find(CANARY), "runConfig");
        },
    },
    {
        rule: "synthetics-artifact-key",
        title: "a key of another stack",
        fixture: canary,
        change: (stack) => {
            stack.set(
                stack.find(CANARY),
                "artifactConfig.s3Encryption.kmsKeyArn",
                `arn:aws:kms:us-east-1:${ACCOUNT}:key/00000000-1111-2222-3333-444444444444`,
            );
        },
    },
];
