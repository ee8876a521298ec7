import { type Mutant } from "../support/policies/mutation";

export const mutants: readonly Mutant[] = [
    {
        rule: "s3-bucket-versioning",
        title: "suspended versioning",
        change: (stack) => {
            stack.set(
                stack.find("aws:s3/bucketVersioning:BucketVersioning"),
                "versioningConfiguration.status",
                "Suspended",
            );
        },
        message: "versioning that is not enabled",
    },
    {
        rule: "s3-bucket-versioning",
        title: "missing versioning",
        change: (stack) => {
            stack.remove(stack.find("aws:s3/bucketVersioning:BucketVersioning"));
        },
    },
];
