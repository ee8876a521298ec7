import { type Member, object, stackRule, type StackView, text } from "../../framework";
import { anyOf } from "../../framework/items";
import { EVERY_METHOD, protocolOf, REST_STAGE, settingsOf, STAGE } from "../shared/apis";

interface Config {
    readonly levels: readonly string[];
}

export const rule = stackRule<Config>({
    id: "apigateway-execution-logging",
    severity: "medium",
    level: "advisory",
    description: "REST and WebSocket APIs log how they handle requests.",
    fix: 'Add an aws.apigateway.MethodSettings with methodPath "*/*" and loggingLevel "ERROR" for the REST stage, or set defaultRouteSettings.loggingLevel of the WebSocket stage.',
    frameworks: { controls: ["105"], securityHub: ["APIGateway.1"], checkov: ["CKV2_AWS_4"] },
    types: [REST_STAGE, STAGE],
    config: {
        levels: {
            type: "array",
            items: { type: "string" },
            default: ["ERROR", "INFO"],
            description: "The levels that will do.",
        },
    },
    checkStack: (stack, report, { levels }) => {
        stack.each(stack.ofType(REST_STAGE, STAGE), (stage) => {
            const logs = loggersOf(stack, stage);
            if (logs !== undefined && !anyOf(logs.map((read) => () => levels.includes(read())))) {
                report("does not log how it handles requests: its loggingLevel is off.", stage);
            }
        });
    },
});

/** What reads the levels that hold for the whole stage; undefined for HTTP APIs, which have access logs alone. */
function loggersOf(stack: StackView, stage: Member): readonly (() => string)[] | undefined {
    if (stage.type === REST_STAGE) {
        return settingsOf(stack, stage).map(
            ({ props }) =>
                () =>
                    text(props.methodPath) === EVERY_METHOD
                        ? (text(object(props.settings).loggingLevel) ?? "OFF")
                        : "OFF",
        );
    }
    return protocolOf(stack, stage) === "WEBSOCKET"
        ? [() => text(object(stage.props.defaultRouteSettings).loggingLevel) ?? "OFF"]
        : undefined;
}
