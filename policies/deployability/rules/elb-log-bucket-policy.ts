import { type Member, stackRule, type StackView, type Statement, statementsOf } from "../../framework";
import { isInput } from "../../framework/items";
import { matchesAny } from "../../framework/patterns";
import { kindOf, logTargets } from "../shared/balancers";
import { companionsOf } from "../shared/buckets";
import { BALANCERS } from "../shared/types";

const SERVICES: Readonly<Record<string, string>> = {
    application: "logdelivery.elasticloadbalancing.amazonaws.com",
    network: "delivery.logs.amazonaws.com",
};

/** Accounts in which load balancers of regions that are older than the service principal run. */
const LEGACY_ACCOUNTS = [
    ...["127311923021", "033677994240", "027434742980", "797873946194"],
    ...["156460612806", "652711504416", "009996457667", "054676820928", "897822967062"],
    ...["985666609251", "635631232127", "507241528517"],
    ...["582318560864", "600734575887", "383597477331", "114774131450", "783225319266", "718504428378"],
];

export const rule = stackRule({
    id: "elb-log-bucket-policy",
    severity: "high",
    description: "The bucket for a load balancer's logs lets the service that delivers them write.",
    fix: "Allow s3:PutObject to logdelivery.elasticloadbalancing.amazonaws.com, or to delivery.logs.amazonaws.com for network load balancers, in the bucket's policy.",
    frameworks: { controls: ["C13"] },
    types: BALANCERS,
    checkStack: (stack, report) => {
        for (const { balancer, property, bucket } of logTargets(stack)) {
            stack.each([balancer], () => {
                const service = SERVICES[kindOf(balancer.props)];
                if (service === undefined) {
                    return;
                }
                const documents = policiesOf(stack, bucket).map((policy) => policy());
                // What is not a policy document is another rule's.
                const statements = documents.flatMap((document) => statementsOf(document) ?? []);
                if (!statements.some((statement) => letsIn(statement, service))) {
                    report(
                        `has ${property} in ${bucket.name}, whose policy does not let ${service} write.`,
                        balancer,
                    );
                }
            });
        }
    },
});

function policiesOf(stack: StackView, bucket: Member): readonly (() => unknown)[] {
    const own = isInput(bucket, "policy") ? [() => bucket.props.policy] : [];
    return [
        ...own,
        ...companionsOf(stack, bucket, "BucketPolicy").map((policy) => () => policy.props.policy),
    ];
}

function letsIn({ effect, actions, principals }: Statement, service: string): boolean {
    const isAddressed =
        principals.Service?.includes(service) === true ||
        principals.AWS?.some((name) => LEGACY_ACCOUNTS.some((account) => name.includes(account))) === true;
    return effect === "Allow" && isAddressed && matchesAny(actions, "s3:PutObject");
}
