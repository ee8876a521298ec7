import * as pulumi from "@pulumi/pulumi";

import {
    type PolicyConditions,
    policyDocument,
    type PolicyPrincipal,
    type PolicyStatement,
} from "./policyDocument";

/** One statement of a bucket's policy, written before the bucket's ARN is known. */
export interface BucketPolicyStatement {
    /** What the statement is for; letters and digits alone, unique in its document. */
    Sid: string;
    /** `Allow` when left out. */
    Effect?: "Allow" | "Deny";
    /** Whom it is about. `*` belongs in Deny statements alone. */
    Principal: PolicyPrincipal | "*";
    Action: string | string[];
    /**
     * What is appended to the bucket's ARN to make the resources: an empty text is the bucket, `/logs/*` the
     * objects under `logs/`. All objects (`/*`) when left out.
     */
    Paths?: pulumi.Input<string>[];
    Condition?: PolicyConditions;
}

/**
 * A bucket's policy: the statements given, and the two that every bucket has, which refuse requests without TLS
 * or with a version before 1.2.
 */
export function bucketPolicyDocument(
    bucketArn: pulumi.Input<string>,
    statements: BucketPolicyStatement[],
): pulumi.Output<string> {
    const everything = ["", "/*"];
    const own: BucketPolicyStatement[] = [
        {
            Sid: "DenyRequestsWithoutTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Paths: everything,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
            Sid: "DenyOldTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Paths: everything,
            Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
    ];
    return policyDocument([...own, ...statements].map((statement) => absolute(bucketArn, statement)));
}

function absolute(bucketArn: pulumi.Input<string>, statement: BucketPolicyStatement): PolicyStatement {
    const { Paths: paths = ["/*"], Effect: effect = "Allow", Condition: condition, ...rest } = statement;
    return {
        ...rest,
        Effect: effect,
        Resource: paths.map((path) => pulumi.interpolate`${bucketArn}${path}`),
        ...(condition === undefined ? {} : { Condition: condition }),
    };
}
