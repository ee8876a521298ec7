import { type Member, type StackView, text } from "../../framework";

export const REST_API = "aws:apigateway/restApi:RestApi";
export const REST_STAGE = "aws:apigateway/stage:Stage";
export const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
/** HTTP and WebSocket APIs. */
export const API = "aws:apigatewayv2/api:Api";
export const STAGE = "aws:apigatewayv2/stage:Stage";

/** The protocol of the HTTP or WebSocket API that a part of it belongs to; undefined for one of another stack. */
export function protocolOf(stack: StackView, part: Member): string | undefined {
    const [api] = stack.referencesOf(part, "apiId", API);
    return api === undefined ? undefined : text(api.props.protocolType);
}

/** What settings are of that hold for all methods. */
export const EVERY_METHOD = "*/*";

/** The method settings of a REST API, of whichever stage. */
export function settingsOfApi(stack: StackView, api: Member): readonly Member[] {
    return stack.referrersOf(api, METHOD_SETTINGS, "restApi");
}

/**
 * The method settings of a REST stage.
 *
 * @throws The error about an unknown value, where the API has settings and it is not known of which stage.
 */
export function settingsOf(stack: StackView, stage: Member): readonly Member[] {
    const [api] = stack.referencesOf(stage, "restApi", REST_API);
    if (api === undefined) {
        // Of another stack.
        return stack.referrersOf(stage, METHOD_SETTINGS, "stageName");
    }
    return settingsOfApi(stack, api).filter((settings) => {
        const sources = settings.propertyDependencies.stageName ?? [];
        return (
            sources.some(({ urn }) => urn === stage.urn) ||
            text(settings.props.stageName) === text(stage.props.stageName)
        );
    });
}
