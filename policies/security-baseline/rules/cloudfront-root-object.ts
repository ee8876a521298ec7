import { object, objects, type Props, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";

interface Config {
    readonly servers: boolean;
}

export const rule = resourceRule<Config>({
    id: "cloudfront-root-object",
    severity: "high",
    level: "advisory",
    description:
        "Distributions answer requests for their root with a page, and never with a listing of the origin.",
    fix: 'Set defaultRootObject, to "index.html" for example.',
    frameworks: { controls: ["67"], securityHub: ["CloudFront.1"], checkov: ["CKV_AWS_305"] },
    types: [DISTRIBUTION],
    config: {
        servers: {
            type: "boolean",
            default: true,
            description:
                "Whether distributions need one, too, whose root a server answers: it has a page of its own there, and no listing.",
        },
    },
    check: ({ props }, report, { servers }) => {
        if ((text(props.defaultRootObject) ?? "") === "" && (servers || !isAnsweredByServer(props))) {
            report("has no defaultRootObject.");
        }
    },
});

/** Whether what answers for the root is a server, or a group of servers, and no bucket. */
function isAnsweredByServer({ defaultCacheBehavior, origins, originGroups }: Props): boolean {
    const target = text(object(defaultCacheBehavior).targetOriginId);
    const group = objects(originGroups).find(({ originId }) => text(originId) === target);
    const targets =
        group === undefined ? [target] : objects(group.members).map(({ originId }) => text(originId));
    const answering = objects(origins).filter(({ originId }) => targets.includes(text(originId)));
    return (
        answering.length > 0 &&
        answering.every(
            (origin) => isGiven(origin, "customOriginConfig") || isGiven(origin, "vpcOriginConfig"),
        )
    );
}
