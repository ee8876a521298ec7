import { flag, resourceRule } from "../../framework";
import { mended } from "../../framework/remedies";
import { BUCKET_TYPES } from "../shared/s3";

export const rule = resourceRule({
    id: "s3-bucket-force-destroy",
    severity: "medium",
    level: "advisory",
    description: "S3 buckets are not deleted while they hold objects.",
    fix: "Set forceDestroy to false, or leave it out.",
    frameworks: { controls: ["66"] },
    types: BUCKET_TYPES,
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(props.forceDestroy) === true) {
            report("is deleted with all its objects: forceDestroy is true.");
        }
    },
    remediate: (resource) =>
        flag(resource.props.forceDestroy) === true ? mended(resource, { forceDestroy: false }) : undefined,
});
