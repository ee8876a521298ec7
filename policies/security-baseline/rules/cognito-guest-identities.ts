import { flag, resourceRule } from "../../framework";

export const rule = resourceRule({
    id: "cognito-guest-identities",
    severity: "medium",
    description: "Identity pools give credentials to nobody who has not signed in.",
    fix: "Set allowUnauthenticatedIdentities to false.",
    frameworks: { controls: ["115"], securityHub: ["Cognito.2"], checkov: ["CKV_AWS_366"] },
    types: ["aws:cognito/identityPool:IdentityPool"],
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(props.allowUnauthenticatedIdentities) === true) {
            report("gives credentials to anybody: allowUnauthenticatedIdentities is true.");
        }
    },
});
