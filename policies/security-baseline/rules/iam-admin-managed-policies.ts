import { ifKnown, type Member, stackRule, text } from "../../framework";
import { isInput } from "../../framework/items";
import { ROLE } from "../shared/permissions";

interface Config {
    readonly policies: readonly string[];
}

/** What attaches managed policies, with the property that names one or a list of them. */
const TYPES: Readonly<Record<string, string>> = {
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
    "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
    [ROLE]: "managedPolicyArns",
};

export const rule = stackRule<Config>({
    id: "iam-admin-managed-policies",
    severity: "high",
    description: "AWS's managed policies for administrators are attached to nothing.",
    fix: "Attach a policy that names the actions and resources that the work takes.",
    frameworks: {
        controls: ["88"],
        cisV3: ["1.22"],
        cisV5: ["1.21"],
        checkov: ["CKV_AWS_274", "CKV2_AWS_56"],
    },
    types: Object.keys(TYPES),
    config: {
        policies: {
            type: "array",
            items: { type: "string" },
            default: ["AdministratorAccess", "IAMFullAccess", "AWSCloudShellFullAccess"],
            description: "Names of the managed policies of AWS's that nothing may have.",
        },
    },
    checkStack: (stack, report, { policies }) => {
        stack.each(stack.ofType(...Object.keys(TYPES)), (attachment) => {
            const property = TYPES[attachment.type] ?? "policyArn";
            for (const arn of knownOrForeign(attachment, property)) {
                const [, name] = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(text(arn) ?? "") ?? [];
                if (name !== undefined && policies.includes(name)) {
                    report(`attaches ${name} of AWS's: ${property} is ${JSON.stringify(arn)}.`, attachment);
                }
            }
        });
    },
});

/** The ARNs of a property, without unknown ones where the stack's own policies are behind it: those are not AWS's. */
function knownOrForeign(attachment: Member, property: string): readonly unknown[] {
    if (!isInput(attachment, property)) {
        return [];
    }
    const { props, propertyDependencies } = attachment;
    const sources = propertyDependencies[property] ?? [];
    const isOwn = sources.length > 0 && sources.every(({ type }) => type === "aws:iam/policy:Policy");
    const read = (from: () => unknown): unknown => (isOwn ? ifKnown(from) : from());
    const value = read(() => props[property]);
    return Array.isArray(value)
        ? Array.from({ length: value.length }, (_, index) => read(() => (value as unknown[])[index]))
        : [value];
}
