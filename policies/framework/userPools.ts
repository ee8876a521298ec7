/** User pools of Cognito, which @pulumi/aws and @pulumi/aws-native write differently. */
import { isGiven } from "./items";
import { type Member, type StackView } from "./stackView";
import { flag, number, object, type Props, texts } from "./subject";
import { ifKnown } from "./unknowns";

/** A pool of @pulumi/aws. */
const USER_POOL = "aws:cognito/userPool:UserPool";
/** A pool of @pulumi/aws-native, which alone can be replicated. */
export const NATIVE_USER_POOL = "aws-native:cognito:UserPool";
export const USER_POOLS: readonly string[] = [USER_POOL, NATIVE_USER_POOL];

/** Where a pool says something that the two write in different places. */
function partOf(type: string, props: Props, part: "passwordPolicy" | "signInPolicy"): unknown {
    return type === NATIVE_USER_POOL ? object(props.policies)[part] : props[part];
}

/** What passwords must be like; undefined where Cognito's own policy holds. */
export function passwordPolicyOf(type: string, props: Props): Props | undefined {
    const policy = partOf(type, props, "passwordPolicy");
    return policy === undefined ? undefined : object(policy);
}

/** What users may sign in with first. */
export function firstFactorsOf(type: string, props: Props): readonly string[] {
    return texts(object(partOf(type, props, "signInPolicy")).allowedFirstAuthFactors);
}

const OTHER_FACTORS = ["smsConfiguration", "emailMfaConfiguration", "webAuthnConfiguration"];

/** Whether there is a second factor. */
export function hasSecondFactor(type: string, props: Props): boolean {
    return type === NATIVE_USER_POOL
        ? texts(props.enabledMfas).length > 0
        : OTHER_FACTORS.some((property) => isGiven(props, property)) ||
              flag(object(props.softwareTokenMfaConfiguration).enabled) === true;
}

const DOMAINS = ["aws:cognito/userPoolDomain:UserPoolDomain", "aws-native:cognito:UserPoolDomain"];

/** The domains on which a pool's users sign in on managed login's pages, and not on the older ones. */
export function managedLoginsOf(stack: StackView, pool: Member): readonly Member[] {
    return DOMAINS.flatMap((type) => stack.referrersOf(pool, type, "userPoolId")).filter(
        ({ props }) => ifKnown(() => number(props.managedLoginVersion)) === 2,
    );
}
