import { flag, object, resourceRule, text } from "../../framework";

export const rule = resourceRule({
    id: "elasticache-user-password",
    severity: "high",
    description: "Users of caches who may do something sign in with IAM or a password.",
    fix: 'Set authenticationMode.type to "iam" or "password", or let accessString begin with "off", as for the default user.',
    frameworks: { controls: [] },
    types: ["aws:elasticache/user:User"],
    check: ({ props }, report) => {
        const isOpen =
            flag(props.noPasswordRequired) === true ||
            text(object(props.authenticationMode).type) === "no-password-required";
        // A group needs a user named default; off, it may do nothing.
        if (isOpen && /^\s*on\b/i.test(text(props.accessString) ?? "")) {
            report("needs no password, and may do something: accessString is on.");
        }
    },
});
