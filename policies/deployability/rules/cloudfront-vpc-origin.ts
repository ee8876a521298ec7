import { resourceRule } from "../../framework";
import { isGiven } from "../../framework/items";
import { eachOrigin } from "../shared/distribution";
import { DISTRIBUTION } from "../shared/types";

const KINDS = ["s3OriginConfig", "customOriginConfig", "vpcOriginConfig"];

export const rule = resourceRule({
    id: "cloudfront-vpc-origin",
    severity: "high",
    description:
        "An origin is of one kind: a bucket, a server that is found by its name, or one in a network that is reached as a VPC origin.",
    fix: "Keep one of s3OriginConfig, customOriginConfig and vpcOriginConfig, and no origin access control on a VPC origin.",
    frameworks: { controls: ["F5.9", "F5.16"] },
    types: [DISTRIBUTION],
    check: ({ props }, report) => {
        eachOrigin(props, (origin, at) => {
            const kinds = KINDS.filter((kind) => isGiven(origin, kind));
            if (kinds.length > 1) {
                report(`has ${at} with ${kinds.join(" and ")}.`);
            }
            if (kinds.includes("vpcOriginConfig") && isGiven(origin, "originAccessControlId")) {
                report(`has ${at} with vpcOriginConfig and an origin access control.`);
            }
        });
    },
});
