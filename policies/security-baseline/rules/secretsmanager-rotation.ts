import { type Member, number, object, stackRule, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { longestGap } from "../../framework/schedule";
import { tagOf } from "../../framework/tags";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

interface Config {
    readonly maxDays: number;
    readonly exemptTags: Readonly<Record<string, string>>;
}

export const rule = stackRule<Config>({
    id: "secretsmanager-rotation",
    severity: "high",
    description: "Secrets are replaced at least every 90 days.",
    fix: "Add an aws.secretsmanager.SecretRotation for the secret, with automaticallyAfterDays of at most 90.",
    frameworks: {
        controls: ["96"],
        securityHub: ["SecretsManager.1", "SecretsManager.4"],
        checkov: ["CKV2_AWS_57", "CKV_AWS_304"],
    },
    // Replicas are no resources of their own, and follow the secret.
    types: [SECRET],
    config: {
        maxDays: {
            type: "integer",
            minimum: 1,
            default: 90,
            description: "After how many days a secret must have been replaced.",
        },
        exemptTags: {
            type: "object",
            additionalProperties: { type: "string" },
            default: {},
            description: "Tags with their values, any of which says that something else replaces the secret.",
        },
    },
    checkStack: (stack, report, { maxDays, exemptTags }) => {
        stack.each(stack.ofType(SECRET), (secret) => {
            if (Object.entries(exemptTags).some(([tag, value]) => tagOf(secret, tag) === value)) {
                return;
            }
            const rotations = stack.referrersOf(secret, ROTATION, "secretId");
            if (rotations.length === 0) {
                report("is never replaced: it has no aws.secretsmanager.SecretRotation.", secret);
                return;
            }
            const inTime = rotations.map((rotation) => () => (daysBetween(rotation) ?? Infinity) <= maxDays);
            if (!anyOf(inTime)) {
                report(`is replaced too seldom: ${rotations.map(ruleOf).join(", ")}.`, secret);
            }
        });
    },
});

/** The longest time between two rotations; undefined where the schedule is not understood. */
function daysBetween({ props }: Member): number | undefined {
    const { automaticallyAfterDays, scheduleExpression } = object(props.rotationRules);
    const hours = longestGap(text(scheduleExpression) ?? "");
    return number(automaticallyAfterDays) ?? (hours === undefined ? undefined : hours / 24);
}

function ruleOf({ props }: Member): string {
    const { automaticallyAfterDays, scheduleExpression } = object(props.rotationRules);
    const days = number(automaticallyAfterDays);
    return days === undefined
        ? `scheduleExpression is ${JSON.stringify(text(scheduleExpression) ?? "")}`
        : `automaticallyAfterDays is ${days}`;
}
