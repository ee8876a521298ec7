import { type Member, number, object, stackRule, type StackView, text } from "../../framework";
import { anyOf, inputOf } from "../../framework/items";
import { EVERY_METHOD, REST_STAGE, settingsOf, STAGE } from "../shared/apis";

export const rule = stackRule({
    id: "apigateway-throttling",
    severity: "medium",
    description: "Stages of APIs limit how many requests they take, so that one cannot use up the account's.",
    fix: 'Set throttlingRateLimit and throttlingBurstLimit: of an aws.apigateway.MethodSettings with methodPath "*/*" for a REST stage, of defaultRouteSettings for others.',
    frameworks: { controls: [] },
    types: [REST_STAGE, STAGE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REST_STAGE, STAGE), (stage) => {
            if (!anyOf(limitsOf(stack, stage).map((read) => () => isLimit(read())))) {
                report("takes as many requests as the account may: it has no limit of its own.", stage);
            }
        });
    },
});

/** What reads the rates that hold for a whole stage. */
function limitsOf(stack: StackView, stage: Member): readonly (() => unknown)[] {
    if (stage.type === STAGE) {
        return [() => object(inputOf(stage, "defaultRouteSettings")).throttlingRateLimit];
    }
    return settingsOf(stack, stage).map((settings) => () => {
        const { methodPath } = settings.props;
        return text(methodPath) === EVERY_METHOD
            ? object(inputOf(settings, "settings")).throttlingRateLimit
            : undefined;
    });
}

/** The provider's default is -1, which is none. */
function isLimit(rate: unknown): boolean {
    return (number(rate) ?? -1) >= 0;
}
