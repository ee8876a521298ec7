import { stackRule } from "../../framework";
import { placeOf } from "../../framework/places";
import { logTargets } from "../shared/balancers";
import { BALANCERS } from "../shared/types";

export const rule = stackRule({
    id: "elb-log-bucket-region",
    severity: "high",
    description: "Load balancers write logs to buckets of their own region.",
    fix: "Name a bucket of the load balancer's region.",
    frameworks: { controls: ["C13"] },
    types: BALANCERS,
    checkStack: (stack, report) => {
        for (const { balancer, property, bucket } of logTargets(stack)) {
            stack.each([balancer], () => {
                const own = placeOf(balancer);
                const place = placeOf(bucket);
                if (own !== undefined && place !== undefined && own !== place) {
                    report(`is in ${own} and has ${property} in ${bucket.name} of ${place}.`, balancer);
                }
            });
        }
    },
});
