import { check, checkEach, checkRange, type RuleContext } from "./rule";

/** Amazon API Gateway takes ten user pools for one authorizer, of which one is the region's own. */
const OTHER_POOLS_MAX = 9;

/** What clients call past the tiers, and whose users may. */
export function eventsRules(context: RuleContext): void {
    const { problems, values } = context;
    checkRange(context, "eventsConcurrency", 1, 1000);
    const account = values.accountId ?? "<accountId>";
    checkEach(
        context,
        "eventsUserPoolArns",
        (arn) => {
            const parts =
                /^arn:aws:cognito-idp:([a-z0-9-]+):([^:]*):userpool\/([a-z0-9-]+)_[A-Za-z0-9]+$/.exec(arn);
            return parts !== null && parts[1] === parts[3] && parts[2] === account;
        },
        `arn:aws:cognito-idp:<region>:${account}:userpool/<region>_<id>`,
    );
    check(
        context,
        "eventsUserPoolArns",
        (arns) => arns.length <= OTHER_POOLS_MAX,
        `${OTHER_POOLS_MAX} at most, because API Gateway takes ten user pools`,
    );
    check(
        context,
        "eventsUserPoolArns",
        (arns) => arns.length === 0 || (values.eventsApi === true && values.userDirectory === true),
        `nothing unless ${problems.fileKey("eventsApi")} and ${problems.fileKey("userDirectory")} are true`,
    );
}
