import {
    list,
    type Member,
    object,
    type StackView,
    stackRule,
    type Statement,
    statementsOf,
} from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { REST_API } from "../shared/apis";
import { typesOf } from "../shared/policyTypes";
import { judgePublic } from "../shared/resourcePolicies";

const TYPES = typesOf("apigateway-private-policy");

export const rule = stackRule({
    id: "apigateway-private-policy",
    severity: "high",
    description: "Policies of private APIs let in the VPC endpoints or VPCs alone that they name.",
    fix: "Add a condition on aws:SourceVpce or aws:SourceVpc to what the policy allows, or deny all but those.",
    frameworks: { controls: ["112"] },
    types: TYPES,
    checkStack: (stack, report) => {
        stack.each(stack.ofType(...TYPES), (member) => {
            if (!isInput(member, "policy") || !isPrivate(stack, member)) {
                return;
            }
            const { policy } = member.props;
            if (!(statementsOf(policy) ?? []).some(keepsOthersOut)) {
                judgePublic(policy, (reason) => {
                    report(reason, member);
                });
            }
        });
    },
});

/** Other APIs are called from anywhere, and ask for credentials by their methods. */
function isPrivate(stack: StackView, member: Member): boolean {
    const apis = member.type.endsWith(":RestApiPolicy")
        ? stack.referencesOf(member, "restApiId", REST_API)
        : [member];
    return apis.some((api) => {
        const { types } = object(inputOf(api, "endpointConfiguration"));
        return (Array.isArray(types) ? list(types) : [types]).includes("PRIVATE");
    });
}

/** Whether a statement denies whoever comes another way, as AWS's examples do beside one that allows everybody. */
function keepsOthersOut({ effect, conditions }: Statement): boolean {
    return (
        effect === "Deny" &&
        Object.entries(conditions).some(
            ([operator, keys]) =>
                /^String(?:NotEquals|NotLike)(?:IfExists)?$/.test(operator) &&
                Object.entries(keys).some(
                    ([key, values]) =>
                        /^aws:sourcevpce?$/i.test(key) && !values.some((value) => /[*?]/.test(value)),
                ),
        )
    );
}
