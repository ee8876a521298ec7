import { stackRule } from "../../framework";
import { logTargets } from "../shared/balancers";
import { companionsOf } from "../shared/buckets";
import { BALANCERS } from "../shared/types";
import { waitsFor } from "../shared/waiting";

export const rule = stackRule({
    id: "elb-log-bucket-order",
    severity: "high",
    description:
        "Load balancers that write logs are made after the policy of the bucket, because AWS tries to write at once.",
    fix: "Add the bucket's policy to the load balancer's dependsOn.",
    frameworks: { controls: ["C13"] },
    types: BALANCERS,
    checkStack: (stack, report) => {
        for (const { balancer, property, bucket } of logTargets(stack)) {
            const policies = companionsOf(stack, bucket, "BucketPolicy");
            if (policies.length > 0 && !waitsFor(balancer, policies)) {
                report(`has ${property} in ${bucket.name} and does not wait for its policy.`, balancer);
            }
        }
    },
});
