import { resourceRule } from "../../framework";

const KINDS: Readonly<Record<string, string>> = {
    "aws:iam/accessKey:AccessKey": "is an access key, which does not expire",
    "aws:iam/user:User": "is a user, whose credentials do not expire",
    "aws:iam/userLoginProfile:UserLoginProfile": "is a password for the console",
};

export const rule = resourceRule({
    id: "iam-users",
    severity: "medium",
    description: "Stacks make no IAM users and no access keys.",
    fix: "Let people in through IAM Identity Center, and machines by roles.",
    frameworks: {
        controls: ["87"],
        securityHub: ["IAM.3"],
        cisV3: ["1.11", "1.13", "1.14", "1.21"],
        cisV5: ["1.10", "1.12", "1.13", "1.20"],
        checkov: ["CKV_AWS_273"],
    },
    types: Object.keys(KINDS),
    check: ({ type }, report) => {
        report(`${KINDS[type] ?? "is a user"}.`);
    },
});
