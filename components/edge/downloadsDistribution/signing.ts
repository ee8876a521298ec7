import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Makes the keys that signed URLs are checked with, and the group of all that are good. */
export function makeKeyGroup(
    parent: pulumi.Resource,
    name: string,
    publicKeys: Readonly<Record<string, pulumi.Input<string>>> | undefined,
): aws.cloudfront.KeyGroup | undefined {
    if (publicKeys === undefined) {
        return undefined;
    }
    const keys = Object.entries(publicKeys).map(
        ([key, encodedKey]) =>
            new aws.cloudfront.PublicKey(
                `${name}-${key}`,
                { comment: `Signed downloads of ${name}: ${key}`, encodedKey },
                { parent },
            ),
    );
    return new aws.cloudfront.KeyGroup(
        `${name}-signers`,
        { comment: `Signed downloads of ${name}`, items: keys.map((key) => key.id) },
        { parent },
    );
}
