import { flag, resourceRule, text } from "../../framework";
import { judge, shown } from "../shared/judging";

export const rule = resourceRule({
    id: "cognito-client-secrecy",
    severity: "medium",
    description: "User pool clients do not tell who is a user, and their tokens can be revoked.",
    fix: 'Set preventUserExistenceErrors to "ENABLED", and leave enableTokenRevocation out or true.',
    frameworks: { controls: [] },
    types: ["aws:cognito/userPoolClient:UserPoolClient"],
    check: ({ props }, report) => {
        judge(
            () => {
                // The provider's default is LEGACY.
                if (text(props.preventUserExistenceErrors) !== "ENABLED") {
                    report(
                        `tells whether there is such a user: preventUserExistenceErrors is ${shown(props.preventUserExistenceErrors)}.`,
                    );
                }
            },
            () => {
                if (flag(props.enableTokenRevocation) === false) {
                    report("has tokens that nobody can revoke: enableTokenRevocation is false.");
                }
            },
        );
    },
});
