import { flag, type Member, number, stackRule } from "../../framework";
import { ACCOUNT_CONFIG, type AccountConfig, isHome, PASSWORD_POLICY } from "../shared/baseline";
import { computedOr, judge } from "../shared/judging";

const LOGIN = "aws:iam/userLoginProfile:UserLoginProfile";

interface Config extends AccountConfig {
    readonly minLength: number;
    readonly reusePrevention: number;
    readonly maxAgeDays: number;
}

const CLASSES = [
    "requireLowercaseCharacters",
    "requireNumbers",
    "requireSymbols",
    "requireUppercaseCharacters",
] as const;

export const rule = stackRule<Config>({
    id: "iam-password-policy",
    severity: "medium",
    description:
        "An account's password policy asks for long passwords of all kinds of characters, none of them old.",
    fix: "Add an aws.iam.AccountPasswordPolicy to the stack that looks after the account, or set the property as demanded.",
    frameworks: {
        controls: ["91"],
        securityHub: ["IAM.7", "IAM.15"],
        cisV3: ["1.8", "1.9"],
        cisV5: ["1.7", "1.8"],
        checkov: [
            "CKV_AWS_9",
            "CKV_AWS_10",
            "CKV_AWS_11",
            "CKV_AWS_12",
            "CKV_AWS_13",
            "CKV_AWS_14",
            "CKV_AWS_15",
        ],
    },
    config: {
        ...ACCOUNT_CONFIG,
        minLength: {
            type: "integer",
            minimum: 6,
            default: 14,
            description: "The least length of a password.",
        },
        reusePrevention: {
            type: "integer",
            minimum: 0,
            default: 24,
            description: "How many earlier passwords a user must not take again.",
        },
        maxAgeDays: {
            type: "integer",
            minimum: 0,
            default: 90,
            description: "After how many days at most a password ends. 0: it need not.",
        },
    },
    checkStack: (stack, report, config) => {
        const policies = stack.ofType(PASSWORD_POLICY);
        const isNeeded = stack.ofType(LOGIN).length > 0 || isHome(stack, config, PASSWORD_POLICY);
        if (policies.length === 0 && isNeeded && !config.managedElsewhere) {
            report("looks after its account, and leaves AWS's default password policy in place.");
        }
        stack.each(policies, (policy) => {
            judgePolicy(policy, config, (reason) => {
                report(reason, policy);
            });
        });
    },
});

function judgePolicy(policy: Member, config: Config, report: (reason: string) => void): void {
    const numberOf = (property: string, fallback: number): number =>
        number(computedOr(policy, property, fallback)) ?? fallback;
    judge(
        () => {
            // AWS's default.
            const length = numberOf("minimumPasswordLength", 6);
            if (length < config.minLength) {
                report(
                    `lets short passwords in: minimumPasswordLength is ${length}, and ${config.minLength} is demanded.`,
                );
            }
        },
        () => {
            const remembered = numberOf("passwordReusePrevention", 0);
            if (remembered < config.reusePrevention) {
                report(
                    `lets old passwords in: passwordReusePrevention is ${remembered}, and ${config.reusePrevention} is demanded.`,
                );
            }
        },
        () => {
            // 0, the default, is for ever.
            const age = numberOf("maxPasswordAge", 0);
            if (config.maxAgeDays > 0 && (age === 0 || age > config.maxAgeDays)) {
                report(
                    `lets passwords grow old: maxPasswordAge is ${age}, and at most ${config.maxAgeDays} days are allowed.`,
                );
            }
        },
        ...CLASSES.map((property) => () => {
            if (flag(computedOr(policy, property, false)) !== true) {
                report(`lets simple passwords in: ${property} is false.`);
            }
        }),
    );
}
