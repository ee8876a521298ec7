import { list, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
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

export const rule = resourceRule<Config>({
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
    check: ({ type, props }, report, { policies }) => {
        const property = TYPES[type] ?? "policyArn";
        const value = props[property];
        eachKnown(Array.isArray(value) ? list(value) : [value], (arn) => {
            const [, name] = /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(text(arn) ?? "") ?? [];
            if (name !== undefined && policies.includes(name)) {
                report(`attaches ${name} of AWS's: ${property} is ${JSON.stringify(arn)}.`);
            }
        });
    },
});
