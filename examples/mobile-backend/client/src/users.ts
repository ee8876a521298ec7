/** Registration and sign-in by Cognito's API. */
import {
    AssociateSoftwareTokenCommand,
    type AuthenticationResultType,
    CognitoIdentityProviderClient,
    ConfirmSignUpCommand,
    InitiateAuthCommand,
    ResendConfirmationCodeCommand,
    RespondToAuthChallengeCommand,
    RevokeTokenCommand,
    SetUserMFAPreferenceCommand,
    SignUpCommand,
    VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { type Config } from "./config";
import { beginSrp } from "./srp";

/** A user who has signed in. Kept in memory alone: who opens the page anew signs in anew. */
export interface Session {
    readonly email: string;
    readonly idToken: string;
    readonly accessToken: string;
    readonly refreshToken?: string;
}

/** What is next in a sign-in: it is done, a code is asked for, or an authenticator app has to be set up. */
export type Step =
    | { readonly kind: "done"; readonly session: Session }
    | { readonly kind: "code"; answer(code: string): Promise<Step> }
    | { readonly kind: "set-up"; readonly secret: string; answer(code: string): Promise<Step> };

/** The directory, as the page uses it. */
export interface Users {
    register(email: string, password: string): Promise<void>;
    confirm(email: string, code: string): Promise<void>;
    sendCodeAgain(email: string): Promise<void>;
    signIn(email: string, password: string): Promise<Step>;
    /** Begins to set up an authenticator app for a user who has signed in. */
    beginSecondFactor(session: Session): Promise<{ secret: string; confirm(code: string): Promise<void> }>;
    signOut(session: Session): Promise<void>;
}

/** What Cognito answers a sign-in with. */
interface Answer {
    readonly AuthenticationResult?: AuthenticationResultType | undefined;
    readonly ChallengeName?: string | undefined;
    readonly ChallengeParameters?: Record<string, string> | undefined;
    readonly Session?: string | undefined;
}

/** The directory of a backend. */
export function usersOf({ region, userPoolId, clientId: ClientId, endpoint }: Config): Users {
    const client = new CognitoIdentityProviderClient({
        region,
        ...(endpoint === undefined ? {} : { endpoint }),
        // None of these calls is signed: who asks has no credentials yet.
        credentials: { accessKeyId: "none", secretAccessKey: "none" },
    });

    async function respond(
        email: string,
        name: "MFA_SETUP" | "SOFTWARE_TOKEN_MFA",
        before: Answer,
        responses: Record<string, string>,
    ) {
        const answer = await client.send(
            new RespondToAuthChallengeCommand({
                ClientId,
                ChallengeName: name,
                Session: before.Session,
                ChallengeResponses: {
                    USERNAME: before.ChallengeParameters?.["USER_ID_FOR_SRP"] ?? email,
                    ...responses,
                },
            }),
        );
        return next(email, answer);
    }

    async function next(email: string, answer: Answer): Promise<Step> {
        const { AuthenticationResult: result, ChallengeName: challenge } = answer;
        if (result?.IdToken !== undefined && result.AccessToken !== undefined) {
            return {
                kind: "done",
                session: {
                    email,
                    idToken: result.IdToken,
                    accessToken: result.AccessToken,
                    ...(result.RefreshToken === undefined ? {} : { refreshToken: result.RefreshToken }),
                },
            };
        }
        if (challenge === "SOFTWARE_TOKEN_MFA") {
            return {
                kind: "code",
                answer: (code) => respond(email, challenge, answer, { SOFTWARE_TOKEN_MFA_CODE: code }),
            };
        }
        if (challenge === "MFA_SETUP") {
            const { SecretCode, Session } = await client.send(
                new AssociateSoftwareTokenCommand({ Session: answer.Session }),
            );
            return {
                kind: "set-up",
                secret: SecretCode ?? "",
                answer: async (UserCode) => {
                    const verified = await client.send(new VerifySoftwareTokenCommand({ Session, UserCode }));
                    return respond(email, challenge, { ...answer, Session: verified.Session }, {});
                },
            };
        }
        throw new Error(`This page does not know the challenge ${challenge ?? "that Cognito asked"}`);
    }

    return {
        register: async (email, Password) => {
            await client.send(
                new SignUpCommand({
                    ClientId,
                    Username: email,
                    Password,
                    UserAttributes: [{ Name: "email", Value: email }],
                }),
            );
        },
        confirm: async (Username, ConfirmationCode) => {
            await client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
        },
        sendCodeAgain: async (Username) => {
            await client.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
        },
        signIn: async (email, password) => {
            const srp = beginSrp(userPoolId);
            const {
                ChallengeName,
                ChallengeParameters: asked = {},
                Session,
            } = await client.send(
                new InitiateAuthCommand({
                    AuthFlow: "USER_SRP_AUTH",
                    ClientId,
                    AuthParameters: { USERNAME: email, SRP_A: srp.srpA },
                }),
            );
            if (ChallengeName !== "PASSWORD_VERIFIER") {
                throw new Error(
                    `This page does not know the challenge ${ChallengeName ?? "that Cognito asked"}`,
                );
            }
            const {
                USER_ID_FOR_SRP: userId = "",
                SRP_B: srpB = "",
                SALT: salt = "",
                SECRET_BLOCK: secretBlock = "",
            } = asked;
            const { signature, timestamp } = await srp.answer(password, { userId, srpB, salt, secretBlock });
            const answer = await client.send(
                new RespondToAuthChallengeCommand({
                    ClientId,
                    ChallengeName,
                    Session,
                    ChallengeResponses: {
                        USERNAME: asked["USERNAME"] ?? userId,
                        PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
                        PASSWORD_CLAIM_SIGNATURE: signature,
                        TIMESTAMP: timestamp,
                    },
                }),
            );
            return next(email, answer);
        },
        beginSecondFactor: async ({ accessToken: AccessToken }) => {
            const { SecretCode = "" } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
            return {
                secret: SecretCode,
                confirm: async (UserCode) => {
                    const { Status } = await client.send(
                        new VerifySoftwareTokenCommand({ AccessToken, UserCode }),
                    );
                    if (Status !== "SUCCESS") {
                        throw new Error("The code is not right");
                    }
                    await client.send(
                        new SetUserMFAPreferenceCommand({
                            AccessToken,
                            SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
                        }),
                    );
                },
            };
        },
        signOut: async ({ refreshToken: Token }) => {
            if (Token !== undefined) {
                await client.send(new RevokeTokenCommand({ ClientId, Token }));
            }
        },
    };
}
