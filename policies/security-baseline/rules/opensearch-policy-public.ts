import { flag, list, type Member, object, stackRule } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { DOMAIN_TYPES } from "../shared/domains";
import { typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

const TYPES = typesOf("opensearch-policy-public");

export const rule = stackRule({
    id: "opensearch-policy-public",
    severity: "critical",
    description:
        "Access policies of OpenSearch domains let nobody in whom they do not name, unless a VPC or the domain's own users keep others out.",
    fix: "Name the roles that need the domain, put it into a VPC, or turn advancedSecurityOptions on.",
    frameworks: { controls: ["151"] },
    types: TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...TYPES), (member) => {
            if (!isInput(member, "accessPolicies")) {
                return;
            }
            const isDomain = (DOMAIN_TYPES as readonly string[]).includes(member.type);
            const [domain] = isDomain ? [member] : stack.referencesOf(member, "domainName", ...DOMAIN_TYPES);
            judgePublic(member.props.accessPolicies, (reason) => {
                if (domain === undefined || !isKept(domain)) {
                    report(reason, member);
                }
            });
        });
    },
});

/** Whether something else than the policy says who may use the domain: its network, or its own users and roles. */
function isKept(domain: Member): boolean {
    return (
        (isInput(domain, "vpcOptions") && list(object(domain.props.vpcOptions).subnetIds).length > 0) ||
        flag(object(inputOf(domain, "advancedSecurityOptions")).enabled) === true
    );
}
