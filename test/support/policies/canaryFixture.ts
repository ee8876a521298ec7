/** A canary as CloudWatch Synthetics takes it, for the rules about canaries of all packs. */
import { type FixtureResource } from "./mutation";

export const CANARY = "aws:synthetics/canary:Canary";

/** A canary that runs every five minutes. */
export function canaryFixture(inputs: FixtureResource["inputs"] = {}): FixtureResource {
    return {
        type: CANARY,
        name: "pages",
        inputs: {
            region: "us-east-1",
            name: "pages",
            artifactS3Location: "s3://pages-artifacts/",
            executionRoleArn: "arn:aws:iam::111122223333:role/pages",
            handler: "index.handler",
            runtimeVersion: "syn-nodejs-3.1",
            schedule: { expression: "rate(5 minutes)" },
            startCanary: true,
            ...inputs,
        },
    };
}
