import { object, stackRule, text } from "../../framework";
import { eachObject } from "../../framework/items";
import { kindOf, logTargets } from "../shared/balancers";
import { companionsOf } from "../shared/buckets";
import { BALANCERS } from "../shared/types";

const KIND = "BucketServerSideEncryptionConfiguration";

export const rule = stackRule({
    id: "elb-log-bucket-encryption",
    severity: "high",
    description: "Application load balancers write logs to buckets that encrypt with S3's own keys.",
    fix: 'Set sseAlgorithm "AES256" on the bucket, or name another bucket for the logs.',
    frameworks: { controls: ["C13"] },
    types: BALANCERS,
    checkStack: (stack, report) => {
        for (const { balancer, property, bucket } of logTargets(stack)) {
            stack.each(companionsOf(stack, bucket, KIND), (encryption) => {
                // Network load balancers can be given the use of a key.
                if (kindOf(balancer.props) !== "application") {
                    return;
                }
                eachObject(encryption.props.rules, (each) => {
                    const algorithm = text(object(each.applyServerSideEncryptionByDefault).sseAlgorithm);
                    if (algorithm !== undefined && algorithm !== "AES256") {
                        report(
                            `has ${property} in ${bucket.name}, which encrypts with "${algorithm}"; allowed: AES256.`,
                            balancer,
                        );
                    }
                });
            });
        }
    },
});
