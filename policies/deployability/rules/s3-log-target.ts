import { object, stackRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { companionsOf, companionTypes } from "../shared/buckets";
import { BUCKETS } from "../shared/types";

const ENCRYPTION = "BucketServerSideEncryptionConfiguration";

export const rule = stackRule({
    id: "s3-log-target",
    severity: "high",
    description:
        "Buckets write access logs to a bucket of their own region that encrypts with S3's own keys.",
    fix: 'Name another bucket of the region for the logs, with sseAlgorithm "AES256".',
    frameworks: { controls: ["F9.10"] },
    types: companionTypes("BucketLogging"),
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...companionTypes("BucketLogging")), (logging) => {
            const [source] = stack.referencesOf(logging, "bucket", ...BUCKETS);
            const [target] = stack.referencesOf(logging, "targetBucket", ...BUCKETS);
            if (target === undefined) {
                return;
            }
            const own = placeOf(source ?? logging);
            const place = placeOf(target);
            if (own !== undefined && place !== undefined && own !== place) {
                report(`is for a bucket in ${own} and writes to ${target.name} of ${place}.`, logging);
            }
            for (const encryption of companionsOf(stack, target, ENCRYPTION)) {
                eachObject(encryption.props.rules, (each) => {
                    const algorithm = text(object(each.applyServerSideEncryptionByDefault).sseAlgorithm);
                    if (algorithm !== undefined && algorithm !== "AES256") {
                        report(`writes to ${target.name}, which encrypts with "${algorithm}".`, logging);
                    }
                });
            }
        });
    },
});
