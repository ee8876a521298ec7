import { flag, number, resourceRule } from "../../framework";
import { passwordPolicyOf, USER_POOLS } from "../../framework/userPools";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly minLength: number;
    readonly maxTemporaryDays: number;
}

const CLASSES = ["requireLowercase", "requireNumbers", "requireSymbols", "requireUppercase"] as const;

export const rule = resourceRule<Config>({
    id: "cognito-password-policy",
    severity: "medium",
    description: "User pools ask for long passwords of all kinds of characters.",
    fix: "Set minimumLength and all of requireLowercase, requireNumbers, requireSymbols and requireUppercase in passwordPolicy, or leave it out.",
    frameworks: { controls: ["116"], securityHub: ["Cognito.3"] },
    types: USER_POOLS,
    config: {
        minLength: {
            type: "integer",
            minimum: 6,
            default: 8,
            description: "The least length of a password.",
        },
        maxTemporaryDays: {
            type: "integer",
            minimum: 1,
            default: 7,
            description: "For how many days at most a password holds that an administrator gave.",
        },
    },
    check: ({ type, props }, report, { minLength, maxTemporaryDays }) => {
        const given = passwordPolicyOf(type, props);
        const policy = given ?? {};
        // Without a policy Cognito's own holds: 8 characters of all kinds. One that is given replaces it as a whole.
        const isDefault = given === undefined;
        judge(
            () => {
                const length = number(policy.minimumLength) ?? (isDefault ? 8 : 0);
                if (length < minLength) {
                    report(
                        `lets short passwords in: passwordPolicy.minimumLength is ${length}, and ${minLength} is demanded.`,
                    );
                }
            },
            () => {
                const days = number(policy.temporaryPasswordValidityDays) ?? 7;
                if (days > maxTemporaryDays) {
                    report(
                        `lets temporary passwords hold for long: passwordPolicy.temporaryPasswordValidityDays is ${days}, and at most ${maxTemporaryDays} is allowed.`,
                    );
                }
            },
            ...CLASSES.map((property) => () => {
                if (!isDefault && flag(policy[property]) !== true) {
                    report(
                        `lets simple passwords in: passwordPolicy.${property} is ${shown(policy[property])}.`,
                    );
                }
            }),
        );
    },
});
