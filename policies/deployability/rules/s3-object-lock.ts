import { flag, type Member, number, object, stackRule, type StackView, text } from "../../framework";
import { isGiven, isInput } from "../../framework/items";
import { companionsOf } from "../shared/buckets";
import { BUCKETS } from "../shared/types";

const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const MODES = ["GOVERNANCE", "COMPLIANCE"];

export const rule = stackRule({
    id: "s3-object-lock",
    severity: "high",
    description: "Object Lock is on a bucket that has it, or versioning, with a mode and days or years.",
    fix: "Set objectLockEnabled on the bucket and versioning, and give defaultRetention a mode with days or years.",
    frameworks: { controls: ["F9.11"] },
    types: [LOCK],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(LOCK), (lock) => {
            const [bucket] = stack.referencesOf(lock, "bucket", ...BUCKETS);
            if (bucket !== undefined && !isLockable(stack, bucket)) {
                report(`locks ${bucket.name}, which has neither objectLockEnabled nor versioning.`, lock);
            }
            const retention = object(object(lock.props.rule).defaultRetention);
            if (!isGiven(object(lock.props.rule), "defaultRetention")) {
                return;
            }
            const mode = text(retention.mode) ?? "";
            const times = ["days", "years"].filter((unit) => (number(retention[unit]) ?? 0) > 0);
            if (!MODES.includes(mode) || times.length !== 1) {
                report(
                    `has mode "${mode}" for ${times.length === 0 ? "no time" : times.join(" and ")}.`,
                    lock,
                );
            }
        });
    },
});

function isLockable(stack: StackView, bucket: Member): boolean {
    return (
        (isInput(bucket, "objectLockEnabled") && flag(bucket.props.objectLockEnabled) === true) ||
        companionsOf(stack, bucket, "BucketVersioning").some(
            ({ props }) => text(object(props.versioningConfiguration).status) === "Enabled",
        )
    );
}
