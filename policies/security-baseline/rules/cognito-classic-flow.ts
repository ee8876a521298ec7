import { flag, resourceRule } from "../../framework";

export const rule = resourceRule({
    id: "cognito-classic-flow",
    severity: "medium",
    description: "Identity pools choose the role themselves: users cannot ask for any that trusts the pool.",
    fix: "Set allowClassicFlow to false, or leave it out.",
    frameworks: { controls: [] },
    types: ["aws:cognito/identityPool:IdentityPool"],
    check: ({ props }, report) => {
        // The provider's default is false.
        if (flag(props.allowClassicFlow) === true) {
            report("lets users choose among the roles that trust it: allowClassicFlow is true.");
        }
    },
});
