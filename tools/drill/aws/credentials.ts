/**
 * How the drill signs in.
 *
 * The SDK asks the STS of the profile's `region` to assume a role, whichever region a call goes to. On the day that this
 * region is lost, no call of any region could be signed. So the STS of the region that is asked is used here.
 */
import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { getProfileName, loadSsoSessionData, parseKnownFiles } from "@smithy/core/config";
import { AwsCallError } from "../errors";
import { Caller, CALL_TIMEOUT_MILLISECONDS } from "./call";
import { type SignIn } from "./ports";

/** Credentials that are good until a moment, or for ever. */
export interface Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
    readonly expiration?: Date;
}

/** Gets credentials; the SDK hands over what it knows of the client. */
export type CredentialProvider = (properties?: Record<string, unknown>) => Promise<Credentials>;

// Each below the one around it, so that what did not answer is named, and not the call that was to be signed.
const SIGN_IN_MILLISECONDS = CALL_TIMEOUT_MILLISECONDS - 5000;
const ASSUME_ROLE_MILLISECONDS = SIGN_IN_MILLISECONDS - 5000;

/**
 * Credentials for calls of a region, from what the environment gives the SDK: keys, a profile, a role, a token, single
 * sign-on, the machine. A role is assumed through the region's own STS.
 *
 * @param settings What STS's client is made with beside the region.
 * @returns A provider; it throws AwsCallError that names STS, or what else gives the credentials, and not the service
 * whose call was to be signed.
 */
export function regionalCredentials(region: string, settings: object = {}): CredentialProvider {
    const sts = new Caller("STS", region);
    const options = { ...settings, region };
    const assume = getDefaultRoleAssumer(options);
    const assumeWithToken = getDefaultRoleAssumerWithWebIdentity(options);
    const chain = fromNodeProviderChain({
        roleAssumer: (source, request) =>
            sts.call("AssumeRole", () => assume(source, request), ASSUME_ROLE_MILLISECONDS),
        roleAssumerWithWebIdentity: (request) =>
            sts.call("AssumeRoleWithWebIdentity", () => assumeWithToken(request), ASSUME_ROLE_MILLISECONDS),
    });
    return async (properties) => {
        // In words of its own only when it fails: whence the credentials come is then worth reading the profile for.
        try {
            return await new Caller("Sign-in", region).call(
                "credentials",
                () => chain(properties as Parameters<typeof chain>[0]),
                SIGN_IN_MILLISECONDS,
            );
        } catch (error) {
            throw await named(error);
        }
    };
}

async function named(error: unknown): Promise<unknown> {
    if (!(error instanceof AwsCallError) || error.call.service !== "Sign-in") {
        return error;
    }
    const {
        identityCenterRegion,
        process: command,
        profile,
    } = await readSignIn().catch((): SignIn => ({ profile: "" }));
    if (identityCenterRegion === undefined) {
        const from = [
            ...(profile === "" ? [] : [`profile ${profile}`]),
            ...(command === undefined ? [] : [`credential_process ${command}`]),
        ];
        return from.length === 0 ? error : error.as(error.call, `; ${from.join(", ")}`);
    }
    return error.as({
        service: "IAM Identity Center",
        operation: "GetRoleCredentials",
        region: identityCenterRegion,
    });
}

/** What the environment says of how to sign in, without signing in. */
export async function readSignIn(): Promise<SignIn> {
    const profiles = await parseKnownFiles({});
    const name = getProfileName({});
    const isUsed = process.env["AWS_PROFILE"] !== undefined || process.env["AWS_ACCESS_KEY_ID"] === undefined;
    const profile = isUsed ? profiles[name] : undefined;
    // A role may be assumed by another one, and that by whoever signed in.
    const chain = new Set<NonNullable<typeof profile>>();
    for (let next = profile; next !== undefined && !chain.has(next);) {
        chain.add(next);
        next = profiles[next["source_profile"] ?? ""];
    }
    const sessions = await loadSsoSessionData({});
    const identityCenterRegion = [...chain]
        .map((one) => one["sso_region"] ?? sessions[one["sso_session"] ?? ""]?.["sso_region"])
        .find((region) => region !== undefined);
    const loginRegion = [...chain].find((one) => one["login_session"] !== undefined)?.["region"];
    const command = [...chain].map((one) => one["credential_process"]).find((text) => text !== undefined);
    const region = process.env["AWS_REGION"] ?? profiles[name]?.["region"];
    return {
        profile: profile === undefined ? "" : name,
        ...(region === undefined ? {} : { region }),
        ...(profile?.["role_arn"] === undefined ? {} : { role: profile["role_arn"] }),
        ...(identityCenterRegion === undefined ? {} : { identityCenterRegion }),
        ...(command === undefined ? {} : { process: command }),
        ...(loginRegion === undefined ? {} : { loginRegion }),
    };
}
