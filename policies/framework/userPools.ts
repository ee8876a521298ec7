/** User pools of Cognito, which @pulumi/aws and @pulumi/aws-native write differently. */
import { isGiven } from "./items";
import { flag, object, type Props, texts } from "./subject";

/** A pool of @pulumi/aws. */
export const USER_POOL = "aws:cognito/userPool:UserPool";
/** A pool of @pulumi/aws-native, which alone can be replicated. */
export const NATIVE_USER_POOL = "aws-native:cognito:UserPool";
export const USER_POOLS: readonly string[] = [USER_POOL, NATIVE_USER_POOL];

/** Identity-provider principal of all identity pools. */
export const IDENTITY_PRINCIPAL = "cognito-identity.amazonaws.com";

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
