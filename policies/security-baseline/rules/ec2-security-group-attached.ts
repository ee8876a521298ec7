import { type Member, stackRule } from "../../framework";
import { EGRESS_RULE, GROUP, INGRESS_RULE, LEGACY_RULE } from "../shared/securityGroups";

/** What speaks of groups, and wears none. */
const SPEAKING: ReadonlySet<string> = new Set([GROUP, INGRESS_RULE, EGRESS_RULE, LEGACY_RULE]);

export const rule = stackRule({
    id: "ec2-security-group-attached",
    severity: "low",
    level: "advisory",
    description: "Each security group is worn by something.",
    fix: "Give the group to the resource that it is for, or delete it.",
    frameworks: { controls: ["12"], checkov: ["CKV2_AWS_5"] },
    types: [GROUP],
    checkStack: (stack, report) => {
        // Rules speak of groups without wearing them. A component that takes a group counts: what it makes of it
        // may be in another stack.
        const worn = new Set<Member>();
        for (const member of stack.resources) {
            if (!SPEAKING.has(member.type)) {
                for (const sources of Object.values(member.propertyDependencies)) {
                    sources.forEach((source) => worn.add(source));
                }
            }
        }
        stack.each(stack.ofType(GROUP), (group) => {
            if (!worn.has(group)) {
                report("is worn by nothing.", group);
            }
        });
    },
});
