import { ifKnown, stackRule, text } from "../../framework";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { TOPIC } from "../shared/types";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

export const rule = stackRule({
    id: "sns-subscription-region",
    severity: "high",
    description: "Subscriptions, and policies of topics, are made in the topic's region.",
    fix: "Set the resource's region to the topic's.",
    frameworks: { controls: ["F16.5"] },
    types: [SUBSCRIPTION, "aws:sns/topicPolicy:TopicPolicy"],
    checkStack: (stack, report) => {
        for (const [type, property] of [
            [SUBSCRIPTION, "topic"],
            ["aws:sns/topicPolicy:TopicPolicy", "arn"],
        ] as const) {
            stack.each(stack.ofType(type), (user) => {
                const own = placeOf(user);
                const [topic] = stack.referencesOf(user, property, TOPIC);
                const known = arnOf(ifKnown(() => text(user.props[property])))?.region;
                const place = known ?? (topic === undefined ? undefined : placeOf(topic));
                if (place === undefined && topic === undefined) {
                    text(user.props[property]);
                }
                if (own !== undefined && place !== undefined && own !== place) {
                    report(`is in ${own}, and its topic is in ${place}.`, user);
                }
            });
        }
    },
});
