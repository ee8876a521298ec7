import { list, resourceRule } from "../../framework";

const ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";

/** Resources that give rights to a user; the value is the list that must have something in it for that. */
const TYPES: Readonly<Record<string, string | undefined>> = {
    "aws:iam/userPolicy:UserPolicy": undefined,
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": undefined,
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": "policyNames",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
    [ATTACHMENT]: "users",
};

export const rule = resourceRule({
    id: "iam-user-policies",
    severity: "medium",
    description: "Users get their rights from groups or roles, and not from policies of their own.",
    fix: "Give the policy to a group or a role.",
    frameworks: {
        controls: ["86"],
        securityHub: ["IAM.2"],
        cisV3: ["1.15"],
        cisV5: ["1.14"],
        checkov: ["CKV_AWS_40"],
    },
    types: Object.keys(TYPES),
    check: ({ type, props }, report) => {
        const property = TYPES[type];
        if (property === undefined) {
            report("gives a policy to a user.");
        } else if (list(props[property]).length > 0) {
            report(`gives a policy to a user: ${property} is not empty.`);
        }
    },
});
